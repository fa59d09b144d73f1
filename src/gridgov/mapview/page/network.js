// Network: cells, what they belong to, and the crosswalk, as the page was given them.

class Network {
  constructor(data) {
    this.ids = data.cells.ids;
    this.count = this.ids.length;
    this.area = Bytes.numbers(data.cells.area);
    this.special = new Map(data.cells.special);
    this.shown = data.cells.shown;
    this.shapes = new Shapes(data.cells.shapes, this.count);
    this.groups = data.groups.map((group) => ({
      ...group,
      of: Bytes.numbers(group.of),
      tint: Bytes.numbers(group.tint),
    }));
    this.departments = data.about.departments;
    this.rungs = data.about.rungs;
    this.crosswalk = new Map(data.crosswalk.map((each) => [each.key, Network.unpackedCrosswalk(each)]));
    this.rows = new Map(this.ids.map((id, row) => [id, row]));
  }

  static unpackedCrosswalk(packed) {
    const grid = Bytes.sums(Bytes.numbers(packed.grid));
    const first = new Map();
    grid.forEach((number, row) => {
      if (!first.has(number)) first.set(number, row);
    });
    return {
      grid,
      first,
      cell: Bytes.numbers(packed.cell),
      area: Bytes.numbers(packed.area),
      relation: Bytes.numbers(packed.relation),
    };
  }

  group(key) {
    return this.groups.find((group) => group.key === key);
  }

  /** Cells of a unit of a group. */
  cellsOf(group, number) {
    const rows = [];
    group.of.forEach((unit, row) => {
      if (unit === number) rows.push(row);
    });
    return rows;
  }

  /** Name and id of a unit, as far as there are; null for none. */
  unitName(group, number) {
    if (number < 0) return null;
    const name = group.names.length ? group.names[number] : null;
    return name && name !== group.ids[number] ? `${name} ${group.ids[number]}` : group.ids[number];
  }

  ownerOf(group, number) {
    return number >= 0 && group.owners.length ? group.owners[number] : null;
  }

  /** The names of the rungs of a cell, coarse to fine. */
  placeOf(row) {
    return this.rungs
      .map((rung) => {
        const group = this.group(rung);
        const number = group.of[row];
        if (number < 0) return null;
        return (group.names.length && group.names[number]) || group.ids[number];
      })
      .filter((name) => name && name !== "all")
      .join(" / ");
  }

  /** Where a drawn grid lies: [{ cell, area, relation }] in m2; the cell is -1 outside, -2 on another page. */
  overlaps(key, number) {
    const table = this.crosswalk.get(key);
    if (!table || !table.first.has(number)) return [];
    const rows = [];
    for (let i = table.first.get(number); table.grid[i] === number; i += 1) {
      rows.push({ cell: table.cell[i], area: table.area[i] / 10, relation: table.relation[i] });
    }
    return rows;
  }

  /** Arcs between cells of different units of a group, and its outline. */
  borders(group) {
    if (!group.borders) {
      const { one, other } = this.shapes;
      group.borders = [];
      for (let arc = 0; arc < this.shapes.arcs; arc += 1) {
        const a = one[arc] < 0 ? -1 : group.of[one[arc]];
        const b = other[arc] < 0 ? -1 : group.of[other[arc]];
        if (a !== b) group.borders.push(arc);
      }
    }
    return group.borders;
  }

  /** The cell at a place of the plane, or -1; looked for first where it was found last. */
  at(x, y) {
    if (this.last >= 0 && this.shapes.holds(this.last, x, y)) return this.last;
    this.last = this.shapes.at(x, y);
    return this.last;
  }
}
