// Finder: the way from the code or name of a grid to the page on which it is.

class Finder {
  constructor(index) {
    this.index = index;
    this.input = document.getElementById("search");
    this.results = document.getElementById("results");
    this.input.addEventListener("input", () => this.show());
    this.input.addEventListener("keydown", (event) => {
      const first = this.results.querySelector("a");
      if (event.key === "Enter" && first) first.click();
    });
  }

  show() {
    const text = this.input.value.trim().toLowerCase();
    const found = text ? this.find(text) : [];
    const items = found.slice(0, Finder.MOST).map((each) => Nodes.make("li", {}, [this.link(each)]));
    if (text && !found.length) items.push(Nodes.make("li", { text: Words.say("search.nothing") }));
    if (found.length > Finder.MOST) {
      const count = Words.number(found.length - Finder.MOST);
      items.push(Nodes.make("li", { text: Words.say("search.more", { count }) }));
    }
    Nodes.replace(this.results, items);
  }

  /** Grids and units whose code or name holds the text: what is equal comes first, then what begins with it. */
  find(text) {
    const found = [];
    this.index.found.forEach(({ key, ids, names, pages }) => {
      ids.forEach((id, number) => {
        const ranks = [id, names[number]].filter(Boolean).map((value) => Finder.rank(value.toLowerCase(), text));
        const rank = Math.min(...ranks);
        if (rank < 3) found.push({ rank, key, id, name: names[number], page: this.index.pages[pages[number]] });
      });
    });
    return found.sort((a, b) => a.rank - b.rank);
  }

  static rank(value, text) {
    if (value === text) return 0;
    if (value.startsWith(text)) return 1;
    return value.includes(text) ? 2 : 3;
  }

  link({ key, id, name, page }) {
    const hash = new URLSearchParams({ grid: `${key}:${id}`, lang: Words.language });
    const words = [Words.of("rung", key), id, name === id ? null : name, page.title];
    return Nodes.make("a", { href: `${encodeURI(page.file)}#${hash}`, text: words.filter(Boolean).join(" · ") });
  }
}

Finder.MOST = 40;
