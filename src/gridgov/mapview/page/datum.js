// Datum: degrees of CGCS2000 (= WGS 84 here) and GCJ-02, the same formula as gridgov.datum.

const Datum = (() => {
  const SEMI_MAJOR_M = 6378245.0; // Krassovsky 1940
  const ECCENTRICITY2 = 0.00669342162296594323;
  const BOX = { west: 72.004, east: 137.8347, south: 0.8293, north: 55.8271 };
  const STEPS = 4; // of the inverse: better than 0.1 mm

  function waves(degrees, a, aPeriod, b, bPeriod) {
    return a * Math.sin(degrees * (Math.PI / aPeriod)) + b * Math.sin(degrees * (Math.PI / bPeriod));
  }

  /** Degrees east and north that GCJ-02 adds. */
  function shift(lon, lat) {
    const x = lon - 105.0;
    const y = lat - 35.0;
    const root = Math.sqrt(Math.abs(x));
    const ripple = 20.0 * Math.sin(6.0 * Math.PI * x) + 20.0 * Math.sin(2.0 * Math.PI * x);
    let north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root;
    north += ((ripple + waves(y, 20, 1, 40, 3) + waves(y, 160, 12, 320, 30)) * 2.0) / 3.0;
    let east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root;
    east += ((ripple + waves(x, 20, 1, 40, 3) + waves(x, 150, 12, 300, 30)) * 2.0) / 3.0;
    const radians = (lat * Math.PI) / 180;
    const sine = Math.sin(radians);
    const curve = 1.0 - ECCENTRICITY2 * sine * sine;
    const meridian = (SEMI_MAJOR_M * (1.0 - ECCENTRICITY2)) / (curve * Math.sqrt(curve));
    const parallel = (SEMI_MAJOR_M / Math.sqrt(curve)) * Math.cos(radians);
    return [((east / parallel) * 180) / Math.PI, ((north / meridian) * 180) / Math.PI];
  }

  function shifted(lon, lat) {
    return lon >= BOX.west && lon <= BOX.east && lat >= BOX.south && lat <= BOX.north;
  }

  return {
    toGcj02(lon, lat) {
      if (!shifted(lon, lat)) return [lon, lat];
      const [east, north] = shift(lon, lat);
      return [lon + east, lat + north];
    },

    fromGcj02(lon, lat) {
      if (!shifted(lon, lat)) return [lon, lat];
      let there = [lon, lat];
      for (let i = 0; i < STEPS; i += 1) {
        const [east, north] = shift(there[0], there[1]);
        there = [lon - east, lat - north];
      }
      return there;
    },
  };
})();
