// Words of a turn as the study's programs count them: characters are code points, and words around a passage are kept
// exactly as verbatim.anchors keeps them. `coder` is shared by all scripts of the page.
"use strict";
const coder = {
  NB: "\u00a0",
  data: JSON.parse(document.getElementById("donnees").textContent),
  select: (selector, root = document) => root.querySelector(selector),
  all: (selector, root = document) => [...root.querySelectorAll(selector)],
  create(name, attributes = {}, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value !== null && value !== undefined) element.setAttribute(key, value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  },
  plural: (n, one, many = `${one}s`) => `${String(n).replace(/\B(?=(\d{3})+$)/g, "\u202f")}\u00a0${n < 2 ? one : many}`,
  plain: (text) => text.normalize("NFD").replace(/\p{Mn}/gu, "").replace(/[’ʼ]/g, "'").replace(/œ/g, "oe").toLowerCase(),
  say(text) { coder.select("#annonce").textContent = text; },
};
coder.places = new Map(coder.data.interviews.map((interview, i) => [interview.id, i]));

(() => {
  const CONTEXT = 48;
  // What Python calls white space: more than \s in places, less in others.
  const SPACE = /[\t-\r\x1c-\x1f \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
  const SPACES = new RegExp(`${SPACE.source}+`, "g");
  const ENDS = new RegExp(`^${SPACE.source}+|${SPACE.source}+$`, "g");
  const ALIKE = { "’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "‐": "-", "‑": "-", "–": "-", "—": "-",
    "\u00ad": "", "\u200b": "", "\ufeff": "", "…": "..." };
  const PAIRED = /[\ud800-\udfff]/;
  const SPOKEN = /[\p{L}\p{N}]/u;
  const combinations = new Map();
  const documents = new Map();

  coder.isSpace = (letter) => SPACE.test(letter);
  coder.strip = (text) => text.replace(ENDS, "");
  const single = (text) => coder.strip(text.replace(SPACES, " "));

  // Places in a text: `units` as the browser counts, `points` as Python does.
  coder.toUnits = (text, points) => (PAIRED.test(text) ? [...text].slice(0, points).join("").length : points);
  coder.toPoints = (text, units) => (PAIRED.test(text) ? [...text.slice(0, units)].length : units);
  coder.cut = (text, start, end) => (PAIRED.test(text) ? [...text].slice(start, end).join("") : text.slice(start, end));

  // A mark that combines with the letter before it: canonical reordering moves it before U+0345, of the highest class.
  function combines(letter) {
    if (letter < "\u0300") return false;
    if (!combinations.has(letter)) {
      combinations.set(letter, letter === "\u0345" || !`\u0345${letter}`.normalize("NFD").startsWith("\u0345"));
    }
    return combinations.get(letter);
  }

  // A text in lower case, composed, single-spaced, with one kind of apostrophe and dash; where each letter stands in it.
  coder.comparable = (text) => {
    const given = PAIRED.test(text) ? [...text] : text;
    const found = { letters: [], starts: [], ends: [] };
    let start = 0;
    for (let place = 1; place <= given.length; place += 1) {
      if (place < given.length && combines(given[place])) continue;
      const own = place === start + 1 ? given[start] : [...given.slice(start, place)].join("");
      let letters = own;
      if (own.length > 1 || own > "\u007f") letters = [...own.normalize("NFC")].map((letter) => ALIKE[letter] ?? letter).join("");
      for (const letter of letters.toLowerCase()) {
        const blank = SPACE.test(letter);
        if (blank && (!found.letters.length || found.letters[found.letters.length - 1] === " ")) continue;
        found.letters.push(blank ? " " : letter);
        found.starts.push(start);
        found.ends.push(place);
      }
      start = place;
    }
    if (found.letters[found.letters.length - 1] === " ") for (const list of Object.values(found)) list.pop();
    return found;
  };
  const compared = (text) => coder.comparable(text).letters.join("");

  // All turns of an interview as one comparable text, a space between them; made when first needed.
  function whole(place) {
    if (!documents.has(place)) {
      if (documents.size > 8) documents.delete(documents.keys().next().value);
      const made = { letters: [], turn: [], starts: [], ends: [], from: new Map(), written: new Map() };
      for (const [number, , text] of coder.data.interviews[place].turns) {
        const own = coder.comparable(text);
        made.written.set(number, text);
        if (own.letters.length && made.letters.length) add(made, " ", -1, 0, 0);
        made.from.set(number, [made.letters.length, made.letters.length + own.letters.length]);
        own.letters.forEach((letter, i) => add(made, letter, number, own.starts[i], own.ends[i]));
      }
      made.text = made.letters.join("");
      made.isEven = made.text.length === made.letters.length;
      documents.set(place, made);
    }
    return documents.get(place);
  }

  function add(made, letter, turn, start, end) {
    made.letters.push(letter);
    made.turn.push(turn);
    made.starts.push(start);
    made.ends.push(end);
  }

  function written(made, low, high) {
    const words = [];
    for (let at = low; at < high;) {
      const turn = made.turn[at];
      let last = at;
      while (last + 1 < high && made.turn[last + 1] === turn) last += 1;
      if (turn >= 0) words.push(coder.cut(made.written.get(turn), made.starts[at], made.ends[last]));
      at = last + 1;
    }
    return single(words.join(" "));
  }

  // The words before and after, whole ones within about CONTEXT letters: as verbatim.anchors.Document.around.
  function around(made, turn, start, end) {
    const [from, to] = made.from.get(turn);
    let first = from;
    while (first < to && made.ends[first] <= start) first += 1;
    let last = first;
    while (last < to && made.starts[last] < end) last += 1;
    if (first === last) [first, last] = [0, 0];
    let [low, high] = [Math.max(0, first - CONTEXT), Math.min(made.letters.length, last + CONTEXT)];
    if (low && made.letters[low - 1] !== " ") {
      const cut = made.letters.indexOf(" ", low);
      if (cut >= 0 && cut < first - 1) low = cut + 1;
    }
    if (high < made.letters.length && made.letters[high] !== " ") {
      const cut = made.letters.lastIndexOf(" ", high - 1);
      if (cut > last) high = cut;
    }
    return [written(made, low, first), written(made, last, high)];
  }

  // What holds the characters start…end (code points) of a turn: its words, those around, its place.
  coder.holding = (place, turn, start, end) => {
    const made = whole(place);
    const [before, after] = around(made, turn, start, end);
    return { turn, start, end, quote: coder.cut(made.written.get(turn), start, end), before, after };
  };

  function places(made, wanted) {
    const found = [];
    for (let at = made.text.indexOf(wanted); at >= 0; at = made.text.indexOf(wanted, at + 1)) {
      found.push(made.isEven ? at : [...made.text.slice(0, at)].length);
    }
    const inside = (at) => at > 0 && at < made.letters.length
      && SPOKEN.test(made.letters[at]) && SPOKEN.test(made.letters[at - 1]);
    const n = [...wanted].length;
    const alone = found.filter((at) => !inside(at) && !inside(at + n));
    return (alone.length ? alone : found).filter((at) => made.turn[at] === made.turn[at + n - 1]).map((at) => (
      { turn: made.turn[at], start: made.starts[at], end: made.ends[at + n - 1] }));
  }

  // The very place that a coding was given, when its words stand there.
  function at(made, held, wanted) {
    const text = held.start === null ? undefined : made.written.get(held.turn);
    const end = held.start + [...held.quote].length;
    return text !== undefined && compared(coder.cut(text, held.start, end)) === wanted ? { turn: held.turn, start: held.start, end } : null;
  }

  // Where the words of a coding stand for sure, or null: exactly the same words, in a place that nothing rivals. What is
  // only similar is for the workflow to find, and for a person to decide.
  coder.stand = (place, held) => {
    const made = whole(place);
    const wanted = compared(held.quote);
    if (!wanted) return null;
    const sides = [compared(held.before || ""), compared(held.after || "")];
    const there = at(made, held, wanted);
    if (there && around(made, there.turn, there.start, there.end).map(compared).every((side, i) => side === sides[i])) return there;
    const found = places(made, wanted);
    const same = found.filter((span) => around(made, span.turn, span.start, span.end)
      .map(compared).every((side, i) => side === sides[i]));
    const exact = (span) => span.turn === held.turn && span.start === held.start;
    const only = found.length === 1 && found[0].turn === held.turn ? found[0] : null;
    if (sides.some((side) => side)) {
      return same.length === 1 ? same[0] : same.find(exact) || (only && (exact(only) || wanted.split(" ").length > 4) ? only : null);
    }
    return found.length > 1 ? found.find(exact) || null : only || (held.turn === null && found[0]) || null;
  };
})();
