// Passages behind the syntheses of themes: those of the interviews that bear an attribute, turns that hold two themes.
"use strict";
(() => {
  // An interview bears the value that its participants share.
  rapport.bears = (interview, term) => {
    const cut = term.indexOf("=");
    const [name, value] = [term.slice(0, cut), term.slice(cut + 1)];
    const own = interview.speakers.filter((one) => !one[1]);
    return own.length > 0 && own.every((one) => (name === "panel" ? one[2] : one[3][name]) === value);
  };

  rapport.showMeetings = (asked, heading) => {
    const turns = new Map();
    for (const side of ["t", "o"]) {
      for (const passage of rapport.findCodings({ t: asked[side] })) {
        if (passage.speaker[1]) continue;
        const key = `${passage.interview.id}/${passage.turn}`;
        const held = turns.get(key) || { ...passage, codings: [], sides: new Set() };
        held.start = Math.min(held.start, passage.start);
        held.end = Math.max(held.end, passage.end);
        held.codings = [...held.codings, ...passage.codings];
        held.sides.add(side);
        turns.set(key, held);
      }
    }
    const place = (one) => rapport.places.get(one.interview.id);
    const found = [...turns.values()].filter((one) => one.sides.size === 2)
      .sort((a, b) => place(a) - place(b) || a.turn - b.turn);
    rapport.show(rapport.plural(found.length, "tour"), heading, found, rapport.codingFigure);
  };
})();
