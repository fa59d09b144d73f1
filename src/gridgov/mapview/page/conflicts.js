// Conflicts: the ranked list, the places on the map, and what is said of each.

class Conflicts {
  constructor(data, about) {
    this.count = data.count;
    this.settled = data.settled;
    this.about = about;
    this.columns = data.columns;
    const lonlat = this.count ? Bytes.numbers(data.lonlat) : [];
    const places = Array.from({ length: this.count }, (_, k) => Plane.place(lonlat[2 * k] / 1e6, lonlat[2 * k + 1] / 1e6));
    this.x = Float64Array.from(places, (place) => place[0]);
    this.y = Float64Array.from(places, (place) => place[1]);
    this.placed = Uint8Array.from({ length: this.count }, (_, k) => lonlat[2 * k] !== 0 || lonlat[2 * k + 1] !== 0);
    this.lonlat = lonlat;
    this.shapes = this.count ? new Shapes(data.shapes, this.count) : null;
    this.rows = new Map((this.columns.conflict_id || []).map((id, row) => [id, row]));
    this.filter = { severity: "decide", kind: "", department: "" };
    this.most = Conflicts.PAGE;
  }

  value(name, row) {
    const column = this.columns[name];
    return column ? column[row] : null;
  }

  /** Rows that the filter lets through, in the order of the list. */
  listed() {
    const rows = [];
    const { severity, kind, department } = this.filter;
    for (let row = 0; row < this.count; row += 1) {
      if (severity && this.value("severity", row) !== severity) continue;
      if (kind && this.value("kind", row) !== kind) continue;
      if (department && !this.value("parties", row).some((party) => party[0] === department)) continue;
      rows.push(row);
    }
    return rows;
  }

  /** The box to zoom to: the shape, or a little around the place; null without either. */
  box(row) {
    if (this.shapes && !this.shapes.isEmpty(row)) return this.shapes.boxOf(row);
    if (!this.placed[row]) return null;
    const around = 60 / Plane.metres(this.lonlat[2 * row + 1] / 1e6);
    return [this.x[row] - around, this.y[row] - around, this.x[row] + around, this.y[row] + around];
  }

  paint(pen) {
    if (!this.count || State.isHidden("conflicts")) return;
    const rows = this.listed().filter((row) => this.placed[row]);
    const { context } = pen;
    const groups = new Map();
    rows.forEach((row) => {
      const colour = Colours.SEVERITIES[this.value("severity", row)];
      if (!groups.has(colour)) groups.set(colour, []);
      groups.get(colour).push(row);
    });
    groups.forEach((some, colour) => {
      const seen = some.filter((row) => !this.shapes.isEmpty(row) && pen.sees(this.shapes.box, row));
      context.globalAlpha = 0.18;
      pen.fill(this.shapes, seen, colour);
      context.globalAlpha = 1;
      pen.outline(this.shapes, seen, { colour, width: 1.5 });
    });
    if (this.filter.severity === "decide") rows.slice().reverse().forEach((row) => this.paintNumber(pen, row));
  }

  /** The rank of a conflict, so that small ones are found too. */
  paintNumber(pen, row) {
    const [x, y] = pen.point(this.x[row], this.y[row]);
    if (x < -12 || y < -12 || x > pen.view.width + 12 || y > pen.view.height + 12) return;
    const { context } = pen;
    const text = String(row + 1);
    const radius = text.length < 3 ? 9 : 12;
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fillStyle = Colours.SEVERITIES[this.value("severity", row)];
    context.fill();
    context.strokeStyle = Colours.PAPER;
    context.lineWidth = 1.5;
    context.stroke();
    context.fillStyle = Colours.PAPER;
    context.font = "bold 10px system-ui, sans-serif";
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(text, x, y + 0.5);
  }

  paintChosen(pen) {
    const chosen = State.chosen("conflict");
    if (!chosen || !this.placed[chosen.row]) return;
    const colour = Colours.SEVERITIES[this.value("severity", chosen.row)];
    pen.outline(this.shapes, [chosen.row], { colour: Colours.PAPER, width: 6 });
    pen.outline(this.shapes, [chosen.row], { colour, width: 3 });
    const [x, y] = pen.point(this.x[chosen.row], this.y[chosen.row]);
    pen.context.beginPath();
    pen.context.arc(x, y, 16, 0, 2 * Math.PI);
    pen.style({ colour: Colours.CHOSEN, width: 2.5 });
    pen.context.stroke();
  }

  /** The conflict at a place of the plane: a number within reach of the pointer, or a shape; else -1. */
  at(x, y, reach) {
    if (!this.count || State.isHidden("conflicts")) return -1;
    let [best, nearest] = [-1, reach];
    const rows = this.listed();
    if (this.filter.severity === "decide") {
      rows.forEach((row) => {
        const far = Math.hypot(this.x[row] - x, this.y[row] - y);
        if (this.placed[row] && far < nearest) [best, nearest] = [row, far];
      });
    }
    if (best >= 0) return best;
    const held = rows.filter((row) => this.shapes.holds(row, x, y));
    return held.length && this.filter.severity !== "decide" ? held[0] : -1;
  }

  node() {
    const rows = this.listed();
    const items = rows.slice(0, this.most).map((row) => this.item(row));
    const more = rows.length > this.most && this.moreButton(rows.length);
    return [this.filters(), this.countNode(rows.length), Nodes.make("ol", { class: "list" }, items), more];
  }

  countNode(listed) {
    const values = { listed: Words.number(listed), settled: Words.number(this.settled) };
    const shown = this.columns.severity ? this.columns.severity.filter((each) => each === "settled").length : 0;
    const all = this.filter.severity === "settled" && shown < this.settled ? "conflicts.largest" : "conflicts.listed";
    return Nodes.make("p", { class: "count", text: Words.say(all, values) });
  }

  filters() {
    const counts = {};
    (this.columns.severity || []).forEach((each) => (counts[each] = (counts[each] || 0) + 1));
    counts.settled = Math.max(counts.settled || 0, this.settled);
    const severities = ["decide", "settled", "note"].map((each) => [
      each,
      `${Words.of("severity", each)} ${Words.number(counts[each] || 0)}`,
    ]);
    const kinds = [...new Set(this.columns.kind || [])].map((each) => [each, Words.of("kind", each)]);
    const departments = this.about.departments.map((each) => [each, each]);
    return Nodes.make("div", { class: "filters" }, [
      this.choice("severity", severities, null),
      this.choice("kind", kinds, "conflicts.every-kind"),
      this.choice("department", departments, "conflicts.every-department"),
    ]);
  }

  choice(name, values, every) {
    const options = every ? [["", Words.say(every)], ...values] : values;
    const nodes = options.map(([value, text]) =>
      Nodes.make("option", { value, text, selected: value === this.filter[name] }),
    );
    const change = (event) => {
      this.filter[name] = event.target.value;
      this.most = Conflicts.PAGE;
      this.changed();
    };
    return Nodes.make("select", { "aria-label": Words.say(`conflicts.${name}`), id: `conflict-${name}`, change }, nodes);
  }

  /** Called when the filter has changed; the page says what then. */
  changed() {}

  moreButton(count) {
    const click = () => {
      this.most += Conflicts.PAGE;
      this.changed();
    };
    const text = Words.say("list.more", { left: Words.number(count - this.most) });
    return Nodes.make("button", { type: "button", class: "more", text, click });
  }

  item(row) {
    const chosen = State.chosen("conflict");
    const open = Boolean(chosen) && chosen.row === row;
    const severity = this.value("severity", row);
    const head = Nodes.make("button", {
      type: "button",
      class: "item",
      "aria-expanded": String(open),
      "data-conflict": this.value("conflict_id", row),
      click: () => State.set({ chosen: open ? null : { kind: "conflict", row, zoom: true } }),
    });
    const area = this.value("area_m2", row);
    head.append(
      Nodes.make("span", { class: "rank", colour: Colours.SEVERITIES[severity], text: String(row + 1) }),
      Nodes.make("span", { class: "what" }, [
        Nodes.make("b", { text: Words.of("kind", this.value("kind", row)) }),
        Nodes.make("span", { class: "size", text: area === null ? "" : Words.area(area) }),
      ]),
      Nodes.make("span", { class: "who", text: this.who(row) }),
      Nodes.make("span", { class: "where", text: this.value("where", row) }),
    );
    return Nodes.make("li", { class: open ? "open" : null }, [head, open && this.details(row)]);
  }

  who(row) {
    const parties = this.value("parties", row).map(([department, grid]) => (grid ? `${department} ${grid}` : department));
    return parties.slice(0, 3).join(" ↔ ") + (parties.length > 3 ? ` … ${parties.length}` : "");
  }

  /** Everything that is known of a conflict: both owners, the rule, what the merge did and people decided. */
  details(row) {
    const text = (name) => this.value(name, row);
    const number = (name, words) => (text(name) === null ? null : words(text(name)));
    const kind = text("kind");
    const parties = this.partiesNode(row);
    const rule = text("rule");
    return Nodes.make("div", { class: "details" }, [
      Nodes.make("p", { text: Words.of("kind-means", kind) }),
      parties,
      Nodes.terms([
        [Words.say("conflict.rule"), rule && `${Words.of("rule", rule)}: ${Words.of("rule-means", rule)}`],
        [Words.say("conflict.resolution"), Conflicts.resolution(text("resolution"))],
        [Words.say("conflict.decision"), this.decision(row)],
        [Words.say("conflict.moved"), number("moved_m2", Words.area)],
        [Words.say("conflict.width"), number("width_m", (m) => `${Words.number(m, 1)} m`)],
        [Words.say("conflict.places"), text("places") > 1 ? Words.number(text("places")) : null],
        [Words.say("conflict.weight"), number("weight_changed", Words.number)],
        [Words.say("conflict.incidents"), number("incidents_changed", Words.number)],
        [Words.say("conflict.note"), text("note")],
        [Words.say("conflict.id"), text("conflict_id")],
      ]),
    ]);
  }

  partiesNode(row) {
    const rows = this.value("parties", row).map(([department, grid, owner]) => [
      department,
      grid ? Nodes.link(grid, () => this.openGrid(department, grid)) : Words.say("conflict.border-kept"),
      owner || Words.say("no-owner"),
    ]);
    return Nodes.table([Words.say("department"), Words.say("grid"), Words.say("owner")], rows);
  }

  /** Called to show a grid; the page says how. */
  openGrid() {}

  decision(row) {
    const decision = this.value("decision", row);
    if (!decision) return this.value("severity", row) === "decide" ? Words.say("conflict.open") : null;
    const by = [this.value("decided_by", row), this.value("decided_on", row)].filter(Boolean).join(", ");
    return by ? `${decision} (${by})` : decision;
  }

  /** What the merge did; its sentences are few, and have words in both languages. */
  static resolution(text) {
    if (!text) return null;
    const [, said, why] = text.match(/^(.*?)(?:: (the border of .* is kept|a thin piece joined its neighbour))?$/);
    const found = Conflicts.RESOLUTIONS.find(([start]) => said.startsWith(start));
    if (!found) return text;
    const words = Words.say(found[1], { to: said.slice(found[0].length) });
    if (!why) return words;
    const kept = why.match(/^the border of (.*) is kept$/);
    return `${words}${Words.say("colon")}${kept ? Words.say("resolution.border", { of: kept[1] }) : Words.say("resolution.thin")}`;
  }
}

Conflicts.PAGE = 100;
/** How the sentences of the merge begin, and the words for them; the rest is who got the ground. */
Conflicts.RESOLUTIONS = [
  ["left with no grid", "resolution.left"],
  ["given to no grid", "resolution.left"],
  ["given to one of the two", "resolution.one-of-two"],
  ["given to ", "resolution.given"],
  ["now in ", "resolution.now-in"],
  ["cut at the border", "resolution.cut"],
  ["kept as special-purpose grid", "resolution.special"],
  ["kept without an owner", "resolution.no-owner"],
  ["kept", "resolution.kept"],
  ["repaired", "resolution.repaired"],
  ["left out: beyond the outline", "resolution.outside"],
  ["left out: beyond the coarser rung", "resolution.rung"],
  ["left out", "resolution.left-out"],
  ["taken as one grid", "resolution.one"],
];
