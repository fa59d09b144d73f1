// State: what is chosen on the page, in one place; who shows it is told of changes.

const State = {
  values: { by: null, language: "zh", tab: "conflicts", chosen: null, hidden: [], before: false },
  listeners: [],

  get(name) {
    return State.values[name];
  },

  /** `chosen` is null or { kind: cell|grid|conflict|incident|change, ... }. */
  set(changes) {
    const changed = Object.keys(changes).filter((name) => State.values[name] !== changes[name]);
    if (!changed.length) return;
    Object.assign(State.values, changes);
    State.listeners.forEach(({ names, act }) => {
      if (names.some((name) => changed.includes(name))) act();
    });
  },

  /** Call `act` when one of the named values has changed. */
  on(names, act) {
    State.listeners.push({ names, act });
  },

  chosen(kind) {
    const chosen = State.values.chosen;
    return chosen && chosen.kind === kind ? chosen : null;
  },

  isHidden(name) {
    return State.values.hidden.includes(name);
  },

  show(name, shown) {
    const others = State.values.hidden.filter((each) => each !== name);
    State.set({ hidden: shown ? others : [...others, name] });
  },
};
