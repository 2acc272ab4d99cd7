// Every word that is said, in arrays, and what is asked of them: forms, lemmas, categories, sequences.
// The same queries as scripts/search_words.py, read the same way.
"use strict";
rapport.words = (() => {
  const { data } = rapport;
  const FIELDS = { forme: "form", form: "form", lemme: "lemma", lemma: "lemma", pos: "pos", statut: "status", status: "status" };
  const STATUSES = { a: "active", s: "supplementary", i: "ignored" };
  const FRENCH = { actif: "active", "supplémentaire": "supplementary", "ignoré": "ignored" };
  // Words of a query, and words that one token may hold.
  const MOST = 40;
  const LONGEST = 8;
  // A token that a person may type as several words: « parce que », « aujourd'hui ».
  const LONG = /\S[\s'’-]+\S/;
  let made = null;

  // Tokens in the order of the corpus: word, form, first and last character, turn, segment (-1: none).
  function index() {
    if (!made) made = build();
    return made;
  }

  function build() {
    let n = 0;
    for (const one of data.interviews) {
      for (const lists of [one.tokens, one.others]) for (const list of lists) n += list.length / 3;
    }
    const all = { n, turns: [], forms: [], ignored: new Uint8Array(n) };
    for (const name of ["word", "form", "start", "end", "turn", "segment"]) all[name] = new Int32Array(n);
    const known = new Map();
    let at = 0;
    data.interviews.forEach((interview, place) => {
      let segment = -1;
      interview.turns.forEach(([speaker, text, question], t) => {
        const turn = { place, number: t + 1, speaker, text, question: question || null, first: at };
        const isInterviewer = interview.speakers[speaker][1];
        for (const [start, end, word] of merged(interview.tokens[t], interview.others[t])) {
          while (segment + 1 < interview.segments.length && begins(interview.segments[segment + 1], t + 1, start)) segment += 1;
          const form = text.slice(start, end).toLowerCase().replace(/’/g, "'");
          if (!known.has(form)) known.set(form, all.forms.push(form) - 1);
          all.word[at] = word;
          all.form[at] = known.get(form);
          all.start[at] = start;
          all.end[at] = end;
          all.turn[at] = all.turns.length;
          all.segment[at] = !isInterviewer && holds(interview.segments[segment], speaker, t + 1, end) ? segment : -1;
          all.ignored[at] = data.statuses[word] === "i" ? 1 : 0;
          at += 1;
        }
        all.turns.push({ ...turn, last: at - 1 });
      });
    });
    return all;
  }

  const begins = ([, turn, start], at, from) => turn < at || (turn === at && start <= from);
  const holds = (segment, speaker, turn, end) => segment && segment[0] === speaker
    && (turn < segment[3] || (turn === segment[3] && end <= segment[4]));

  function merged(counted, others) {
    const found = [];
    for (const list of [counted, others]) {
      let position = 0;
      for (let k = 0; k < list.length; k += 3) {
        const start = position + list[k];
        position = start + list[k + 1];
        found.push([start, position, list[k + 2]]);
      }
    }
    return others.length && counted.length ? found.sort((a, b) => a[0] - b[0]) : found;
  }

  const unread = (word, what) => new Error(`«\u00a0${word}\u00a0»\u00a0: ${what}. Exemple\u00a0: lemme:suivre+pos:verbe .. pos:nom`);

  // A query as pieces, each what is asked of one token: { tests: [{ field, text, values }], space, plain }.
  function pieces(asked) {
    const words = asked.trim().split(/\s+/).filter(Boolean);
    if (!words.length) throw unread(asked, "rien à chercher");
    if (words.length > MOST) throw unread(`${asked.slice(0, 60)}…`, `${words.length} mots, ${MOST} au plus`);
    return words.flatMap((word) => {
      if (word === "..") return [{ tests: [], space: true, plain: false }];
      if (!word.includes("+") && (!word.includes(":") || word.startsWith(":"))) {
        return word.split(/(?<=[\p{L}\p{N}_]['’])(?=\S)|(?<=[\p{L}\p{N}_])(?=-[\p{L}\p{N}_])/u).filter(Boolean)
          .map((text, i) => ({ tests: [{ field: "form", text, values: [] }], space: i === 0, plain: true }));
      }
      return [{ tests: word.split("+").map((part) => readTest(part, word)), space: true, plain: false }];
    });
  }

  function readTest(part, word) {
    const colon = part.indexOf(":");
    const named = colon > 0;
    const field = named ? FIELDS[part.slice(0, colon).toLowerCase()] : "form";
    const text = named ? part.slice(colon + 1) : part;
    if (!field || !text) throw unread(word, `«\u00a0${part}\u00a0» ne se lit pas`);
    const low = text.toLowerCase().replace(/_/g, " ");
    if (field === "pos") return { field, text: text.toUpperCase(), values: Object.keys(data.pos).filter((code) => data.pos[code] === low) };
    return { field, text, values: field === "status" && FRENCH[low] ? [FRENCH[low]] : [] };
  }

  function pattern(text) {
    const source = text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&").replace(/\\\*/g, "\\S*").replace(/['’]/g, "['’]");
    return new RegExp(`^(?:${source})$`, "iu");
  }

  // Sequences of tokens that the pieces may mean: several pieces may be one token (« parce que »).
  function readings(wanted, known) {
    if (!wanted.length) return [[]];
    const found = [];
    for (let n = 1; n <= Math.min(wanted.length, LONGEST); n += 1) {
      let { tests } = wanted[0];
      if (n > 1) {
        const joined = join(wanted.slice(0, n));
        if (!joined || !known(joined)) continue;
        tests = [joined];
      }
      for (const rest of readings(wanted.slice(n), known)) found.push([tests, ...rest]);
    }
    return found;
  }

  function join(group) {
    const [first, ...others] = group;
    if (first.tests.length !== 1 || !["form", "lemma"].includes(first.tests[0].field) || others.some((piece) => !piece.plain)) return null;
    const text = group.map((piece) => (piece.space ? " " : "") + piece.tests[0].text).join("").trim();
    return { field: first.tests[0].field, text, values: [], long: true };
  }

  const fieldOf = { lemma: (i) => data.words[i][0], pos: (i) => data.words[i][1], status: (i) => STATUSES[data.statuses[i]] };

  // For each form, or each word, whether it meets the test.
  function mask({ field, text, values, long }) {
    const wanted = pattern(text);
    const meets = (value) => (values.length ? values.includes(value) : wanted.test(value) && (!long || LONG.test(value)));
    if (field === "form") return { by: "form", yes: Uint8Array.from(index().forms, meets) };
    return { by: "word", yes: Uint8Array.from(data.words, (_, i) => meets(fieldOf[field](i))) };
  }

  // First and last token of each place where the query is said, in the order of the corpus.
  function search(asked) {
    const wanted = pieces(asked);
    const found = [];
    const sequences = readings(wanted, (test) => mask(test).yes.includes(1));
    for (const sequence of sequences) places(sequence, found);
    if (sequences.length < 2) return found;
    found.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    return found.filter(([first, last], i) => !i || first !== found[i - 1][0] || last !== found[i - 1][1]);
  }

  function places(sequence, found) {
    const all = index();
    const masks = sequence.map((tests) => tests.map(mask).map(({ by, yes }) => [all[by], yes]));
    const met = (tests, i) => tests.every(([values, yes]) => yes[values[i]]);
    const n = masks.length;
    for (let i = 0; i + n <= all.n; i += 1) {
      if (!met(masks[0], i) || all.turn[i] !== all.turn[i + n - 1]) continue;
      let k = 1;
      while (k < n && met(masks[k], i + k)) k += 1;
      if (k === n) found.push([i, i + n - 1]);
    }
  }

  // A token as a query that finds it.
  function asQuery(form) {
    if (form.includes("+")) return "..";
    return form.includes(":") && !form.startsWith(":") ? `forme:${form}` : form;
  }

  // A stretch of a turn with what stands on either side of it, cut between words.
  function around(text, start, end, width) {
    let left = text.slice(Math.max(0, start - width), start);
    let right = text.slice(end, end + width);
    if (start > width && left.includes(" ")) left = `…${left.slice(left.indexOf(" "))}`;
    if (end + width < text.length && right.includes(" ")) right = `${right.slice(0, right.lastIndexOf(" ") + 1)}…`;
    return [left.trimStart(), text.slice(start, end), right];
  }

  // Examples are written from where they stand, so that the page holds the text once.
  addEventListener("pret", () => {
    for (const cell of rapport.all("td[data-x]")) {
      const [turn, start, end, ...id] = cell.dataset.x.split(" ");
      const interview = data.interviews[rapport.places.get(id.join(" "))];
      if (!interview) continue;
      const [left, key, right] = around(interview.turns[turn - 1][1], Number(start), Number(end), 45);
      cell.prepend(rapport.create("span", { class: "contexte" }, `«\u00a0${left}`, rapport.create("mark", {}, key), `${right.trimEnd()}\u00a0»`), " ");
    }
  });

  return { index, search, asQuery, around };
})();
