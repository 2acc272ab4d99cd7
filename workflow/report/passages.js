// The verbatims behind a count, a word, a link, a theme: which passages, and the panel that shows them.
"use strict";
(() => {
  const { data, select, all, create, NB } = rapport;
  const FIRST = 30;
  let byWord = null;
  let opener = null;
  let clicked = null;

  // For each interview, its segments with their words: [number, turn, start, end].
  const located = new Map();
  function segmentsOf(place) {
    if (!located.has(place)) located.set(place, locate(data.interviews[place]));
    return located.get(place);
  }

  function locate(interview) {
    const found = interview.segments.map(([speaker, firstTurn, start, lastTurn, end], i) => (
      { number: i, speaker, firstTurn, start, lastTurn, end, words: [] }));
    let at = 0;
    interview.tokens.forEach((tokens, t) => {
      const turn = t + 1;
      let position = 0;
      for (let k = 0; k < tokens.length; k += 3) {
        const start = position + tokens[k];
        position = start + tokens[k + 1];
        while (at + 1 < found.length && (found[at + 1].firstTurn < turn
          || (found[at + 1].firstTurn === turn && found[at + 1].start <= start))) at += 1;
        if (found[at]) found[at].words.push([tokens[k + 2], turn, start, position]);
      }
    });
    return found;
  }

  function wordNumbers(lemma, pos, kind) {
    if (!byWord) {
      byWord = new Map();
      data.words.forEach(([word], i) => byWord.set(word, [...(byWord.get(word) || []), i]));
    }
    const active = new Set(rapport.current().words.filter((row) => row[4]).map((row) => row[0]));
    return new Set((byWord.get(lemma) || []).filter((i) => (!pos || data.words[i][1] === pos)
      && (!kind || active.has(i) === (kind === "active"))));
  }

  // What was asked: the nearest value of each key from the clicked element upwards; an empty one says no.
  const KEYS = ["a", "c", "k", "w", "e", "p", "i", "m", "t", "g", "h", "s", "o"];
  function question(element) {
    const asked = {};
    for (let at = element; at; at = at.parentElement) {
      for (const key of KEYS) if (key in at.dataset && !(key in asked)) asked[key] = at.dataset[key];
    }
    return asked;
  }

  function hasAttribute(segment, interview, term, number) {
    const cut = term.indexOf("=");
    const [name, value] = [term.slice(0, cut), term.slice(cut + 1)];
    const [, , panel, own] = interview.speakers[segment.speaker];
    if (name === "interview") return interview.id === value;
    if (name === "panel") return panel === value;
    if (name === "class") return String(number) === value;
    if (name === "question") return interview.turns[segment.firstTurn - 1][2] === value;
    return own[name] === value;
  }

  function findSegments(asked) {
    const analysis = rapport.current();
    const word = asked.w ? wordNumbers(asked.w, asked.p, asked.k) : null;
    const other = asked.e ? wordNumbers(asked.e, "", "active") : null;
    const linked = other && asked.w ? wordNumbers(asked.w, "", "active") : word;
    const found = [];
    data.interviews.forEach((interview, place) => {
      const classes = analysis.segments[interview.id];
      if (!classes || (asked.i && asked.i !== interview.id)) return;
      for (const segment of segmentsOf(place)) {
        const number = classes[segment.number];
        if (number === null || (asked.c ? number !== Number(asked.c) : asked.classified && number < 1)) continue;
        if (asked.m && !hasAttribute(segment, interview, asked.m, number)) continue;
        const marks = segment.words.filter(([i]) => (linked && linked.has(i)) || (other && other.has(i)));
        if (linked && !marks.some(([i]) => linked.has(i))) continue;
        if (other && !marks.some(([i]) => other.has(i))) continue;
        found.push({ place, segment, number, marks });
      }
    });
    return found;
  }

  function below(theme) {
    const own = select(`.fiche-theme[data-t="${CSS.escape(theme)}"]`);
    const ids = [theme];
    const level = (element) => Number(element.className.match(/niveau-(\d)/)[1]);
    for (let next = own && own.nextElementSibling; next && next.matches(".fiche-theme")
      && level(next) > level(own); next = next.nextElementSibling) ids.push(next.dataset.t);
    return ids;
  }

  // Codings of a theme as passages: those of one turn that overlap are one.
  function findCodings(asked) {
    const ids = asked.exact ? [asked.t] : below(asked.t);
    const wanted = new Set(data.themes.map(([id], i) => (ids.includes(id) ? i : -1)).filter((i) => i >= 0));
    return joined(data.codings.filter((row) => wanted.has(row[4]) && row[2] !== null && (!asked.i || row[0] === asked.i)), asked)
      .filter(({ interview }) => !asked.m || rapport.bears(interview, asked.m));
  }

  // Codings of a stance on a hypothesis, as passages; `m` is an attribute of who speaks.
  function findStances(asked) {
    const counted = new Set(data.weighed[asked.h] || []);
    const themes = asked.t ? new Set(asked.exact ? [asked.t] : below(asked.t)) : null;
    const own = data.codings.filter((row, at) => counted.has(at) && row[9] === asked.s && (!asked.i || row[0] === asked.i)
      && (!themes || themes.has(data.themes[row[4]][0])));
    return joined(own, {}).filter(({ speaker }) => {
      if (!asked.m) return true;
      const cut = asked.m.indexOf("=");
      const [name, value] = [asked.m.slice(0, cut), asked.m.slice(cut + 1)];
      return !speaker[1] && (name === "panel" ? speaker[2] : speaker[3][name]) === value;
    });
  }

  function joined(codings, asked) {
    const passages = [];
    codings.sort((a, b) => (rapport.places.get(a[0]) - rapport.places.get(b[0])) || (a[1] - b[1]) || (a[2] - b[2]));
    for (const row of codings) {
      const interview = data.interviews[rapport.places.get(row[0])];
      const speaker = interview.speakers[interview.turns[row[1] - 1][0]];
      if (asked.g && (panelOf(interview) || "sans panel") !== asked.g) continue;
      const last = passages[passages.length - 1];
      if (last && last.interview === interview && last.turn === row[1] && row[2] < last.end) {
        last.end = Math.max(last.end, row[3]);
        last.codings.push(row);
      } else passages.push({ interview, turn: row[1], start: row[2], end: row[3], speaker, codings: [row] });
    }
    return passages;
  }

  function panelOf(interview) {
    const panels = new Set(interview.speakers.filter((one) => !one[1]).map((one) => one[2]));
    return panels.size === 1 ? [...panels][0] : null;
  }

  // Segments of a class that a theme touches: what the table theme × class counts.
  function findTouched(asked) {
    const passages = findCodings({ t: asked.t, exact: asked.exact });
    const turns = new Map();
    for (const one of passages) {
      const key = `${one.interview.id}/${one.turn}`;
      turns.set(key, [...(turns.get(key) || []), [one.start, one.end]]);
    }
    return findSegments({ a: asked.a, c: asked.c }).map((found) => {
      const marks = [];
      const { segment } = found;
      for (let turn = segment.firstTurn; turn <= segment.lastTurn; turn += 1) {
        for (const [start, end] of turns.get(`${data.interviews[found.place].id}/${turn}`) || []) {
          const from = Math.max(start, turn === segment.firstTurn ? segment.start : 0);
          const to = Math.min(end, turn === segment.lastTurn ? segment.end : Infinity);
          if (from < to) marks.push([null, turn, from, to]);
        }
      }
      return { ...found, marks };
    }).filter((found) => found.marks.length);
  }

  // Pieces of a text, the spans marked.
  rapport.marked = (text, start, end, spans) => {
    const pieces = [];
    let at = start;
    for (const [from, to] of spans) {
      if (from < at) continue;
      pieces.push(text.slice(at, from), create("mark", {}, text.slice(from, to)));
      at = to;
    }
    return [...pieces, text.slice(at, end)];
  };

  function source(interview, turn, speaker) {
    const own = speaker[0] === interview.id ? "" : `${speaker[0]}, entretien `;
    const panel = speaker[2] ? `, ${speaker[2]}` : speaker[1] ? ", enquêteur" : "";
    const text = `${own}${interview.id}${panel}, tour ${turn}`;
    return create("a", { href: `#entretiens/${encodeURIComponent(interview.id)}/${turn}` }, text);
  }

  rapport.source = source;

  function segmentFigure({ place, segment, number, marks }) {
    const interview = data.interviews[place];
    const quote = create("blockquote", {}, `«${NB}`);
    for (let turn = segment.firstTurn; turn <= segment.lastTurn; turn += 1) {
      const [speaker, text] = interview.turns[turn - 1];
      if (speaker !== segment.speaker) continue;
      const start = turn === segment.firstTurn ? segment.start : 0;
      const end = turn === segment.lastTurn ? segment.end : text.length;
      const spans = marks.filter((mark) => mark[1] === turn).map((mark) => [mark[2], mark[3]]);
      quote.append(...(turn > segment.firstTurn ? [" "] : []), ...rapport.marked(text, start, end, spans));
    }
    quote.append(`${NB}»`);
    const line = create("figcaption", {}, source(interview, segment.firstTurn, interview.speakers[segment.speaker]),
      ` · ${rapport.className(number)}`);
    return create("figure", { class: "verbatim", style: `--k:${rapport.colour(number)}` }, quote, line);
  }

  function codingFigure(passage) {
    const text = passage.interview.turns[passage.turn - 1][1].slice(passage.start, passage.end);
    const list = create("ul", { class: "codes" }, ...passage.codings.map((row) => {
      const notes = [data.themes[row[4]][1], `codé par ${row[5]}`, row[6] === "intact" ? "" : data.anchors[row[6]], row[7] || ""];
      return create("li", {}, notes.filter(Boolean).join(" · "));
    }));
    return create("figure", { class: "verbatim" }, create("blockquote", {}, `«${NB}${text}${NB}»`),
      create("figcaption", {}, source(passage.interview, passage.turn, passage.speaker)), list);
  }

  rapport.className = (number) => {
    if (number > 0) {
      const [, , name] = rapport.current().classes.find(([n]) => n === number) || [0, "", ""];
      return name ? `classe ${number}${NB}· ${name}` : `classe ${number}`;
    }
    const reason = data.reasons.find(([code]) => code === number);
    return reason ? `non classé${NB}: ${reason[1]}` : "hors de l'analyse";
  };
  rapport.colour = (number) => (rapport.current().classes.find(([n]) => n === number) || [0, "#8A8A8A"])[1];

  function title(asked) {
    const parts = [];
    if (asked.w) parts.push(asked.e ? `« ${asked.w} » et « ${asked.e} »` : `« ${asked.w} »`);
    if (asked.t) parts.push((data.themes.find(([id]) => id === asked.t) || [0, asked.t])[1]);
    if (asked.o) parts.push((data.themes.find(([id]) => id === asked.o) || [0, asked.o])[1]);
    if (asked.h) parts.push((data.hypotheses.find(([id]) => id === asked.h) || [0, asked.h])[1], data.stances[asked.s]);
    if (asked.c) parts.push(rapport.className(Number(asked.c)));
    if (asked.i) parts.push(`entretien ${asked.i}`);
    if (asked.g) parts.push(asked.g);
    if (asked.m) parts.push(asked.m.slice(asked.m.indexOf("=") + 1));
    if ((!asked.t && !asked.h) || asked.c) parts.push(rapport.current().title);
    return parts.join(" · ").replace(/« /g, `«${NB}`).replace(/ »/g, `${NB}»`);
  }

  // The page has less room beside the panel: what was clicked stays where the eye is.
  function keepInPlace(element, change) {
    const before = element ? element.getBoundingClientRect().top : 0;
    change();
    if (!element) return;
    const panel = select("#panneau");
    const sheet = getComputedStyle(panel).position === "fixed" && !panel.hidden;
    const highest = sheet ? panel.getBoundingClientRect().top - 60 : Infinity;
    const wanted = Math.min(before, highest);
    window.scrollBy({ top: element.getBoundingClientRect().top - wanted, behavior: "instant" });
  }

  rapport.show = (heading, object, items, draw) => {
    const list = select("#panneau-liste");
    const more = () => {
      const from = list.querySelectorAll(":scope > figure").length;
      const rest = list.querySelector(".suite");
      if (rest) rest.remove();
      list.append(...items.slice(from, from + FIRST).map(draw));
      if (items.length > from + FIRST) {
        const button = create("button", { type: "button" }, `Montrer la suite (${rapport.integer(items.length - from - FIRST)})`);
        button.addEventListener("click", more);
        list.append(create("p", { class: "suite" }, button));
      }
      if (from) list.querySelectorAll(":scope > figure a")[from].focus();
    };
    list.replaceChildren();
    more();
    if (!items.length) list.append(create("p", { class: "vide" }, "Aucun passage."));
    const panel = select("#panneau");
    if (panel.hidden) opener = document.activeElement;
    keepInPlace(clicked, () => {
      panel.hidden = false;
      select(".cadre").classList.add("avec-panneau");
    });
    panel.scrollTop = 0;
    select("#panneau-titre").textContent = heading;
    select("#panneau-objet").textContent = object;
    select("#panneau-titre").focus({ preventScroll: true });
  };

  // Which written forms stand behind a lemma, and how it stands to each class: signed χ² over classified segments.
  function wordSheet(asked) {
    const found = findSegments({ w: asked.w, p: asked.p, k: asked.k });
    const forms = new Map();
    for (const { place, marks } of found) {
      for (const [, turn, start, end] of marks) {
        const form = data.interviews[place].turns[turn - 1][1].slice(start, end).toLowerCase();
        forms.set(form, (forms.get(form) || 0) + 1);
      }
    }
    const ranked = [...forms].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    const line = ranked.slice(0, 12).map(([form, n]) => `${form}${NB}(${rapport.integer(n)})`).join(", ");
    const sheet = create("div", { class: "fiche-mot" }, create("p", {}, `Formes${NB}: ${line}${ranked.length > 12 ? "…" : "."}`));
    const bars = chi2Bars(found);
    if (bars) sheet.append(bars);
    sheet.append(...rapport.words.about(asked));
    return sheet;
  }

  function chi2Bars(found) {
    const { classes, segments } = rapport.current();
    const sizes = new Map(classes.map(([number]) => [number, 0]));
    for (const numbers of Object.values(segments)) for (const n of numbers) if (n > 0) sizes.set(n, sizes.get(n) + 1);
    const total = [...sizes.values()].reduce((a, b) => a + b, 0);
    const inside = new Map(classes.map(([number]) => [number, 0]));
    for (const { number } of found) if (number > 0) inside.set(number, inside.get(number) + 1);
    const bearing = [...inside.values()].reduce((a, b) => a + b, 0);
    if (!bearing || classes.length < 2) return null;
    const rows = classes.map(([number, colour]) => {
      const [a, size] = [inside.get(number), sizes.get(number)];
      const difference = a * total - bearing * size;
      const margins = bearing * (total - bearing) * size * (total - size);
      return { number, colour, a, chi2: margins ? Math.sign(difference) * total * difference ** 2 / margins : 0 };
    });
    const largest = Math.max(...rows.map((row) => Math.abs(row.chi2)), 1e-9);
    return create("div", { class: "barres-mot" }, create("p", { class: "legende" }, `χ² du mot dans chaque classe (négatif${NB}: il y est évité)`),
      create("ul", {}, ...rows.map((row) => create("li", { style: `--k:${row.colour}` },
        create("span", {}, rapport.className(row.number)),
        create("span", { class: row.chi2 < 0 ? "trait sous" : "trait", style: `--w:${(Math.abs(row.chi2) / largest).toFixed(3)}` }),
        create("span", { class: "val" }, `${row.chi2 < 0 ? "−" : ""}${Math.abs(row.chi2).toFixed(1).replace(".", ",")}`)))));
  }

  const segmentOf = (interview, place, number) => {
    const at = rapport.places.get(interview.id);
    return segmentFigure({ place: at, segment: segmentsOf(at)[place], number, marks: [] });
  };
  Object.assign(rapport, { findCodings, findStances, codingFigure, segmentOf });

  function answer(asked) {
    if (asked.h && asked.s) {
      const found = findStances(asked);
      rapport.show(rapport.plural(found.length, "passage"), title(asked), found, codingFigure);
    } else if (asked.t && asked.o) {
      rapport.showMeetings(asked, title(asked));
    } else if (asked.t && asked.c) {
      const found = findTouched(asked);
      rapport.show(rapport.plural(found.length, "segment"), title(asked), found, segmentFigure);
    } else if (asked.t && asked.w) {
      rapport.showThemeWord(asked, title(asked));
    } else if (asked.t) {
      const found = findCodings(asked);
      const n = found.reduce((sum, passage) => sum + passage.codings.length, 0);
      const both = n > found.length ? ` · ${rapport.plural(n, "codage")}` : "";
      rapport.show(rapport.plural(found.length, "passage"), title(asked) + both, found, codingFigure);
    } else {
      const found = findSegments(asked);
      const n = found.reduce((sum, one) => sum + one.marks.length, 0);
      const said = asked.w && !asked.e ? ` · ${rapport.plural(n, "occurrence")}` : "";
      rapport.show(rapport.plural(found.length, "segment"), title(asked) + said, found, segmentFigure);
      if (asked.w && !asked.e) select("#panneau-liste").prepend(wordSheet(asked));
    }
  }

  // Full text, accents and case apart: at most one line a turn.
  rapport.findText = (text) => {
    const wanted = rapport.plain(text);
    const found = [];
    for (const interview of data.interviews) {
      interview.turns.forEach(([speaker, said], t) => {
        const plain = rapport.plain(said);
        const at = plain.indexOf(wanted);
        // Plain text keeps its length only where letters are composed.
        if (at >= 0) found.push({ interview, turn: t + 1, speaker, said, at: plain.length === said.length ? at : -1 });
      });
    }
    rapport.show(rapport.plural(found.length, "tour"), `«${NB}${text}${NB}» · tous les entretiens`, found, (one) => {
      const from = Math.max(0, one.said.lastIndexOf(" ", Math.max(0, one.at - 120)));
      const to = one.at < 0 ? 240 : one.at + wanted.length + 120;
      const end = to >= one.said.length ? one.said.length : one.said.indexOf(" ", to) < 0 ? one.said.length : one.said.indexOf(" ", to);
      const spans = one.at < 0 ? [] : [[one.at, one.at + wanted.length]];
      const quote = create("blockquote", {}, `«${NB}${from ? "…" : ""}`, ...rapport.marked(one.said, from, end, spans),
        `${end < one.said.length ? " …" : ""}${NB}»`);
      return create("figure", { class: "verbatim" }, quote,
        create("figcaption", {}, source(one.interview, one.turn, one.interview.speakers[one.speaker])));
    });
  };

  rapport.showCodings = (interview, turn, rows) => {
    const speaker = interview.speakers[interview.turns[turn - 1][0]];
    const start = Math.min(...rows.map((row) => row[2]));
    const end = Math.max(...rows.map((row) => row[3]));
    rapport.show(rapport.plural(rows.length, "codage"), `entretien ${interview.id}, tour ${turn}`,
      [{ interview, turn, start, end, speaker, codings: rows }], codingFigure);
  };

  function close() {
    keepInPlace(opener && opener.isConnected && opener !== document.body ? opener : null, () => {
      select("#panneau").hidden = true;
      select(".cadre").classList.remove("avec-panneau");
    });
    if (opener && opener.isConnected && !opener.closest("[hidden]")) opener.focus({ preventScroll: true });
    opener = null;
  }

  const ASKING = ".v, .mot, .graphe .noeud, .graphe .lien";
  document.addEventListener("click", (event) => { clicked = event.target.closest(`${ASKING}, .etiquette, .code, .ici`); }, true);
  document.addEventListener("click", () => {
    if (!clicked || !clicked.matches(ASKING)) return;
    const asked = question(clicked);
    asked.exact = Boolean(clicked.closest("[data-exact]"));
    // A profile counts classified segments only.
    asked.classified = Boolean(clicked.closest(".fiche-classe"));
    answer(asked);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !select("#panneau").hidden) close();
  });
  document.addEventListener("analyse", () => { if (!select("#panneau").hidden) close(); });
  addEventListener("pret", () => select("#panneau-fermer").addEventListener("click", close));
})();
