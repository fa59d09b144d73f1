// Themes: by what the cells are coloured.

class Themes {
  constructor(network, tints) {
    this.network = network;
    this.tints = tints;
    const rank = { department: 0, owner: 1, rung: 2 };
    this.keys = network.groups
      .slice()
      .sort((a, b) => rank[a.kind] - rank[b.kind])
      .map((group) => group.key);
  }

  /** The group that colours the cells now; null for none. */
  group() {
    return this.network.group(State.get("by")) || null;
  }

  name(key) {
    const group = this.network.group(key);
    const first = key === this.network.departments[0];
    if (group.kind === "department") return Words.say(first ? "by.unified" : "by.department", { name: key });
    if (group.kind === "owner") return Words.say("by.owner", { name: key.replace(/_owner$/, "") });
    return Words.of("rung", key);
  }

  tint(group, number) {
    return number < 0 ? null : this.tints[group.tint[number] % this.tints.length];
  }

  /** Rows of the cells by their colour; null is the colour of those without a grid. */
  byColour(rows) {
    const group = this.group();
    const answer = new Map();
    rows.forEach((row) => {
      const colour = group ? this.tint(group, group.of[row]) : Colours.PAPER;
      if (!answer.has(colour)) answer.set(colour, []);
      answer.get(colour).push(row);
    });
    return answer;
  }
}
