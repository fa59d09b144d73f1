// Incidents: points with the colour and form of their status, the cells they might mean, and a list of statuses.

class Incidents {
  constructor(data, network) {
    this.network = network;
    const given = data || { count: 0, columns: [], statuses: [], unplaced: {}, ids: null };
    this.given = Boolean(data);
    this.source = given.source;
    this.count = given.count;
    this.statuses = given.statuses;
    this.unplaced = given.unplaced;
    this.total = given.total;
    this.columns = given.columns.map(([name, words, column]) => [name, words, column.values, Bytes.numbers(column.of)]);
    const lonlat = data ? Bytes.numbers(given.lonlat) : [];
    this.readPlaces(lonlat);
    this.status = data ? Bytes.numbers(given.status) : [];
    this.ids = given.ids || Array.from({ length: this.count }, (_, row) => String(given.rows ? given.rows[row] : row + 1));
    this.rows = new Map(this.ids.map((id, row) => [id, row]));
  }

  readPlaces(steps) {
    this.x = new Float64Array(this.count);
    this.y = new Float64Array(this.count);
    this.lon = new Float64Array(this.count);
    this.lat = new Float64Array(this.count);
    let [lon, lat] = [0, 0];
    for (let row = 0; row < this.count; row += 1) {
      lon += steps[2 * row];
      lat += steps[2 * row + 1];
      this.lon[row] = lon / 1e6;
      this.lat[row] = lat / 1e6;
      [this.x[row], this.y[row]] = Plane.place(lon / 1e6, lat / 1e6);
    }
  }

  value(name, row) {
    const column = this.columns.find((each) => each[0] === name);
    return column && column[3][row] >= 0 ? column[2][column[3][row]] : null;
  }

  isShown(row) {
    return !State.isHidden(`status:${this.statuses[this.status[row]]}`);
  }

  box(row) {
    const around = 80 / Plane.metres(this.lat[row]);
    return [this.x[row] - around, this.y[row] - around, this.x[row] + around, this.y[row] + around];
  }

  paint(pen) {
    const size = pen.view.zoom < 13 || (this.count > 5000 && pen.view.zoom < 15) ? 1.6 : pen.view.zoom < 16 ? 3 : 5;
    this.statuses.forEach((status, number) => {
      if (State.isHidden(`status:${status}`)) return;
      const [colour, form] = Colours.status(status);
      pen.context.fillStyle = colour;
      pen.context.strokeStyle = Colours.PAPER;
      pen.context.lineWidth = 1;
      for (let row = 0; row < this.count; row += 1) {
        if (this.status[row] === number) this.paintPoint(pen, row, size, form);
      }
    });
  }

  paintPoint(pen, row, size, form) {
    if (!pen.seesPoint(this.x[row], this.y[row], size)) return;
    const [x, y] = pen.point(this.x[row], this.y[row]);
    const { context } = pen;
    if (size < 2) {
      context.fillRect(x - size, y - size, 2 * size, 2 * size);
      return;
    }
    context.beginPath();
    Incidents.form(context, x, y, size, form);
    context.fill();
    context.stroke();
  }

  static form(context, x, y, size, form) {
    if (form === "circle") {
      context.arc(x, y, size, 0, 2 * Math.PI);
      return;
    }
    const corners = {
      square: [[-1, -1], [1, -1], [1, 1], [-1, 1]],
      diamond: [[0, -1.35], [1.35, 0], [0, 1.35], [-1.35, 0]],
      triangle: [[0, -1.4], [1.3, 1], [-1.3, 1]],
    }[form];
    corners.forEach(([right, down], k) => context[k ? "lineTo" : "moveTo"](x + right * size, y + down * size));
    context.closePath();
  }

  /** The nearest incident within reach, or -1. */
  at(x, y, reach) {
    let [best, nearest] = [-1, reach];
    for (let row = 0; row < this.count; row += 1) {
      if (Math.abs(this.x[row] - x) > nearest || !this.isShown(row)) continue;
      const far = Math.hypot(this.x[row] - x, this.y[row] - y);
      if (far < nearest) [best, nearest] = [row, far];
    }
    return best;
  }

  /** A value as it is shown. */
  said(name, row) {
    const value = this.value(name, row);
    if (name !== "review" || value === null) return value;
    return Words.say(value.toLowerCase() === "true" ? "yes" : "no");
  }

  /** Rows of the cells that an incident might mean, the answer first. */
  candidates(row) {
    const text = this.value("cell_candidates", row) || this.value("cell_id", row) || "";
    return text.split("|").filter((id) => this.network.rows.has(id)).map((id) => this.network.rows.get(id));
  }

  paintChosen(pen) {
    const chosen = State.chosen("incident");
    if (!chosen) return;
    const cells = this.candidates(chosen.row);
    pen.context.globalAlpha = 0.25;
    pen.fill(this.network.shapes, cells.slice(0, 1), Colours.CANDIDATE);
    pen.context.globalAlpha = 1;
    pen.outline(this.network.shapes, cells.slice(1), { colour: Colours.CANDIDATE, width: 2, dash: [6, 4] });
    pen.outline(this.network.shapes, cells.slice(0, 1), { colour: Colours.CANDIDATE, width: 3 });
    const at = pen.point(this.x[chosen.row], this.y[chosen.row]);
    pen.context.beginPath();
    pen.context.arc(...at, 11, 0, 2 * Math.PI);
    pen.style({ colour: Colours.CHOSEN, width: 2.5 });
    pen.context.stroke();
  }

  node() {
    if (!this.given) return [];
    const chosen = State.chosen("incident");
    const unplaced = Object.entries(this.unplaced).map(([status, count]) => [
      Words.of("status", status),
      Words.number(count),
    ]);
    return [
      Nodes.make("p", {
        class: "count",
        text: Words.say("incidents.count", { shown: Words.number(this.count), total: Words.number(this.total), source: this.source }),
      }),
      unplaced.length > 0 && Nodes.make("h3", { text: Words.say("incidents.unplaced") }),
      unplaced.length > 0 && Nodes.terms(unplaced),
      chosen ? this.details(chosen.row) : Nodes.make("p", { class: "hint", text: Words.say("incidents.hint") }),
    ];
  }

  details(row) {
    const status = this.statuses[this.status[row]];
    const own = this.columns
      .filter(([name]) => name !== "cell_candidates")
      .map(([name, words]) => [words ? Words.say(words) : name, this.said(name, row)]);
    return Nodes.make("div", { class: "details" }, [
      Nodes.make("h2", { text: Words.say("incidents.one", { id: this.ids[row] }) }),
      Nodes.make("p", { text: `${Words.of("status", status)}: ${Words.of("status-means", status)}` }),
      Nodes.terms(own),
      Nodes.make("h3", { text: Words.say("incidents.candidates") }),
      this.candidatesNode(row),
    ]);
  }

  candidatesNode(row) {
    const { network } = this;
    const owners = (cell) =>
      network.departments
        .map((key) => network.ownerOf(network.group(key), network.group(key).of[cell]))
        .filter(Boolean)
        .join(Words.say("list"));
    const rows = this.candidates(row).map((cell, k) => [
      String(k + 1),
      Nodes.link(network.ids[cell], () => State.set({ chosen: { kind: "cell", row: cell, zoom: false }, tab: "place" })),
      owners(cell),
    ]);
    return Nodes.table(["", Words.say("cell"), Words.say("owners")], rows);
  }
}
