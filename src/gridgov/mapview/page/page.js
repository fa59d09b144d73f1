// Page: the map, its sheets and panels, put together.

class Page {
  constructor(data) {
    this.about = data.about;
    Plane.datum = data.about.tiles ? data.about.tiles_datum : "cgcs2000";
    this.network = new Network(data);
    this.themes = new Themes(this.network, data.tints);
    this.drawn = new Map(data.drawn.map(({ key, lines }) => [key, new Shapes(lines)]));
    this.conflicts = new Conflicts(data.conflicts);
    this.list = new ConflictList(this.conflicts, data.about.departments);
    this.incidents = new Incidents(data.incidents, this.network);
    this.changes = new Changes(data.changes, this.network, this.themes);
    this.place = new Place(this.network, data.about);
    this.hiddenAtFirst = [
      ...this.network.departments.flatMap((key) => [`merged:${key}`, ...(this.drawn.has(key) ? [`drawn:${key}`] : [])]),
    ];
    State.set({ by: this.themes.keys[0], language: data.about.language, hidden: this.hiddenAtFirst });
    if (this.changes.given) State.set({ tab: "changes" });
    this.makeMap();
    this.makeSheets();
    this.makePanels();
    this.connect();
  }

  makeMap() {
    this.map = L.map("map", {
      zoomControl: false,
      attributionControl: false,
      zoomSnap: 0.25,
      zoomDelta: 0.5,
      wheelPxPerZoomLevel: 90,
      maxZoom: 22,
      minZoom: 3,
      fadeAnimation: false,
    });
    this.whole = this.network.shapes.boxOfAll(this.network.ids.map((_, row) => row));
    this.map.fitBounds(Plane.bounds(this.whole), { ...this.beside(), animate: false });
    L.control.zoom({ position: "topleft", zoomInTitle: "+", zoomOutTitle: "-" }).addTo(this.map);
    L.control.scale({ position: "bottomleft", imperial: false, maxWidth: 140 }).addTo(this.map);
    if (this.about.tiles) {
      Ground.overTiles = true;
      L.tileLayer(this.about.tiles, { maxZoom: 22, maxNativeZoom: 18 }).addTo(this.map);
    }
  }

  makeSheets() {
    this.map.createPane("ground").style.zIndex = 410;
    this.map.createPane("marks").style.zIndex = 420;
    const ground = new Ground(this.network, this.themes, this.drawn);
    ground.painters.push((pen) => this.changes.paint(pen));
    const marks = new Sheet((pen) => this.paintMarks(pen), { pane: "marks" });
    State.on(["chosen", "hidden"], () => marks.redraw());
    this.marks = marks;
    this.sheets = [ground.sheet, marks];
    this.sheets.forEach((sheet) => sheet.addTo(this.map));
  }

  /** What lies over the cells: incidents, conflicts, and what is chosen. */
  paintMarks(pen) {
    this.incidents.paint(pen);
    this.place.paintChosen(pen);
    this.conflicts.paint(pen);
    this.conflicts.paintChosen(pen);
    this.changes.paintChosen(pen);
    this.incidents.paintChosen(pen);
  }

  makePanels() {
    this.legend = new Legend(this);
    this.readout = new Readout(this);
    this.search = new Search(this);
    this.tabs = { conflicts: this.list, place: this.place, incidents: this.incidents, changes: this.changes };
    document.querySelectorAll("[data-tab]").forEach((tab) => {
      const name = tab.dataset.tab;
      tab.hidden = (name === "incidents" && !this.incidents.given) || (name === "changes" && !this.changes.given);
      tab.addEventListener("click", () => State.set({ tab: name }));
    });
    this.list.changed = () => {
      this.showPanel();
      this.marks.redraw();
    };
    this.changes.changed = () => this.showPanel();
    this.list.openGrid = (key, id) => {
      const group = this.network.group(key);
      const number = group ? group.ids.indexOf(id) : -1;
      if (number < 0) this.tell(Words.say("link.missing", { id }));
      else State.set({ chosen: { kind: "grid", key, number, zoom: false }, tab: "place" });
    };
  }

  connect() {
    State.on(["language"], () => this.showWords());
    State.on(["language", "tab", "chosen", "before"], () => this.showPanel());
    State.on(["chosen"], () => this.zoomToChosen());
    this.map.on("click", (event) => this.choose(event.latlng));
    document.getElementById("language").addEventListener("click", () => {
      State.set({ language: State.get("language") === "zh" ? "en" : "zh" });
    });
    document.getElementById("all").addEventListener("click", () => this.showAll());
    document.getElementById("help").addEventListener("click", () => this.toggleHelp());
    document.getElementById("copy").addEventListener("click", () => this.copyLink());
    document.getElementById("fold").addEventListener("click", () => document.body.classList.toggle("folded"));
    this.printing = new Printing(this);
    this.keys = new Keys(this);
    this.showWords();
    this.link = new Link(this);
    this.link.read();
    this.showPanel();
  }

  showWords() {
    Words.language = State.get("language");
    Words.fill(document);
    document.title = this.about.title;
    this.legend.show();
    this.readout.show(this.map.getCenter());
  }

  showPanel() {
    document.querySelectorAll("[data-tab]").forEach((tab) => {
      tab.setAttribute("aria-selected", String(tab.dataset.tab === State.get("tab")));
    });
    const panel = document.getElementById("panel");
    const top = panel.dataset.of === State.get("tab") ? panel.scrollTop : 0;
    panel.dataset.of = State.get("tab");
    const focused = Page.nameOf(document.activeElement);
    Nodes.replace(panel, this.tabs[State.get("tab")].node());
    panel.scrollTop = top;
    const again = focused && panel.querySelector(focused);
    if (again) again.focus({ preventScroll: true });
    const open = panel.querySelector("li.open");
    if (open) open.scrollIntoView({ block: "nearest" });
  }

  /** How to find a part of the panel again after the panel was made anew; null for one that has no name. */
  static nameOf(node) {
    if (node.dataset.conflict) return `[data-conflict="${CSS.escape(node.dataset.conflict)}"]`;
    if (node.dataset.change) return `[data-change="${CSS.escape(node.dataset.change)}"]`;
    return node.id ? `#${CSS.escape(node.id)}` : null;
  }

  /** What was clicked: an incident, a conflict, a change, else the cell. */
  choose(latlng) {
    const [x, y] = [Plane.x(latlng.lng), Plane.y(latlng.lat)];
    const reach = 10 / 2 ** this.map.getZoom();
    const found = [
      ["incident", this.incidents.at(x, y, reach * 0.7), "incidents"],
      ["conflict", this.conflicts.at(x, y, reach), "conflicts"],
      ["change", State.get("tab") === "changes" ? this.changes.at(x, y) : -1, "changes"],
      ["cell", this.network.at(x, y), "place"],
    ].find(([, row]) => row >= 0);
    if (!found) return State.set({ chosen: null });
    const [kind, row, tab] = found;
    return State.set({ chosen: { kind, row, zoom: false }, tab });
  }

  boxOfChosen() {
    const { kind, row, key, number } = State.get("chosen");
    if (kind === "conflict") return this.conflicts.box(row);
    if (kind === "change") return this.changes.box(row);
    if (kind === "incident") return this.incidents.box(row);
    if (kind === "cell") return this.network.shapes.boxOf(row);
    return this.network.shapes.boxOfAll(this.network.cellsOf(this.network.group(key), number));
  }

  zoomToChosen() {
    const chosen = State.get("chosen");
    if (!chosen || !chosen.zoom) return;
    const box = this.boxOfChosen();
    if (!box) return this.tell(Words.say("no-place"));
    const options = { ...this.beside(50), maxZoom: 19, animate: !Page.still() };
    return this.map.fitBounds(Plane.bounds(box), options);
  }

  /** People may have asked their system for less motion. */
  static still() {
    return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  }

  /** The next or previous item of the list that is shown. */
  step(by) {
    const list = this.tabs[State.get("tab")];
    if (!list.choice) return;
    const rows = list.listed();
    const chosen = State.chosen(list.kind);
    const first = by > 0 ? 0 : rows.length - 1;
    const at = chosen ? rows.indexOf(chosen.row) + by : first;
    if (at < 0 || at >= rows.length) return;
    list.most = Math.max(list.most, at + 1);
    State.set(list.choice(rows[at]));
  }

  showAll() {
    this.map.fitBounds(Plane.bounds(this.whole), this.beside());
  }

  /** Room around, and for the legend where the map is wide enough for both. */
  beside(around = 15) {
    const legend = this.map.getSize().x > 800 ? 260 : 0;
    return { paddingTopLeft: [around, around], paddingBottomRight: [legend + around, around] };
  }

  goTo(lon, lat) {
    const latlng = Plane.toMap(lon, lat);
    this.map.setView(latlng, Math.max(this.map.getZoom(), 17), { animate: false });
    this.choose(latlng);
  }

  escape() {
    const help = document.getElementById("help-box");
    if (!help.hidden) this.toggleHelp();
    else State.set({ chosen: null });
  }

  toggleHelp() {
    const help = document.getElementById("help-box");
    help.hidden = !help.hidden;
    document.getElementById("help").setAttribute("aria-expanded", String(!help.hidden));
    if (!help.hidden) help.focus();
  }

  /** Put the link that restores this view on the clipboard; where that is not allowed, show it. */
  copyLink() {
    const link = window.location.href;
    const shown = () => this.tell(link);
    if (!navigator.clipboard) return shown();
    return navigator.clipboard.writeText(link).then(() => this.tell(Words.say("link.copied")), shown);
  }

  /** A sentence at the foot of the map, for a while. */
  tell(text) {
    const node = document.getElementById("told");
    node.textContent = text;
    node.hidden = false;
    window.clearTimeout(this.telling);
    this.telling = window.setTimeout(() => {
      node.hidden = true;
    }, 6000);
  }
}
