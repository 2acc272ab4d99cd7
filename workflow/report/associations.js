// What the panel says of a word beside its passages: the words that come with it, who says it more or less.
"use strict";
(() => {
  const { data, create, NB } = rapport;
  const MOST = 12;
  const LEAST = 3;
  const present = new Map();

  // The active lemmas of each segment of an analysis, and in how many segments each is said.
  function presence(analysis) {
    if (!present.has(analysis.id)) present.set(analysis.id, count(analysis));
    return present.get(analysis.id);
  }

  function count(analysis) {
    const all = rapport.words.index();
    const active = new Set(analysis.words.filter((row) => row[4]).map((row) => row[0]));
    const found = new Map();
    data.interviews.forEach((interview, place) => {
      (analysis.segments[interview.id] || []).forEach((number, s) => { if (number !== null) found.set(place * 1e6 + s, new Set()); });
    });
    for (let i = 0; i < all.n; i += 1) {
      if (all.segment[i] < 0 || !active.has(all.word[i])) continue;
      const words = found.get(all.turns[all.turn[i]].place * 1e6 + all.segment[i]);
      if (words) words.add(data.words[all.word[i]][0]);
    }
    const sizes = new Map();
    for (const words of found.values()) for (const lemma of words) sizes.set(lemma, (sizes.get(lemma) || 0) + 1);
    return { segments: [...found.values()], sizes };
  }

  // The lemmas most associated with one, by χ² over the segments of the analysis: [lemma, together, χ²].
  rapport.words.associated = (lemma) => {
    const { segments, sizes } = presence(rapport.current());
    const together = new Map();
    for (const words of segments) {
      if (words.has(lemma)) for (const other of words) together.set(other, (together.get(other) || 0) + 1);
    }
    const n = segments.length;
    const own = sizes.get(lemma) || 0;
    const rows = [];
    for (const [other, both] of together) {
      const size = sizes.get(other);
      if (other === lemma || size < LEAST || both * n <= own * size) continue;
      const margins = own * (n - own) * size * (n - size);
      rows.push([other, both, margins ? n * (both * n - own * size) ** 2 / margins : 0]);
    }
    return rows.sort((a, b) => b[2] - a[2] || b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  };

  function associatedWords(asked) {
    const rows = rapport.words.associated(asked.w).slice(0, MOST);
    if (!rows.length) return null;
    const list = create("p", { class: "mots" }, ...rows.flatMap(([other, both]) => [
      create("span", { "data-e": other }, create("button", { type: "button", class: "mot" }, other), `${NB}`, create("small", {}, rapport.integer(both))), " "]));
    const head = `Dans les mêmes segments, plus que le hasard (χ²), avec le nombre de segments communs${NB}:`;
    return create("div", { class: "associes", "data-w": asked.w, "data-c": "", "data-m": "", "data-i": "" },
      create("p", { class: "legende" }, head), list);
  }

  function specificOf(asked) {
    const { specific } = rapport.current();
    const wanted = new Set(data.words.flatMap(([lemma, pos], i) => (lemma === asked.w && (!asked.p || pos === asked.p) ? [i] : [])));
    const items = [];
    for (const [variable, name, modalities, rows] of specific) {
      const own = [];
      for (let k = 0; k < rows.length; k += 4) {
        if (wanted.has(rows[k])) own.push([modalities[rows[k + 1]], rows[k + 2], rows[k + 3] / 10, data.words[rows[k]][1]]);
      }
      own.sort((a, b) => b[2] - a[2]);
      for (const [modality, f, score, pos] of own.slice(0, MOST)) {
        const sign = `${score < 0 ? "−" : "+"}${Math.abs(score).toFixed(1).replace(".", ",")}`;
        const button = create("button", { type: "button", class: "v" }, `${f}`);
        items.push(create("li", variable === "class" ? { "data-c": modality, "data-m": "" } : { "data-m": `${variable}=${modality}` },
          create("span", { "data-p": pos }, `${name}${NB}: ${variable === "class" ? `classe ${modality}` : modality}, ${sign} (dit `, button, `${NB}fois)`)));
      }
    }
    if (!items.length) return create("p", { class: "legende" }, "Mot banal ou rare : aucun groupe ne le dit nettement plus ou moins (indice de spécificité sous 2).".replace(" :", `${NB}:`));
    return create("div", { "data-w": asked.w, "data-i": "" },
      create("p", { class: "legende" }, `Spécificités (± log₁₀ de la probabilité, 2 au moins)${NB}:`), create("ul", { class: "specifiques" }, ...items));
  }

  rapport.words.about = (asked) => {
    const word = asked.w.includes(" ") ? asked.w : `lemme:${asked.w}`;
    const link = create("a", { href: `#concordance/${encodeURIComponent(word)}` }, `«${NB}${asked.w}${NB}» dans le concordancier`);
    return [associatedWords(asked), specificOf(asked), create("p", {}, link)].filter(Boolean);
  };
})();
