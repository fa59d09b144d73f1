// Legend: what colours and lines mean, each with a switch, and by what the cells are coloured.

class Legend {
  constructor(page) {
    this.page = page;
    this.root = document.getElementById("legend");
    State.on(["by", "hidden", "language", "before"], () => this.show());
  }

  show() {
    const { network, conflicts, changes, incidents } = this.page;
    Nodes.replace(this.root, [
      this.themeNode(),
      this.tintsNode(),
      this.part("legend.show", [
        this.row("areas", Words.say("legend.areas"), "area", Colours.LAYERS[5]),
        this.row("names", Words.say("legend.names"), "letters", Colours.INK),
        this.row("cells", Words.say("legend.cells"), "line", "#a3a9b2"),
        this.row("rungs", this.rungWords(), "line thick", Colours.RUNG),
        network.special.size > 0 && this.row("special", this.specialWords(), "hatch", Colours.SPECIAL),
        conflicts.count > 0 && this.row("conflicts", Words.say("legend.conflicts"), "dot", Colours.SEVERITIES.decide),
        changes.count > 0 && this.row("changes", Words.say("legend.changes"), "hatch", Colours.CHANGE),
      ]),
      this.part(
        "legend.borders",
        network.departments.flatMap((key, number) => this.layerRows(key, Colours.layer(number))),
      ),
      incidents.given && this.part("incidents", this.statusRows()),
    ]);
  }

  part(key, rows) {
    const heading = Nodes.make("h3", { text: Words.say(key) });
    return Nodes.make("div", { class: "part" }, [heading, ...rows]);
  }

  statusRows() {
    const { incidents } = this.page;
    return incidents.statuses.map((status, number) => {
      const [colour, form] = Colours.status(status);
      const count = incidents.status.reduce((sum, each) => sum + (each === number), 0);
      return this.row(`status:${status}`, `${Words.of("status", status)} ${Words.number(count)}`, form, colour);
    });
  }

  rungWords() {
    return this.page.network.rungs.map((rung) => Words.of("rung", rung)).join(Words.say("list"));
  }

  specialWords() {
    const grids = new Set(this.page.network.special.values());
    return Words.say("legend.special", { count: Words.number(grids.size) });
  }

  layerRows(key, colour) {
    const merged = this.row(`merged:${key}`, Words.say("legend.merged", { name: key }), "line thick", colour);
    if (!this.page.drawn.has(key)) return [merged];
    return [merged, this.row(`drawn:${key}`, Words.say("legend.drawn", { name: key }), "line dashed", colour)];
  }

  row(name, text, form, colour) {
    const box = Nodes.make("input", {
      type: "checkbox",
      id: `show-${name}`,
      checked: !State.isHidden(name),
      change: (event) => State.show(name, event.target.checked),
    });
    const sign = Nodes.make("span", { class: `sign ${form || ""}`, colour, "aria-hidden": "true" });
    return Nodes.make("label", { class: "row" }, [box, sign, Nodes.make("span", { text })]);
  }

  themeNode() {
    const { themes } = this.page;
    const option = (key, text) => Nodes.make("option", { value: key, text, selected: key === (State.get("by") || "") });
    const options = [...themes.keys.map((key) => option(key, themes.name(key))), option("", Words.say("by.nothing"))];
    const change = (event) => State.set({ by: event.target.value || null });
    return Nodes.make("label", { class: "theme" }, [
      Nodes.make("span", { text: Words.say("legend.by") }),
      Nodes.make("select", { id: "by", change }, options),
    ]);
  }

  /** Units with their colours if they are few; else only what colours mean. */
  tintsNode() {
    const { themes, network } = this.page;
    const group = themes.group();
    if (!group) return null;
    const sign = (colour, text, form) =>
      Nodes.make("div", { class: "row" }, [
        Nodes.make("span", { class: `sign ${form}`, colour, "aria-hidden": "true" }),
        Nodes.make("span", { text }),
      ]);
    const units = new Set(group.of);
    const none = units.has(-1) && sign("#9ca3af", Words.say("legend.none"), "hatch");
    const used = group.ids.filter((_, number) => units.has(number));
    if (used.length > Legend.FEW) {
      const colours = themes.tints.map((colour) =>
        Nodes.make("span", { class: "sign area", colour, "aria-hidden": "true" }),
      );
      const text = Words.say("legend.many", { count: Words.number(used.length) });
      return Nodes.make("div", {}, [
        Nodes.make("div", { class: "row swatches" }, colours),
        Nodes.make("p", { class: "hint", text }),
        none,
      ]);
    }
    const rows = used.map((id) => {
      const number = group.ids.indexOf(id);
      return sign(themes.tint(group, number), network.unitName(group, number), "area");
    });
    return Nodes.make("div", {}, [...rows, none]);
  }
}

Legend.FEW = 12;
