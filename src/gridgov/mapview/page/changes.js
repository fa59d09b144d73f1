// Changes: ground that belongs to other grids, owners or units than in the network compared with.

class Changes {
  constructor(data, network, themes) {
    this.network = network;
    this.themes = themes;
    this.given = Boolean(data);
    this.data = data || { count: 0, ids: [], notes: [] };
    this.count = this.data.count;
    this.ids = this.data.ids;
    this.rows = new Map(this.ids.map((id, row) => [id, row]));
    this.shapes = this.count ? new Shapes(this.data.shapes, this.count) : null;
    this.before = new Map((this.data.before || []).map(([key, of, names]) => [key, { of: Bytes.numbers(of), names }]));
    this.most = Changes.PAGE;
    this.kind = "change";
  }

  listed() {
    return [...this.ids.keys()];
  }

  box(row) {
    return this.shapes.boxOf(row);
  }

  at(x, y) {
    return this.count && !State.isHidden("changes") ? this.shapes.at(x, y) : -1;
  }

  /** Before: what changed in the colours it had; after: hatched over the colours it has now. */
  paint(pen) {
    if (!this.count || State.isHidden("changes")) return;
    const seen = [];
    for (let row = 0; row < this.count; row += 1) if (pen.sees(this.shapes.box, row)) seen.push(row);
    if (State.get("before")) this.paintBefore(pen, seen);
    else pen.fill(this.shapes, seen, Ground.hatch(pen.context, Colours.CHANGE));
    pen.outline(this.shapes, seen, { colour: Colours.CHANGE, width: 1.6 });
  }

  paintBefore(pen, rows) {
    const group = this.themes.group();
    const before = group && this.before.get(group.key);
    const colours = new Map();
    rows.forEach((row) => {
      const number = before ? before.of[row] : -1;
      const colour = number >= 0 && number < group.ids.length ? this.themes.tint(group, number) : Colours.NO_GRID;
      if (!colours.has(colour)) colours.set(colour, []);
      colours.get(colour).push(row);
    });
    colours.forEach((some, colour) => pen.fill(this.shapes, some, colour));
  }

  paintChosen(pen) {
    const chosen = State.chosen("change");
    if (!chosen) return;
    pen.outline(this.shapes, [chosen.row], { colour: Colours.PAPER, width: 7 });
    pen.outline(this.shapes, [chosen.row], { colour: Colours.CHANGE, width: 3.5 });
  }

  node() {
    if (!this.given) return [];
    const { old, area, total } = this.data;
    const items = this.ids.slice(0, this.most).map((_, row) => this.item(row));
    return [
      Nodes.make("p", {
        class: "count",
        text: Words.say("changes.count", { count: Words.number(total), area: Words.area(area), version: old }),
      }),
      total > this.count && Nodes.make("p", { class: "hint", text: Words.say("changes.largest", { count: Words.number(this.count) }) }),
      ...this.data.notes.map((note) => Nodes.make("p", { class: "hint", text: Words.say(note[0], note[1]) })),
      this.count > 0 && this.switchNode(),
      Nodes.make("ol", { class: "list" }, items),
      this.count > this.most && this.moreButton(),
    ];
  }

  switchNode() {
    const button = (before, words) =>
      Nodes.make("button", {
        type: "button",
        text: Words.say(words),
        "aria-pressed": String(State.get("before") === before),
        click: () => State.set({ before }),
      });
    return Nodes.make("div", { class: "switch", role: "group" }, [
      button(true, "changes.before"),
      button(false, "changes.after"),
    ]);
  }

  moreButton() {
    const click = () => {
      this.most += Changes.PAGE;
      this.changed();
    };
    const text = Words.say("list.more", { left: Words.number(this.count - this.most) });
    return Nodes.make("button", { type: "button", class: "more", text, click });
  }

  /** Called when more is to be listed. */
  changed() {}

  item(row) {
    const chosen = State.chosen("change");
    const open = Boolean(chosen) && chosen.row === row;
    const head = Nodes.make("button", {
      type: "button",
      class: "item",
      "aria-expanded": String(open),
      "data-change": this.ids[row],
      click: () => State.set(open ? { chosen: null } : this.choice(row)),
    });
    const [first] = this.data.what[row];
    head.append(
      Nodes.make("span", { class: "rank", colour: Colours.CHANGE, text: String(row + 1) }),
      Nodes.make("span", { class: "what" }, [
        Nodes.make("b", { text: Changes.column(first[0]) }),
        Nodes.make("span", { class: "size", text: Words.area(this.data.areas[row]) }),
      ]),
      Nodes.make("span", { class: "who", text: `${Changes.said(first[1])} → ${Changes.said(first[2])}` }),
    );
    return Nodes.make("li", { class: open ? "open" : null }, [head, open && this.details(row)]);
  }

  /** A change chosen: the cells take the colours of what changed. */
  choice(row) {
    const chosen = { kind: this.kind, row, zoom: true };
    const column = this.data.what[row].map(([name]) => name).find((name) => this.before.has(name));
    return column ? { chosen, by: column } : { chosen };
  }

  details(row) {
    const { what, cells } = this.data;
    const rows = what[row].map(([column, old, now]) => [Changes.column(column), Changes.said(old), Changes.said(now)]);
    const [old, now] = cells[row];
    rows.push([Words.say("cell"), old || Words.say("changes.outside"), this.cellNode(now)]);
    return Nodes.make("div", { class: "details" }, [
      Nodes.table(["", Words.say("changes.before"), Words.say("changes.after")], rows),
    ]);
  }

  cellNode(id) {
    if (!id || !this.network.rows.has(id)) return Words.say("changes.outside");
    const row = this.network.rows.get(id);
    return Nodes.link(id, () => State.set({ chosen: { kind: "cell", row, zoom: false }, tab: "place" }));
  }

  static said(value) {
    return value === null ? Words.say("changes.none") : value;
  }

  /** `police`, or whose owner: `police: owner`. */
  static column(name) {
    if (name === "") return Words.say("changes.city");
    return name.endsWith("_owner") ? `${name.slice(0, -6)}: ${Words.say("owner")}` : Words.of("rung", name);
  }
}

Changes.PAGE = 100;
