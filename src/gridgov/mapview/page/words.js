// Words: everything the page says, in the language chosen; the words themselves come from words.py.

const Words = {
  table: {},
  language: "zh",

  /** The words of a key, with {names} filled in. Keys without words are shown as they are. */
  say(key, values) {
    const words = Words.table[key];
    const text = words === undefined ? String(key) : words[Words.language];
    return text.replace(/\{(\w+)\}/g, (whole, name) => (values && name in values ? String(values[name]) : whole));
  },

  /** The words of a value of a table (kind, rule, status ...), which may have none. */
  of(kind, value) {
    const key = `${kind}.${value}`;
    return key in Words.table ? Words.say(key) : String(value);
  },

  number(value, digits) {
    const places = digits || 0;
    return Number(value).toLocaleString("en-US", { minimumFractionDigits: places, maximumFractionDigits: places });
  },

  area(m2) {
    if (m2 >= 1e6) return `${Words.number(m2 / 1e6, 2)} km²`;
    return `${Words.number(m2)} m²`;
  },

  percent(part) {
    if (part > 0 && part < 0.001) return "< 0.1 %";
    return `${Words.number(part * 100, 1)} %`;
  },

  /** Write the words into everything that has a data-word (text) or data-title (tooltip and label). */
  fill(root) {
    root.querySelectorAll("[data-word]").forEach((each) => {
      each.textContent = Words.say(each.dataset.word);
    });
    root.querySelectorAll("[data-title]").forEach((each) => {
      const text = Words.say(each.dataset.title);
      each.title = text;
      each.setAttribute("aria-label", text);
      if ("placeholder" in each) each.placeholder = text;
    });
    document.documentElement.lang = Words.language === "zh" ? "zh-CN" : "en";
  },
};
