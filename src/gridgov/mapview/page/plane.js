// Plane: degrees as the map lays them out (Web Mercator of 256 pixels at zoom 0), without objects.

const Plane = {
  SIZE: 256,
  /** In which degrees the map is laid out: gcj02 over tiles that are, else cgcs2000. */
  datum: "cgcs2000",

  /** A place in CGCS2000 degrees on the plane. */
  place(lon, lat) {
    const [east, north] = Plane.datum === "gcj02" ? Datum.toGcj02(lon, lat) : [lon, lat];
    return [Plane.x(east), Plane.y(north)];
  },

  /** CGCS2000 degrees of a place of the map, and back. */
  fromMap(latlng) {
    return Plane.datum === "gcj02" ? Datum.fromGcj02(latlng.lng, latlng.lat) : [latlng.lng, latlng.lat];
  },

  toMap(lon, lat) {
    const [east, north] = Plane.datum === "gcj02" ? Datum.toGcj02(lon, lat) : [lon, lat];
    return L.latLng(north, east);
  },

  x(lon) {
    return ((lon + 180) / 360) * Plane.SIZE;
  },

  y(lat) {
    const sine = Math.sin((lat * Math.PI) / 180);
    return (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * Plane.SIZE;
  },

  /** A box [left, top, right, bottom] as Leaflet's bounds. */
  bounds(box) {
    const corner = (x, y) => L.CRS.EPSG3857.pointToLatLng(L.point(x, y), 0);
    return L.latLngBounds(corner(box[0], box[3]), corner(box[2], box[1]));
  },

  /** Metres in a unit of the plane, near a place. */
  metres(lat) {
    return (40075016.686 * Math.cos((lat * Math.PI) / 180)) / Plane.SIZE;
  },
};
