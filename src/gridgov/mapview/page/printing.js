// Printing: the map on one landscape page with its legend, title and scale, drawn finely enough for paper.

class Printing {
  constructor(page) {
    this.page = page;
    document.getElementById("print").addEventListener("click", () => this.print());
    window.addEventListener("beforeprint", () => this.shrink());
    window.addEventListener("afterprint", () => this.restore());
  }

  async print() {
    await this.prepare();
    window.print();
  }

  /** Lay the page out for paper; done when it has been shown, for what is drawn later is not printed. */
  async prepare() {
    if (!this.view) this.layOut();
    await Printing.frame();
    await Printing.frame();
  }

  static frame() {
    return new Promise((done) => {
      window.requestAnimationFrame(done);
    });
  }

  layOut() {
    const { map } = this.page;
    this.view = [map.getCenter(), map.getZoom(), map.options.zoomSnap];
    const bounds = this.seen();
    document.body.classList.add("printing");
    document.getElementById("printed-on").textContent = new Date().toISOString().slice(0, 10);
    map.options.zoomSnap = 0;
    map.invalidateSize({ animate: false });
    map.fitBounds(bounds, { ...this.page.beside(0), animate: false });
    this.draw(Printing.FINENESS);
  }

  /** What is seen on the screen beside the legend. */
  seen() {
    const { map } = this.page;
    const size = map.getSize();
    const { paddingBottomRight } = this.page.beside(0);
    const corner = (x, y) => map.containerPointToLatLng([x, y]);
    return L.latLngBounds(corner(0, 0), corner(size.x - paddingBottomRight[0], size.y));
  }

  /** Printed from the browser's menu there is no time to draw again: the screen is made smaller as it is. */
  shrink() {
    if (this.view) return;
    const { clientWidth, clientHeight } = document.getElementById("stage");
    const zoom = Math.min(Printing.WIDTH / clientWidth, Printing.HEIGHT / clientHeight);
    const style = { "--stage-width": `${clientWidth}px`, "--stage-height": `${clientHeight}px`, "--stage-zoom": zoom };
    Object.entries(style).forEach(([name, value]) => document.body.style.setProperty(name, value));
    document.body.classList.add("shrunk");
  }

  restore() {
    document.body.classList.remove("shrunk", "printing");
    if (!this.view) return;
    const [centre, zoom, snap] = this.view;
    const { map } = this.page;
    map.options.zoomSnap = snap;
    map.invalidateSize({ animate: false });
    map.setView(centre, zoom, { animate: false });
    this.view = null;
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
/** Room for the map on A4 in pixels of 1/96 inch. */
Printing.WIDTH = 1050;
Printing.HEIGHT = 690;
