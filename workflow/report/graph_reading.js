// The passages behind a word or a link of a similarity graph: exactly the segments, or the turns, that it counts.
"use strict";
rapport.graphReading = (() => {
  const { data, create, NB } = rapport;
  // A turn longer than this is shown around its words only.
  const LONG = 900;
  const AROUND = 160;

  // Numbers of the words that a lemma of a graph stands for: the active ones where it has some, as the graph counts.
  function numbers(lemma) {
    const own = rapport.current().words.filter(([number]) => data.words[number][0] === lemma);
    const active = own.filter((row) => row[4]);
    return new Set((active.length ? active : own).map(([number]) => number));
  }

  // Whether the graph counts a segment of the analysis.
  function counts({ rows }, place, segment, number) {
    const interview = data.interviews[place];
    if (rows.class) return number === rows.class;
    if (rows.segments) return (rows.segments[interview.id] || []).includes(segment);
    if (!rows.attribute) return true;
    const [who, turn] = interview.segments[segment];
    const [code, , panel, own] = interview.speakers[who];
    const others = { interview: interview.id, speaker: code, panel, question: interview.turns[turn - 1][2] };
    return (rows.attribute in others ? others[rows.attribute] : own[rows.attribute]) === rows.value;
  }

  // Passages of a graph in which every one of the lemmas is said: { place, segment, turn, number, marks }.
  function passages(graph, lemmas) {
    const all = rapport.words.index();
    const wanted = lemmas.map(numbers);
    const { segments } = rapport.current();
    const found = new Map();
    for (let i = 0; i < all.n; i += 1) {
      const which = wanted.findIndex((own) => own.has(all.word[i]));
      const segment = all.segment[i];
      if (which < 0 || segment < 0) continue;
      const { place, number: turn } = all.turns[all.turn[i]];
      const classes = segments[data.interviews[place].id];
      const number = classes ? classes[segment] : null;
      if (number === null || number === undefined || !counts(graph, place, segment, number)) continue;
      const key = graph.within === "turn" ? `${place}/${turn}` : `${place}.${segment}`;
      if (!found.has(key)) found.set(key, { place, segment, turn, number, marks: [], lemmas: new Set() });
      const one = found.get(key);
      one.marks.push([turn, all.start[i], all.end[i]]);
      one.lemmas.add(which);
    }
    return [...found.values()].filter((one) => one.lemmas.size === lemmas.length);
  }

  // The stretches of text of a passage: [turn, first character, last one excluded].
  function stretches({ place, segment, turn }, within) {
    const { segments, turns } = data.interviews[place];
    if (within === "turn") return [[turn, 0, turns[turn - 1][1].length]];
    const [speaker, firstTurn, start, lastTurn, end] = segments[segment];
    const found = [];
    for (let at = firstTurn; at <= lastTurn; at += 1) {
      const [who, text] = turns[at - 1];
      if (who === speaker) found.push([at, at === firstTurn ? start : 0, at === lastTurn ? end : text.length]);
    }
    return found;
  }

  // A long stretch is cut to what surrounds its marks.
  function around(text, start, end, spans) {
    if (end - start <= LONG) return rapport.marked(text, start, end, spans);
    const windows = [];
    for (const [from, to] of spans) {
      const [first, last] = [Math.max(start, text.lastIndexOf(" ", from - AROUND)), Math.min(end, to + AROUND)];
      const before = windows[windows.length - 1];
      if (before && first <= before[1]) before[1] = last;
      else windows.push([first, last]);
    }
    return windows.flatMap(([first, last], k) => [k ? " […] " : first > start ? "… " : "",
      ...rapport.marked(text, first, last, spans.filter(([from]) => from >= first && from < last)), k === windows.length - 1 && last < end ? "…" : ""]);
  }

  function figure(passage, within) {
    const { place, number, marks } = passage;
    const interview = data.interviews[place];
    const quote = create("blockquote", {}, `«${NB}`);
    const pieces = stretches(passage, within);
    pieces.forEach(([turn, start, end], k) => {
      const spans = marks.filter((mark) => mark[0] === turn).map((mark) => [mark[1], mark[2]]);
      quote.append(k ? " " : "", ...around(interview.turns[turn - 1][1], start, end, spans));
    });
    quote.append(`${NB}»`);
    const [turn] = pieces[0];
    const speaker = interview.speakers[interview.turns[turn - 1][0]];
    const line = create("figcaption", {}, rapport.source(interview, turn, speaker), within === "turn" ? "" : ` · ${rapport.className(number)}`);
    return create("figure", { class: "verbatim", style: within === "turn" ? null : `--k:${rapport.colour(number)}` }, quote, line);
  }

  // Open the panel on the passages of one word or of two; `sheet` stands above them.
  function show(graph, lemmas, sheet) {
    const found = passages(graph, lemmas);
    const heading = graph.within === "turn" ? rapport.plural(found.length, "tour de parole", "tours de parole") : rapport.plural(found.length, "segment");
    const words = lemmas.map((lemma) => `«${NB}${lemma}${NB}»`).join(" et ");
    rapport.show(heading, `${words} · ${rapport.french(graph.title)} · ${rapport.current().title}`, found, (one) => figure(one, graph.within));
    rapport.select("#panneau-liste").prepend(sheet);
    return found.length;
  }

  return { passages, show };
})();

// No-break spaces where French typography wants them.
rapport.french = (text) => text.replace(/ (?=[:;?!»%])/g, rapport.NB).replace(/« /g, `«${rapport.NB}`);
