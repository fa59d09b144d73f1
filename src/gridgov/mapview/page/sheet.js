// Sheet: one canvas over the map that moves and zooms with it; what is on it, `paint(pen)` says.

const Sheet = L.Renderer.extend({
  initialize(paint, options) {
    this._paint = paint;
    L.Renderer.prototype.initialize.call(this, { padding: 0.3, ...options });
  },

  getEvents() {
    const events = L.Renderer.prototype.getEvents.call(this);
    events.move = this._onMove;
    return events;
  },

  /** Draw again, once, before the screen is next shown. */
  redraw() {
    if (!this._map || this._waiting) return;
    this._waiting = L.Util.requestAnimFrame(() => {
      this._waiting = null;
      // After a zoom the map says so itself, and everything is drawn.
      if (this._map && !this._map._animatingZoom) this._draw();
    });
  },

  /** Draw again at once. */
  redrawNow() {
    this._update();
  },

  _initContainer() {
    this._container = document.createElement("canvas");
    this._container.setAttribute("aria-hidden", "true");
    this._context = this._container.getContext("2d");
  },

  _destroyContainer() {
    L.Util.cancelAnimFrame(this._waiting);
    this._waiting = null;
    L.DomUtil.remove(this._container);
    delete this._container;
    delete this._context;
  },

  /** While the map is dragged: draw only when what was drawn ends. */
  _onMove() {
    if (this._map._animatingZoom || !this._bounds || this._map.getZoom() !== this._zoom) return;
    const size = this._map.getSize();
    const seen = L.bounds(this._map.containerPointToLayerPoint([0, 0]), this._map.containerPointToLayerPoint(size));
    if (!this._bounds.contains(seen)) this._update();
  },

  _update() {
    if (!this._map || (this._map._animatingZoom && this._bounds)) return;
    L.Renderer.prototype._update.call(this);
    const size = this._bounds.getSize();
    const fine = this.options.fineness || window.devicePixelRatio || 1;
    L.DomUtil.setPosition(this._container, this._bounds.min);
    this._container.width = Math.round(size.x * fine);
    this._container.height = Math.round(size.y * fine);
    this._container.style.width = `${size.x}px`;
    this._container.style.height = `${size.y}px`;
    this._fine = fine;
    this._draw();
  },

  _draw() {
    const size = this._bounds.getSize();
    const origin = this._map.getPixelOrigin();
    this._context.setTransform(this._fine, 0, 0, this._fine, 0, 0);
    this._context.clearRect(0, 0, size.x, size.y);
    const view = {
      scale: 2 ** this._map.getZoom(),
      left: origin.x + this._bounds.min.x,
      top: origin.y + this._bounds.min.y,
      width: size.x,
      height: size.y,
      zoom: this._map.getZoom(),
    };
    this._paint(new Pen(this._context, view));
  },
});
