// Readout: where the pointer is, in CGCS2000 and GCJ-02, and in which cell.

class Readout {
  constructor(page) {
    this.page = page;
    this.lonlat = document.getElementById("lonlat");
    this.gcj02 = document.getElementById("gcj02");
    this.cell = document.getElementById("pointed");
    page.map.on("mousemove", (event) => this.show(event.latlng));
    page.map.on("moveend", () => this.show(page.map.getCenter()));
    State.on(["language", "by"], () => this.show(page.map.getCenter()));
  }

  show(latlng) {
    const { about } = this.page;
    const [lon, lat] = Plane.fromMap(latlng);
    const text = (pair) => `${pair[0].toFixed(6)}, ${pair[1].toFixed(6)}`;
    this.lonlat.textContent = `${about.datum} ${text([lon, lat])}`;
    this.gcj02.textContent = about.china ? `GCJ-02 ${text(Datum.toGcj02(lon, lat))}` : "";
    const row = this.page.network.at(Plane.x(latlng.lng), Plane.y(latlng.lat));
    this.cell.textContent = row < 0 ? Words.say("readout.outside") : this.cellWords(row);
  }

  cellWords(row) {
    const { network, themes } = this.page;
    const group = themes.group();
    const unit = group && (network.unitName(group, group.of[row]) || Words.say("no-grid"));
    return [network.ids[row], network.placeOf(row), unit].filter(Boolean).join(" · ");
  }
}
