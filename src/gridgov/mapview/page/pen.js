// Pen: shapes drawn on a canvas. Corners nearer than a pixel to the last one drawn are left out.

class Pen {
  /** `view`: scale in pixels per unit of the plane, left and top in pixels, width and height. */
  constructor(context, view) {
    this.context = context;
    this.view = view;
    this.least = 0.8 / view.scale;
    this.visible = [
      view.left / view.scale,
      view.top / view.scale,
      (view.left + view.width) / view.scale,
      (view.top + view.height) / view.scale,
    ];
  }

  /** A place of the plane in pixels of the canvas. */
  point(x, y) {
    return [x * this.view.scale - this.view.left, y * this.view.scale - this.view.top];
  }

  sees(boxes, row) {
    const at = row * 4;
    const [left, top, right, bottom] = this.visible;
    return boxes[at] <= right && boxes[at + 2] >= left && boxes[at + 1] <= bottom && boxes[at + 3] >= top;
  }

  /** Whether a place lies on the canvas, or so many pixels beside it. */
  seesPoint(x, y, around) {
    const [right, down] = this.point(x, y);
    const { width, height } = this.view;
    return right > -around && down > -around && right < width + around && down < height + around;
  }

  /** Pixels that a box is wide or high, whichever is more. */
  pixels(boxes, row) {
    const at = row * 4;
    return Math.max(boxes[at + 2] - boxes[at], boxes[at + 3] - boxes[at + 1]) * this.view.scale;
  }

  /** Go along an arc; the first corner is left out when a line is already there. */
  along(shapes, ref, joined) {
    const { scale, left, top } = this.view;
    const back = ref < 0;
    const arc = back ? -1 - ref : ref;
    const first = shapes.start[arc];
    const last = shapes.start[arc + 1] - 1;
    const step = back ? -1 : 1;
    const end = back ? first : last;
    let at = back ? last : first;
    let x = shapes.x[at];
    let y = shapes.y[at];
    if (!joined) this.context.moveTo(x * scale - left, y * scale - top);
    if (this.pixels(shapes.arcBox, arc) < 2) at = end + step * -1;
    while (at !== end) {
      at += step;
      const far = Math.abs(shapes.x[at] - x) > this.least || Math.abs(shapes.y[at] - y) > this.least;
      if (far || at === end) {
        x = shapes.x[at];
        y = shapes.y[at];
        this.context.lineTo(x * scale - left, y * scale - top);
      }
    }
  }

  /** The rings of a polygon; each ends where it began, and to close it would cost more than to draw it. */
  polygon(shapes, row) {
    for (let ring = shapes.rings[row]; ring < shapes.rings[row + 1]; ring += 1) {
      for (let i = shapes.ring[ring]; i < shapes.ring[ring + 1]; i += 1) {
        this.along(shapes, shapes.refs[i], i > shapes.ring[ring]);
      }
    }
  }

  /** Fill polygons with one colour; not too many in one path, which would be slow. */
  fill(shapes, rows, colour) {
    this.context.fillStyle = colour;
    Pen.inParts(rows, 400, (part) => {
      this.context.beginPath();
      part.forEach((row) => this.polygon(shapes, row));
      this.context.fill("evenodd");
    });
  }

  outline(shapes, rows, style) {
    this.style(style);
    Pen.inParts(rows, 200, (part) => {
      this.context.beginPath();
      part.forEach((row) => this.polygon(shapes, row));
      this.context.stroke();
    });
    this.context.setLineDash([]);
  }

  lines(shapes, arcs, style) {
    this.style(style);
    Pen.inParts(arcs, 300, (part) => {
      this.context.beginPath();
      part.forEach((arc) => this.along(shapes, arc, false));
      this.context.stroke();
    });
    this.context.setLineDash([]);
  }

  style({ colour, width, dash }) {
    this.context.strokeStyle = colour;
    this.context.lineWidth = width;
    this.context.lineJoin = "round";
    this.context.setLineDash(dash || []);
  }

  static inParts(rows, size, act) {
    for (let i = 0; i < rows.length; i += size) act(rows.slice(i, i + size));
  }
}
