// Ground: the cells and their borders on the map, and the names in them.

class Ground {
  constructor(network, themes, drawn) {
    this.network = network;
    this.themes = themes;
    this.drawn = drawn;
    this.sheet = new Sheet((pen) => this.paint(pen), { pane: "ground" });
    this.painters = []; // what lies between the areas and the borders
    State.on(["by", "hidden", "language", "before"], () => this.sheet.redraw());
  }

  paint(pen) {
    const { shapes } = this.network;
    const rows = [];
    for (let row = 0; row < this.network.count; row += 1) if (pen.sees(shapes.box, row)) rows.push(row);
    if (!State.isHidden("areas")) this.paintAreas(pen, rows);
    this.painters.forEach((paint) => paint(pen));
    if (!State.isHidden("special")) this.paintSpecial(pen, rows);
    this.paintBorders(pen, rows);
    if (!State.isHidden("names")) this.paintNames(pen, rows);
  }

  paintAreas(pen, rows) {
    const { context } = pen;
    context.globalAlpha = Ground.overTiles ? 0.45 : 0.6;
    this.themes.byColour(rows).forEach((some, colour) => {
      pen.fill(this.network.shapes, some, colour || Colours.NO_GRID);
      if (!colour) pen.fill(this.network.shapes, some, Ground.hatch(context, "#9ca3af"));
    });
    context.globalAlpha = 1;
  }

  paintSpecial(pen, rows) {
    const special = rows.filter((row) => this.network.special.has(row));
    pen.fill(this.network.shapes, special, Ground.hatch(pen.context, Colours.SPECIAL));
    pen.outline(this.network.shapes, special, { colour: Colours.SPECIAL, width: 2 });
  }

  paintBorders(pen, rows) {
    const { network } = this;
    const { shapes } = network;
    const seen = (arcs) => arcs.filter((arc) => pen.sees(shapes.arcBox, arc));
    const wide = rows.length && pen.view.width / Math.sqrt(rows.length) > 14;
    const theme = this.themes.group();
    if (wide && !State.isHidden("cells")) {
      const all = [];
      for (let arc = 0; arc < shapes.arcs; arc += 1) if (pen.sees(shapes.arcBox, arc)) all.push(arc);
      pen.lines(shapes, all, { colour: Colours.CELL, width: 0.8 });
    }
    if (theme) pen.lines(shapes, seen(network.borders(theme)), { colour: Colours.GRID, width: wide ? 1.2 : 0.6 });
    this.paintLayers(pen, seen);
    if (State.isHidden("rungs")) return;
    network.rungs.forEach((rung, depth) => {
      const group = network.group(rung);
      if (group.ids.length > rows.length / 2 && depth) return;
      const width = Math.max(2.6 - depth * 0.7, 1);
      pen.lines(shapes, seen(network.borders(group)), { colour: Colours.RUNG, width, dash: depth > 1 ? [6, 3] : null });
    });
  }

  /** Borders of departments: as merged, and as they were drawn. */
  paintLayers(pen, seen) {
    this.network.departments.forEach((key, number) => {
      const colour = Colours.layer(number);
      if (!State.isHidden(`merged:${key}`)) {
        pen.lines(this.network.shapes, seen(this.network.borders(this.network.group(key))), { colour, width: 2 });
      }
      const drawn = this.drawn.get(key);
      if (!drawn || State.isHidden(`drawn:${key}`)) return;
      const arcs = [];
      for (let arc = 0; arc < drawn.arcs; arc += 1) if (pen.sees(drawn.arcBox, arc)) arcs.push(arc);
      pen.lines(drawn, arcs, { colour, width: 1.4, dash: [5, 3] });
    });
  }

  /** The name of each unit in its largest cell, where there is room for it. */
  paintNames(pen, rows) {
    const group = this.themes.group();
    if (!group) return;
    const { context } = pen;
    context.font = "11px system-ui, 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif";
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineWidth = 3;
    context.strokeStyle = "rgba(255, 255, 255, 0.85)";
    context.fillStyle = Colours.INK;
    const largest = new Map();
    rows.forEach((row) => {
      const unit = group.of[row];
      if (unit < 0) return;
      if (!largest.has(unit) || this.network.area[row] > this.network.area[largest.get(unit)]) largest.set(unit, row);
    });
    largest.forEach((row, unit) => this.paintName(pen, group, unit, row));
  }

  paintName(pen, group, unit, row) {
    if (pen.pixels(this.network.shapes.box, row) < 40) return;
    const text = (group.names.length && group.names[unit]) || group.ids[unit];
    const [x, y, width] = this.network.shapes.spot(row);
    if (pen.context.measureText(text).width > width * pen.view.scale) return;
    const at = pen.point(x, y);
    pen.context.strokeText(text, ...at);
    pen.context.fillText(text, ...at);
  }

  /** Slanting lines of a colour, as a fill. */
  static hatch(context, colour) {
    if (!Ground.tiles.has(colour)) Ground.tiles.set(colour, Ground.tile(colour));
    return context.createPattern(Ground.tiles.get(colour), "repeat");
  }

  static tile(colour) {
    const tile = document.createElement("canvas");
    tile.width = 8;
    tile.height = 8;
    const pen = tile.getContext("2d");
    pen.strokeStyle = colour;
    pen.lineWidth = 1;
    pen.beginPath();
    [-8, 0, 8].forEach((shift) => {
      pen.moveTo(shift, 8);
      pen.lineTo(shift + 8, 0);
    });
    pen.stroke();
    return tile;
  }
}

Ground.overTiles = false;
Ground.tiles = new Map();
