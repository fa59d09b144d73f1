// Search: grids, owners, units, cells, conflicts and incidents by a part of their code or name, or a coordinate.

class Search {
  constructor(page) {
    this.page = page;
    this.input = document.getElementById("search");
    this.results = document.getElementById("results");
    this.input.addEventListener("input", () => this.show());
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    document.addEventListener("click", (event) => {
      if (!event.target.closest(".search")) this.close();
    });
  }

  onKey(event) {
    if (event.key === "Escape") {
      this.close();
      document.getElementById("map").focus();
    }
    const buttons = [...this.results.querySelectorAll("button")];
    if (event.key === "Enter" && buttons.length) buttons[0].click();
    if (event.key === "ArrowDown" && buttons.length) {
      event.preventDefault();
      buttons[0].focus();
    }
  }

  close() {
    this.results.replaceChildren();
    this.input.setAttribute("aria-expanded", "false");
  }

  show() {
    const text = this.input.value.trim().toLowerCase();
    if (!text) return this.close();
    const found = this.find(text);
    const items = found.slice(0, Search.MOST).map(({ what, text: words, act }) =>
      Nodes.make("li", {}, [
        Nodes.make(
          "button",
          {
            type: "button",
            click: () => {
              this.close();
              act();
            },
          },
          [Nodes.make("span", { class: "what", text: what }), Nodes.make("span", { text: words })],
        ),
      ]),
    );
    if (!found.length) items.push(Nodes.make("li", { class: "hint", text: Words.say("search.nothing") }));
    if (found.length > Search.MOST) {
      const count = Words.number(found.length - Search.MOST);
      items.push(Nodes.make("li", { class: "hint", text: Words.say("search.more", { count }) }));
    }
    this.results.replaceChildren(...items);
    this.input.setAttribute("aria-expanded", "true");
    return undefined;
  }

  /** Everything that holds the text: what is equal comes first, then what begins with it. */
  find(text) {
    const { network, conflicts, incidents } = this.page;
    const found = [...this.coordinate(text)];
    const add = (value, what, words, act) => {
      const folded = value ? String(value).toLowerCase() : "";
      const at = folded.indexOf(text);
      if (at >= 0) found.push({ rank: folded === text ? 0 : at ? 2 : 1, what, text: words, act });
      return at >= 0;
    };
    network.groups.forEach((group) => {
      const what = group.kind === "rung" ? Words.of("rung", group.key) : group.key.replace(/_owner$/, "");
      group.ids.forEach((id, number) => {
        const open = () => State.set({ chosen: { kind: "grid", key: group.key, number, zoom: true }, tab: "place" });
        const owner = network.ownerOf(group, number);
        const words = [network.unitName(group, number), owner].filter(Boolean).join(" · ");
        if (add(id, what, words, open) || group.kind === "owner") return;
        if (group.names.length && add(group.names[number], what, words, open)) return;
        add(owner, what, words, open);
      });
    });
    network.ids.forEach((id, row) => {
      add(id, Words.say("cell"), id, () => State.set({ chosen: { kind: "cell", row, zoom: true }, tab: "place" }));
    });
    (conflicts.columns.conflict_id || []).forEach((id, row) => {
      add(id, Words.say("conflict"), `${id} ${Words.of("kind", conflicts.value("kind", row))}`, () =>
        State.set({ chosen: { kind: "conflict", row, zoom: true }, tab: "conflicts" }),
      );
    });
    incidents.ids.forEach((id, row) => {
      add(id, Words.say("incident"), id, () =>
        State.set({ chosen: { kind: "incident", row, zoom: true }, tab: "incidents" }),
      );
    });
    return found.sort((a, b) => a.rank - b.rank);
  }

  /** A text like 113.73, 34.72 is a place. */
  coordinate(text) {
    const match = text.match(/^(-?\d{1,3}\.\d+)[\s,，]+(-?\d{1,2}\.\d+)$/);
    if (!match) return [];
    const act = () => this.page.goTo(Number(match[1]), Number(match[2]));
    return [{ rank: -1, what: this.page.about.datum, text: `${match[1]}, ${match[2]}`, act }];
  }
}

Search.MOST = 40;
