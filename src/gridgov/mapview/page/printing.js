// Printing: the map on one landscape page with its legend, title and scale, drawn finely enough for paper.

class Printing {
  constructor(page) {
    this.page = page;
    document.getElementById("print").addEventListener("click", () => {
      this.prepare();
      window.print();
    });
    window.addEventListener("beforeprint", () => this.prepare());
    window.addEventListener("afterprint", () => this.restore());
  }

  prepare() {
    if (this.bounds) return;
    const { map } = this.page;
    this.bounds = map.getBounds();
    document.body.classList.add("printing");
    document.getElementById("printed-on").textContent = new Date().toISOString().slice(0, 10);
    map.invalidateSize({ animate: false });
    map.fitBounds(this.bounds, { animate: false });
    this.draw(Printing.FINENESS);
  }

  restore() {
    if (!this.bounds) return;
    document.body.classList.remove("printing");
    const { map } = this.page;
    map.invalidateSize({ animate: false });
    map.fitBounds(this.bounds, { animate: false });
    this.bounds = null;
    this.draw(null);
  }

  draw(fineness) {
    this.page.sheets.forEach((sheet) => {
      sheet.options.fineness = fineness;
      sheet.redrawNow();
    });
  }
}

/** Pixels of the canvas in a pixel of 1/96 inch: 288 dots an inch. */
Printing.FINENESS = 3;
