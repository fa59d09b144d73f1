// Nodes: parts of the page. Text is always set as text, never read as HTML.

const Nodes = {
  /** `Nodes.make("button", { class: "x", text: "y", click: act }, [children])` */
  make(tag, about, children) {
    const node = document.createElement(tag);
    Object.entries(about || {}).forEach(([name, value]) => {
      if (value === undefined || value === null || value === false) return;
      if (name === "text") node.textContent = value;
      else if (name === "click") node.addEventListener("click", value);
      else if (name === "change") node.addEventListener("change", value);
      else if (name === "colour") node.style.setProperty("--colour", value);
      else node.setAttribute(name, value === true ? "" : value);
    });
    (children || []).forEach((child) => child && node.appendChild(child));
    return node;
  },

  replace(parent, children) {
    parent.replaceChildren(...children.filter(Boolean));
  },

  /** Rows of a list of terms: [words, text or node]; those without a value are left out. */
  terms(rows) {
    const list = Nodes.make("dl", { class: "terms" });
    rows.forEach(([term, value]) => {
      if (value === null || value === undefined || value === "") return;
      const node = Nodes.make("dd", typeof value === "object" ? {} : { text: value });
      if (typeof value === "object") node.appendChild(value);
      list.append(Nodes.make("dt", { text: term }), node);
    });
    return list;
  },

  table(heads, rows) {
    const head = Nodes.make("tr", {}, heads.map((text) => Nodes.make("th", { text, scope: "col" })));
    const cell = (value) =>
      value instanceof Node ? Nodes.make("td", {}, [value]) : Nodes.make("td", { text: value === null ? "" : value });
    const body = rows.map((row) => Nodes.make("tr", {}, row.map(cell)));
    return Nodes.make("table", {}, [Nodes.make("thead", {}, [head]), Nodes.make("tbody", {}, body)]);
  },

  /** A button that looks like a link. */
  link(text, click) {
    return Nodes.make("button", { type: "button", class: "link", text, click });
  },
};
