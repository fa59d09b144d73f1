// Link: what is chosen and where the map is, as the part of the address after #; `#c=ID` is a conflict.

class Link {
  constructor(page) {
    this.page = page;
    this.quiet = false;
    State.on(["by", "language", "tab", "chosen", "hidden", "before"], () => this.write());
    page.map.on("moveend", () => this.write());
    window.addEventListener("hashchange", () => this.read());
  }

  static parts(hash) {
    return new URLSearchParams(hash.replace(/^#/, ""));
  }

  /** The chosen thing as [key, value] of the address. */
  chosenPart() {
    const { network, conflicts, incidents, changes } = this.page;
    const chosen = State.get("chosen");
    if (!chosen) return null;
    if (chosen.kind === "conflict") return ["c", conflicts.value("conflict_id", chosen.row)];
    if (chosen.kind === "cell") return ["cell", network.ids[chosen.row]];
    if (chosen.kind === "grid") return ["grid", `${chosen.key}:${network.group(chosen.key).ids[chosen.number]}`];
    if (chosen.kind === "incident") return ["i", incidents.ids[chosen.row]];
    return ["change", changes.ids[chosen.row]];
  }

  text() {
    const parts = new URLSearchParams();
    const chosen = this.chosenPart();
    if (chosen) parts.set(...chosen);
    const [lon, lat] = Plane.fromMap(this.page.map.getCenter());
    parts.set("at", `${lon.toFixed(6)},${lat.toFixed(6)},${this.page.map.getZoom().toFixed(2)}`);
    parts.set("by", State.get("by") || "");
    parts.set("lang", State.get("language"));
    const { hidden } = State.values;
    const toggled = [...hidden.filter((each) => !this.page.hiddenAtFirst.includes(each)).map((each) => `-${each}`)];
    toggled.push(...this.page.hiddenAtFirst.filter((each) => !hidden.includes(each)).map((each) => `+${each}`));
    if (toggled.length) parts.set("show", toggled.join("|"));
    if (State.get("before")) parts.set("before", "1");
    return `#${parts}`;
  }

  write() {
    if (this.quiet) return;
    const hash = this.text();
    if (hash === window.location.hash) return;
    window.history.replaceState(null, "", hash);
  }

  /** Do what the address says. */
  read() {
    const parts = Link.parts(window.location.hash);
    this.quiet = true;
    const at = (parts.get("at") || "").split(",").map(Number);
    const placed = at.length === 3 && at.every(Number.isFinite);
    State.set(this.states(parts));
    const chosen = this.chosen(parts, !placed);
    if (chosen) State.set(chosen);
    if (placed) this.page.map.setView(Plane.toMap(at[0], at[1]), at[2], { animate: false });
    this.quiet = false;
    this.write();
  }

  states(parts) {
    const states = {};
    const by = parts.get("by");
    if (by !== null && (by === "" || this.page.network.group(by))) states.by = by || null;
    if (["zh", "en"].includes(parts.get("lang"))) states.language = parts.get("lang");
    const hidden = new Set(this.page.hiddenAtFirst);
    (parts.get("show") || "").split("|").forEach((each) => {
      if (each.startsWith("-")) hidden.add(each.slice(1));
      if (each.startsWith("+")) hidden.delete(each.slice(1));
    });
    return { ...states, hidden: [...hidden], before: parts.get("before") === "1" };
  }

  chosen(parts, zoom) {
    const { network, conflicts, incidents, changes } = this.page;
    const row = (rows, key) => (parts.has(key) && rows.has(parts.get(key)) ? rows.get(parts.get(key)) : -1);
    const found = (kind, number, tab) => ({ chosen: { kind, row: number, zoom }, tab });
    if (row(conflicts.rows, "c") >= 0) return found("conflict", row(conflicts.rows, "c"), "conflicts");
    if (row(network.rows, "cell") >= 0) return found("cell", row(network.rows, "cell"), "place");
    if (row(incidents.rows, "i") >= 0) return found("incident", row(incidents.rows, "i"), "incidents");
    if (row(changes.rows, "change") >= 0) return found("change", row(changes.rows, "change"), "changes");
    const [key, ...id] = (parts.get("grid") || "").split(":");
    const group = network.group(key);
    const number = group ? group.ids.indexOf(id.join(":")) : -1;
    if (number >= 0) return { chosen: { kind: "grid", key, number, zoom }, tab: "place" };
    const missing = ["c", "cell", "i", "change", "grid"].find((each) => parts.has(each));
    if (missing) this.page.tell(Words.say("link.missing", { id: parts.get(missing) }));
    return null;
  }
}
