// The word tree of what was searched: what is said after it, or before it (Wattenberg and Viégas 2008).
"use strict";
(() => {
  const { create, NB, words } = rapport;
  const DEPTH = 8;
  const BRANCHES = [14, 6, 4, 3];
  const ENDS = /^[.?!…]+$/;
  let ends = null;

  // The forms that come next, most frequent first, each with the paths that go on: [form, paths]. A path is the
  // last token reached; the end of a sentence, or of the turn, ends it.
  function continuations(corpus, paths, step) {
    ends = ends || Uint8Array.from(corpus.forms, (form) => ENDS.test(form));
    const found = new Map();
    for (const at of paths) {
      const next = at + step;
      if (next < 0 || next >= corpus.n || corpus.turn[next] !== corpus.turn[at]) continue;
      const form = corpus.form[next];
      if (ends[step > 0 ? corpus.form[at] : form]) continue;
      if (!found.has(form)) found.set(form, []);
      found.get(form).push(next);
    }
    return [...found].map(([form, own]) => [corpus.forms[form], own])
      .sort((one, other) => other[1].length - one[1].length || one[0].localeCompare(other[0], "fr"));
  }

  // A form and the only ones that follow it, as one phrase.
  function phrase(corpus, form, paths, step) {
    const forms = [form];
    let reached = paths;
    let next = continuations(corpus, reached, step);
    while (next.length === 1 && next[0][1].length === paths.length && forms.length < DEPTH) {
      forms.push(next[0][0]);
      [[, reached]] = next;
      next = continuations(corpus, reached, step);
    }
    return { forms, next };
  }

  const spoken = (forms) => forms.reduce((text, form) => (
    text === "" || /^[,.…)\]»]+$|^-/.test(form) || /['’]$/.test(text) ? text + form : `${text} ${form}`), "");

  function branch(tree, form, paths, depth, before) {
    const { corpus, step, size } = tree;
    const { forms, next } = phrase(corpus, form, paths, step);
    const inOrder = step > 0 ? forms : [...forms].reverse();
    const whole = step > 0 ? [...before, ...inOrder] : [...inOrder, ...before];
    const button = create("button", { type: "button", style: `--t:${(1 + 0.9 * Math.sqrt(paths.length / size)).toFixed(2)}rem`,
      title: rapport.plural(paths.length, "fois", "fois") }, spoken(inOrder), " ", create("small", {}, rapport.integer(paths.length)));
    button.addEventListener("click", () => tree.choose(whole.map(words.asQuery).join(" ")));
    const children = whole.length < DEPTH ? list(tree, next, depth + 1, whole) : null;
    return create("li", {}, button, children);
  }

  function list(tree, rows, depth, before) {
    const least = tree.size > 12 ? 2 : 1;
    const shown = rows.filter(([, paths]) => paths.length >= least).slice(0, BRANCHES[Math.min(depth, BRANCHES.length - 1)]);
    if (!shown.length) return null;
    const rest = rows.length - shown.length;
    const items = shown.map(([form, paths]) => branch(tree, form, paths, depth, before));
    if (rest && depth === 0) items.push(create("li", { class: "reste" }, `et ${rapport.plural(rest, "autre suite", "autres suites")}`));
    return create("ul", {}, ...items);
  }

  rapport.drawWordTree = (corpus, places, target, forward, choose) => {
    const step = forward ? 1 : -1;
    const starts = continuations(corpus, places.map(([from, to]) => (forward ? to : from)), step);
    const [first, last] = places[0];
    const forms = new Set(places.map(([from, to]) => corpus.turns[corpus.turn[from]].text.slice(corpus.start[from], corpus.end[to]).toLowerCase()));
    const heading = forms.size === 1 ? corpus.turns[corpus.turn[first]].text.slice(corpus.start[first], corpus.end[last]).toLowerCase() : rapport.concordance.asked;
    const tree = list({ corpus, step, size: places.length, choose }, starts, 0, []);
    const text = forward ? "Ce qui est dit après" : "Ce qui est dit avant";
    const note = create("p", { class: "legende" }, `Lecture${NB}: ${text.charAt(0).toLowerCase()}${text.slice(1)}, du plus fréquent au plus rare ; plus la suite est dite, plus elle est grande, et le nombre dit combien de fois. Un clic l'ajoute à la recherche.`.replace(" ;", `${NB};`));
    if (!tree) { target.replaceChildren(create("p", { class: "vide" }, forward ? "Rien n'est dit après." : "Rien n'est dit avant.")); return; }
    target.replaceChildren(note, create("div", { class: "defile", tabindex: "0", role: "group", "aria-label": text },
      create("div", { class: `arbre-mots ${forward ? "" : "inverse"}` }, create("p", { class: "racine" }, create("b", {}, heading), ` ${rapport.integer(places.length)}`), tree)));
  };
})();
