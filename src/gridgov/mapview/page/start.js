// Start: read what the page was given, and show it.

(() => {
  const given = (id) => JSON.parse(document.getElementById(id).textContent);
  Words.table = given("words");
  const page = new Page(given("data"));
  // For links between pages, and for whoever asks the page from the console.
  window.gridgov = { page, State, Datum };
  document.body.classList.add("ready");
})();
