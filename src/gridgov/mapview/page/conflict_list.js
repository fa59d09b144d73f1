// Conflict list: the ranked list of conflicts with its filters, and everything that is said of one.

class ConflictList {
  constructor(conflicts, departments) {
    this.conflicts = conflicts;
    this.departments = departments;
    this.most = ConflictList.PAGE;
    this.kind = "conflict";
  }

  listed() {
    return this.conflicts.listed();
  }

  choice(row) {
    return { chosen: { kind: this.kind, row, zoom: true } };
  }

  node() {
    const rows = this.listed();
    const items = rows.slice(0, this.most).map((row) => this.item(row));
    const more = rows.length > this.most && this.moreButton(rows.length);
    return [this.filters(), this.countNode(rows.length), Nodes.make("ol", { class: "list" }, items), more];
  }

  countNode(listed) {
    const values = { listed: Words.number(listed), settled: Words.number(this.conflicts.settled) };
    const shown = this.conflicts.columns.severity ? this.conflicts.columns.severity.filter((each) => each === "settled").length : 0;
    const all = this.conflicts.filter.severity === "settled" && shown < this.conflicts.settled ? "conflicts.largest" : "conflicts.listed";
    return Nodes.make("p", { class: "count", text: Words.say(all, values) });
  }

  filters() {
    const counts = {};
    (this.conflicts.columns.severity || []).forEach((each) => (counts[each] = (counts[each] || 0) + 1));
    counts.settled = Math.max(counts.settled || 0, this.conflicts.settled);
    const severities = ["decide", "settled", "note"].map((each) => [
      each,
      `${Words.of("severity", each)} ${Words.number(counts[each] || 0)}`,
    ]);
    const kinds = [...new Set(this.conflicts.columns.kind || [])].map((each) => [each, Words.of("kind", each)]);
    const departments = this.departments.map((each) => [each, each]);
    return Nodes.make("div", { class: "filters" }, [
      this.selectNode("severity", severities, null),
      this.selectNode("kind", kinds, "conflicts.every-kind"),
      this.selectNode("department", departments, "conflicts.every-department"),
    ]);
  }

  selectNode(name, values, every) {
    const options = every ? [["", Words.say(every)], ...values] : values;
    const nodes = options.map(([value, text]) =>
      Nodes.make("option", { value, text, selected: value === this.conflicts.filter[name] }),
    );
    const change = (event) => {
      this.conflicts.filter[name] = event.target.value;
      this.most = ConflictList.PAGE;
      this.changed();
    };
    return Nodes.make("select", { "aria-label": Words.say(`conflicts.${name}`), id: `conflict-${name}`, change }, nodes);
  }

  /** Called when the filter has changed; the page says what then. */
  changed() {}

  moreButton(count) {
    const click = () => {
      this.most += ConflictList.PAGE;
      this.changed();
    };
    const text = Words.say("list.more", { left: Words.number(count - this.most) });
    return Nodes.make("button", { type: "button", class: "more", text, click });
  }

  item(row) {
    const chosen = State.chosen("conflict");
    const open = Boolean(chosen) && chosen.row === row;
    const severity = this.conflicts.value("severity", row);
    const head = Nodes.make("button", {
      type: "button",
      class: "item",
      "aria-expanded": String(open),
      "data-conflict": this.conflicts.value("conflict_id", row),
      click: () => State.set(open ? { chosen: null } : this.choice(row)),
    });
    const area = this.conflicts.value("area_m2", row);
    head.append(
      Nodes.make("span", { class: "rank", colour: Colours.SEVERITIES[severity], text: String(row + 1) }),
      Nodes.make("span", { class: "what" }, [
        Nodes.make("b", { text: Words.of("kind", this.conflicts.value("kind", row)) }),
        Nodes.make("span", { class: "size", text: area === null ? "" : Words.area(area) }),
      ]),
      Nodes.make("span", { class: "who", text: this.who(row) }),
      Nodes.make("span", { class: "where", text: this.conflicts.value("where", row) }),
    );
    return Nodes.make("li", { class: open ? "open" : null }, [head, open && this.details(row)]);
  }

  who(row) {
    const parties = this.conflicts.value("parties", row);
    const one = parties.every(([department]) => department === parties[0][0]) && parties[0][1];
    const names = parties.map(([department, grid]) => (grid && !one ? `${department} ${grid}` : grid || department));
    const said = names.slice(0, 3).join(" ↔ ") + (names.length > 3 ? ` … ${names.length}` : "");
    return one ? `${parties[0][0]} ${said}` : said;
  }

  /** Everything that is known of a conflict: both owners, the rule, what the merge did and people decided. */
  details(row) {
    const text = (name) => this.conflicts.value(name, row);
    const number = (name, words) => (text(name) === null ? null : words(text(name)));
    const kind = text("kind");
    const parties = this.partiesNode(row);
    const rule = text("rule");
    return Nodes.make("div", { class: "details" }, [
      Nodes.make("p", { text: Words.of("kind-means", kind) }),
      parties,
      Nodes.terms([
        [Words.say("conflict.rule"), rule && `${Words.of("rule", rule)}${Words.say("colon")}${Words.of("rule-means", rule)}`],
        [Words.say("conflict.resolution"), this.conflicts.said("resolution", row)],
        [Words.say("conflict.decision"), this.decision(row)],
        [Words.say("conflict.moved"), number("moved_m2", Words.area)],
        [Words.say("conflict.width"), number("width_m", (m) => `${Words.number(m, 1)} m`)],
        [Words.say("conflict.places"), text("places") > 1 ? Words.number(text("places")) : null],
        [Words.say("conflict.weight"), number("weight_changed", Words.number)],
        [Words.say("conflict.incidents"), number("incidents_changed", Words.number)],
        [Words.say("conflict.note"), this.conflicts.said("note", row)],
        [Words.say("conflict.id"), text("conflict_id")],
      ]),
    ]);
  }

  partiesNode(row) {
    const rows = this.conflicts.value("parties", row).map(([department, grid, owner]) => [
      department,
      grid ? Nodes.link(grid, () => this.openGrid(department, grid)) : Words.say("conflict.border-kept"),
      owner || Words.say("no-owner"),
    ]);
    return Nodes.table([Words.say("department"), Words.say("grid"), Words.say("owner")], rows);
  }

  /** Called to show a grid; the page says how. */
  openGrid() {}

  decision(row) {
    const decision = this.conflicts.value("decision", row);
    if (!decision) return this.conflicts.value("severity", row) === "decide" ? Words.say("conflict.open") : null;
    const by = [this.conflicts.value("decided_by", row), this.conflicts.value("decided_on", row)].filter(Boolean).join(Words.say("comma"));
    const [word, letter] = decision.split(" ");
    const said = Words.say(`decision.${word}`, { letter });
    return by ? Words.say("decision.by", { decision: said, by }) : said;
  }
}

ConflictList.PAGE = 100;
