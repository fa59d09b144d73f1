// Keys: everything can be done without a mouse. The arrows, + and - are the map's own.

class Keys {
  constructor(page) {
    this.page = page;
    document.addEventListener("keydown", (event) => this.onKey(event));
  }

  onKey(event) {
    if ((event.ctrlKey || event.metaKey) && event.key === "p") {
      event.preventDefault();
      this.page.printing.print();
      return;
    }
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const typing = event.target.matches("input:not([type=checkbox]), select, textarea");
    if (typing) return;
    const act = this.acts()[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  acts() {
    const { page } = this;
    const acts = {
      "/": () => document.getElementById("search").focus(),
      n: () => page.step(1),
      p: () => page.step(-1),
      l: () => State.set({ language: State.get("language") === "zh" ? "en" : "zh" }),
      "?": () => page.toggleHelp(),
      Escape: () => page.escape(),
      0: () => page.showAll(),
      m: () => document.getElementById("map").focus(),
    };
    if (document.activeElement === document.getElementById("map")) acts.Enter = () => page.choose(page.map.getCenter());
    return acts;
  }
}
