// Index: the pages of a network's districts, and the way from a conflict or a grid to the page on which it is.

(() => {
  const given = (id) => JSON.parse(document.getElementById(id).textContent);
  Words.table = given("words");
  const index = given("data");
  const finder = new Finder(index);

  /** Numbers of a page that not every network has, such as incidents. */
  function columns() {
    const names = ["cells", "grids", "decide", "incidents", "changes"];
    return names.filter((name) => index.pages.some((page) => page[name] !== null));
  }

  function named(page) {
    return page.title === page.unit ? page.unit : `${page.title} ${page.unit}`;
  }

  function show() {
    Words.fill(document);
    const heads = [Words.of("rung", index.rung), ...columns().map((name) => Words.say(`index.${name}`))];
    const rows = index.pages.map((page) => [
      Nodes.make("a", { href: `${encodeURI(page.file)}#lang=${Words.language}`, text: named(page) }),
      ...columns().map((name) => (page[name] === null ? "" : Words.number(page[name]))),
    ]);
    Nodes.replace(document.getElementById("pages"), [Nodes.table(heads, rows)]);
    finder.show();
  }

  /** `map.html#c=ID` goes on to the page with this conflict. */
  function follow() {
    const conflict = new URLSearchParams(window.location.hash.slice(1)).get("c");
    const file = Object.hasOwn(index.conflicts, conflict) ? index.conflicts[conflict] : null;
    if (file) window.location.href = `${encodeURI(file)}${window.location.hash}`;
  }

  Words.language = index.language;
  document.getElementById("language").addEventListener("click", () => {
    Words.language = Words.language === "zh" ? "en" : "zh";
    show();
  });
  window.addEventListener("hashchange", follow);
  show();
  follow();
  document.body.classList.add("ready");
})();
