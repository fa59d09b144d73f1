// Conflicts: what is known of each, those that are listed, and their places on the map.

class Conflicts {
  constructor(data) {
    this.count = data.count;
    this.settled = data.settled;
    this.columns = data.columns;
    this.sentences = data.said;
    const lonlat = this.count ? Bytes.numbers(data.lonlat) : [];
    const places = Array.from({ length: this.count }, (_, k) => Plane.place(lonlat[2 * k] / 1e6, lonlat[2 * k + 1] / 1e6));
    this.x = Float64Array.from(places, (place) => place[0]);
    this.y = Float64Array.from(places, (place) => place[1]);
    this.placed = Uint8Array.from({ length: this.count }, (_, k) => lonlat[2 * k] !== 0 || lonlat[2 * k + 1] !== 0);
    this.lonlat = lonlat;
    this.shapes = this.count ? new Shapes(data.shapes, this.count) : null;
    this.rows = new Map((this.columns.conflict_id || []).map((id, row) => [id, row]));
    this.filter = { severity: "decide", kind: "", department: "" };
  }

  value(name, row) {
    const column = this.columns[name];
    return column ? column[row] : null;
  }

  /** A sentence about a conflict (resolution, note) in the language chosen. */
  said(name, row) {
    return this.sentences[Words.language][name][row];
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
    if (this.filter.severity === "decide") this.paintRanks(pen, rows);
  }

  /** The rank of each conflict, so that small ones are found too; where there are very many, most are dots. */
  paintRanks(pen, rows) {
    const seen = rows.filter((row) => pen.seesPoint(this.x[row], this.y[row], 12));
    const numbered = seen.length > 2 * Conflicts.NUMBERED ? seen[Conflicts.NUMBERED] : Infinity;
    seen.reverse().forEach((row) => this.paintRank(pen, row, row < numbered));
  }

  paintRank(pen, row, numbered) {
    const [x, y] = pen.point(this.x[row], this.y[row]);
    const { context } = pen;
    const text = numbered ? String(row + 1) : "";
    const radius = [4, 9, 9, 12, 15][Math.min(text.length, 4)];
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
}

/** The first so many have their number on the map even where there are many others. */
Conflicts.NUMBERED = 40;
