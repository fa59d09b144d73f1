// Colours: of layers, severities and statuses; those of areas come with the page (tints.py).

const Colours = {
  PAPER: "#ffffff",
  INK: "#1b1f24",
  RUNG: "#2b2f36",
  GRID: "rgba(43, 47, 54, 0.55)",
  CELL: "rgba(43, 47, 54, 0.22)",
  CHOSEN: "#111827",
  CANDIDATE: "#0f766e",
  SPECIAL: "#6d28d9",
  CHANGE: "#7a0177",
  NO_GRID: "#f3f4f6",

  /** Borders of departments, in order of precedence (Okabe and Ito 2008, without red). */
  LAYERS: ["#0072b2", "#d55e00", "#555f6b", "#b0509a", "#00795a", "#56b4e9"],
  SEVERITIES: { decide: "#c0142b", settled: "#6b7280", note: "#1d4ed8" },

  /** Statuses of incidents differ by colour and by form. */
  STATUSES: {
    inside: ["#0077bb", "circle"],
    border: ["#ee7733", "diamond"],
    overlap: ["#aa3377", "square"],
    near: ["#009988", "square"],
    outside: ["#cc3311", "triangle"],
    untagged: ["#33373d", "circle"],
  },

  status(name) {
    return Colours.STATUSES[name] || Colours.STATUSES.untagged;
  },

  layer(number) {
    return Colours.LAYERS[number % Colours.LAYERS.length];
  },
};
