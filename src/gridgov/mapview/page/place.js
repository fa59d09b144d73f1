// Place: what is known of the cell or grid that was clicked, with the crosswalk of its grids.

class Place {
  constructor(network, about) {
    this.network = network;
    this.about = about;
  }

  node() {
    const cell = State.chosen("cell");
    if (cell) return this.cellNode(cell.row);
    const grid = State.chosen("grid");
    if (grid) return this.gridNode(this.network.group(grid.key), grid.number);
    return [Nodes.make("p", { class: "hint", text: Words.say("place.hint") })];
  }

  /** Cells that are chosen: one, or all of a unit. */
  rows() {
    const cell = State.chosen("cell");
    if (cell) return [cell.row];
    const grid = State.chosen("grid");
    return grid ? this.network.cellsOf(this.network.group(grid.key), grid.number) : [];
  }

  cellNode(row) {
    const { network } = this;
    const special = network.special.get(row);
    return [
      Nodes.make("h2", { text: Words.say("place.cell", { id: network.ids[row] }) }),
      special && Nodes.make("p", { class: "special", text: Words.say("place.special", { grid: special }) }),
      Nodes.terms([
        [Words.say("place.where"), network.placeOf(row)],
        [Words.say("area"), Words.area(network.area[row])],
        ...network.shown.map(([name, values]) => [name, values[row]]),
      ]),
      Nodes.make("h3", { text: Words.say("place.who") }),
      Nodes.table(
        [Words.say("department"), Words.say("grid"), Words.say("owner")],
        network.departments.map((key) => this.belongs(row, network.group(key))),
      ),
      Nodes.make("p", { class: "hint", text: Words.say("place.crosswalk-hint") }),
    ];
  }

  belongs(row, group) {
    const number = group.of[row];
    if (number < 0) return [group.key, Words.say("no-grid"), ""];
    return [group.key, this.gridLink(group, number), this.network.ownerOf(group, number) || Words.say("no-owner")];
  }

  gridLink(group, number) {
    return Nodes.link(this.network.unitName(group, number), () =>
      State.set({ chosen: { kind: "grid", key: group.key, number, zoom: false }, tab: "place" }),
    );
  }

  gridNode(group, number) {
    const { network } = this;
    const rows = network.cellsOf(group, number);
    const overlaps = network.overlaps(group.key, number);
    const drawn = overlaps.reduce((sum, each) => sum + each.area, 0);
    const now = rows.reduce((sum, row) => sum + network.area[row], 0);
    const special = rows.find((row) => network.special.get(row) === `${group.key}:${group.ids[number]}`);
    const name = group.kind === "rung" ? Words.of("rung", group.key) : group.key.replace(/_owner$/, "");
    return [
      Nodes.make("h2", { text: network.unitName(group, number) }),
      special !== undefined && Nodes.make("p", { class: "special", text: Words.say("place.is-special") }),
      !rows.length && Nodes.make("p", { class: "special", text: Words.say("place.no-cell") }),
      Nodes.terms([
        [Words.say(`place.of-${group.kind}`), name],
        [Words.say("owner"), group.kind === "department" ? network.ownerOf(group, number) || Words.say("no-owner") : null],
        [Words.say("place.where"), rows.length ? network.placeOf(rows[0]) : null],
        [Words.say("cells"), Words.number(rows.length)],
        [Words.say("place.now"), Words.area(now)],
        [Words.say("place.drawn"), overlaps.length ? Words.area(drawn) : null],
      ]),
      ...(overlaps.length ? this.crosswalkNodes(group, overlaps, drawn) : []),
    ];
  }

  /** The crosswalk of a grid: with the grids of the other departments, then cell by cell. */
  crosswalkNodes(group, overlaps, drawn) {
    const sliver = this.about.relations.indexOf("sliver");
    const wide = overlaps.filter((each) => each.relation !== sliver);
    const slivers = overlaps.filter((each) => each.relation === sliver);
    const others = this.network.departments.filter((key) => key !== group.key);
    const small = slivers.reduce((sum, each) => sum + each.area, 0);
    return [
      Nodes.make("h3", { text: Words.say("crosswalk.departments") }),
      Nodes.table(
        [Words.say("department"), Words.say("grid"), Words.say("crosswalk.share")],
        others.flatMap((key) => this.shares(this.network.group(key), wide, drawn)),
      ),
      Nodes.make("h3", { text: Words.say("crosswalk.cells") }),
      Nodes.table(
        [Words.say("cell"), Words.say("area"), Words.say("crosswalk.share"), Words.say("crosswalk.cell-share")],
        wide.slice().sort((a, b) => b.area - a.area).map((each) => this.overlapRow(each, drawn)),
      ),
      slivers.length > 0 &&
        Nodes.make("p", {
          class: "hint",
          text: Words.say("crosswalk.slivers", { count: Words.number(slivers.length), area: Words.area(small) }),
        }),
    ];
  }

  /** How much of a grid lies in each grid of another department, the largest part first. */
  shares(other, overlaps, drawn) {
    const sums = new Map();
    overlaps.forEach(({ cell, area }) => {
      const number = cell < 0 ? cell - 1 : other.of[cell]; // -1 is no grid, -2 outside, -3 elsewhere
      sums.set(number, (sums.get(number) || 0) + area);
    });
    return [...sums]
      .sort((a, b) => b[1] - a[1])
      .map(([number, area], k) => [
        k ? "" : other.key,
        number < 0 ? Words.say(Place.NOWHERE[-1 - number]) : this.gridLink(other, number),
        Words.percent(area / drawn),
      ]);
  }

  overlapRow({ cell, area }, drawn) {
    if (cell < 0) return [Words.say(Place.NOWHERE[-cell]), Words.area(area), Words.percent(area / drawn), ""];
    const link = Nodes.link(this.network.ids[cell], () =>
      State.set({ chosen: { kind: "cell", row: cell, zoom: false }, tab: "place" }),
    );
    const whole = Math.max(this.network.area[cell], 1);
    return [link, Words.area(area), Words.percent(area / drawn), Words.percent(Math.min(area / whole, 1))];
  }

  paintChosen(pen) {
    const rows = this.rows();
    if (!rows.length) return;
    const { shapes } = this.network;
    const chosen = new Set(rows);
    const arcs = [];
    for (let arc = 0; arc < shapes.arcs; arc += 1) {
      if (chosen.has(shapes.one[arc]) !== chosen.has(shapes.other[arc])) arcs.push(arc);
    }
    pen.lines(shapes, arcs, { colour: Colours.PAPER, width: 7 });
    pen.lines(shapes, arcs, { colour: Colours.CHOSEN, width: 3.5 });
  }
}

/** Words for ground that lies in no grid, outside the city, or on another page. */
Place.NOWHERE = ["no-grid", "crosswalk.outside", "crosswalk.elsewhere"];
