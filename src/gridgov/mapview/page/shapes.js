// Shapes: polygons as rings of shared arcs, on the plane; see arcs.py.

class Shapes {
  /** `count` polygons of packed arcs; without rings they are lines only. */
  constructor(packed, count) {
    this.count = count || 0;
    this.readCorners(Bytes.numbers(packed.xy));
    this.start = Bytes.sums(Bytes.numbers(packed.size), 0);
    this.arcs = this.start.length - 1;
    this.arcBox = this.boxesOfArcs();
    if (packed.refs !== undefined) this.readRings(packed);
  }

  readCorners(steps) {
    const corners = steps.length / 2;
    this.x = new Float64Array(corners);
    this.y = new Float64Array(corners);
    let lon = 0;
    let lat = 0;
    for (let i = 0; i < corners; i += 1) {
      lon += steps[2 * i];
      lat += steps[2 * i + 1];
      if (Plane.datum === "gcj02") {
        [this.x[i], this.y[i]] = Plane.place(lon / 1e6, lat / 1e6);
      } else {
        // Most pages: a million small arrays less.
        this.x[i] = Plane.x(lon / 1e6);
        this.y[i] = Plane.y(lat / 1e6);
      }
    }
  }

  readRings(packed) {
    this.refs = Bytes.numbers(packed.refs);
    this.ring = Bytes.sums(Bytes.numbers(packed.ring), 0);
    const owner = Bytes.sums(Bytes.numbers(packed.owner));
    this.rings = Shapes.starts(owner, this.count);
    this.one = new Int32Array(this.arcs).fill(-1);
    this.other = new Int32Array(this.arcs).fill(-1);
    this.box = new Float64Array(this.count * 4);
    for (let row = 0; row < this.count; row += 1) this.readOwner(row);
  }

  /** Where the rings of each polygon begin, and the end of all. */
  static starts(owner, count) {
    const answer = new Int32Array(count + 1);
    for (let i = 0; i < owner.length; i += 1) answer[owner[i] + 1] += 1;
    for (let row = 0; row < count; row += 1) answer[row + 1] += answer[row];
    return answer;
  }

  /** The box of a polygon, and the polygon as a side of its arcs. */
  readOwner(row) {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    this.eachRef(row, (ref) => {
      const arc = ref < 0 ? -1 - ref : ref;
      if (this.one[arc] < 0) this.one[arc] = row;
      else if (this.one[arc] !== row) this.other[arc] = row;
      Shapes.grow(box, this.arcBox, arc * 4);
    });
    this.box.set(box, row * 4);
  }

  static grow(box, boxes, at) {
    box[0] = Math.min(box[0], boxes[at]);
    box[1] = Math.min(box[1], boxes[at + 1]);
    box[2] = Math.max(box[2], boxes[at + 2]);
    box[3] = Math.max(box[3], boxes[at + 3]);
  }

  boxesOfArcs() {
    const boxes = new Float64Array(this.arcs * 4);
    for (let arc = 0; arc < this.arcs; arc += 1) {
      let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
      for (let i = this.start[arc]; i < this.start[arc + 1]; i += 1) {
        left = Math.min(left, this.x[i]);
        right = Math.max(right, this.x[i]);
        top = Math.min(top, this.y[i]);
        bottom = Math.max(bottom, this.y[i]);
      }
      boxes.set([left, top, right, bottom], arc * 4);
    }
    return boxes;
  }

  eachRef(row, act) {
    for (let ring = this.rings[row]; ring < this.rings[row + 1]; ring += 1) {
      for (let i = this.ring[ring]; i < this.ring[ring + 1]; i += 1) act(this.refs[i]);
    }
  }

  isEmpty(row) {
    return this.rings[row] === this.rings[row + 1];
  }

  boxOf(row) {
    return Array.from(this.box.subarray(row * 4, row * 4 + 4));
  }

  /** The box of several polygons; null if none has a shape. */
  boxOfAll(rows) {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    rows.forEach((row) => Shapes.grow(box, this.box, row * 4));
    return box[0] <= box[2] ? box : null;
  }

  /** Whether a place lies in a polygon: an odd number of its segments lie to the east. */
  holds(row, x, y) {
    const at = row * 4;
    if (x < this.box[at] || x > this.box[at + 2] || y < this.box[at + 1] || y > this.box[at + 3]) return false;
    let inside = false;
    this.eachRef(row, (ref) => {
      const arc = ref < 0 ? -1 - ref : ref;
      for (let i = this.start[arc]; i < this.start[arc + 1] - 1; i += 1) {
        if (this.y[i] > y === this.y[i + 1] > y) continue;
        const crossing = this.x[i] + ((y - this.y[i]) / (this.y[i + 1] - this.y[i])) * (this.x[i + 1] - this.x[i]);
        if (crossing > x) inside = !inside;
      }
    });
    return inside;
  }

  /** The first polygon that holds a place, or -1. */
  at(x, y) {
    for (let row = 0; row < this.count; row += 1) if (this.holds(row, x, y)) return row;
    return -1;
  }

  /** A spot well inside: the middle of the widest stretch on the line half way up its largest ring. */
  spot(row) {
    const [left, top, right, bottom] = this.boxOf(row);
    let best = [(left + right) / 2, (top + bottom) / 2, 0];
    [0.5, 0.35, 0.65].forEach((part) => {
      const y = top + (bottom - top) * part;
      const crossings = this.crossings(row, y);
      for (let i = 0; i + 1 < crossings.length; i += 2) {
        const width = crossings[i + 1] - crossings[i];
        if (width > best[2] * 1.2) best = [(crossings[i] + crossings[i + 1]) / 2, y, width];
      }
    });
    return best;
  }

  crossings(row, y) {
    const answer = [];
    this.eachRef(row, (ref) => {
      const arc = ref < 0 ? -1 - ref : ref;
      for (let i = this.start[arc]; i < this.start[arc + 1] - 1; i += 1) {
        if (this.y[i] > y === this.y[i + 1] > y) continue;
        answer.push(this.x[i] + ((y - this.y[i]) / (this.y[i + 1] - this.y[i])) * (this.x[i + 1] - this.x[i]));
      }
    });
    return answer.sort((a, b) => a - b);
  }
}
