// The open interview: its turns, and in them my codings, others' where asked, the words chosen and the caret.
"use strict";
(() => {
  const { data, create, select, work } = coder;
  const view = { place: 0, turns: [], showsOthers: false, active: null };
  coder.view = view;

  const WORD = /[\p{L}\p{N}\p{M}_]+(?:[-‐‑][\p{L}\p{N}\p{M}_]+)*['’ʼ]?|[^\p{L}\p{N}\p{M}_\s]+/gu;
  const IS_WORD = /^[\p{L}\p{N}]/u;

  coder.interview = () => data.interviews[view.place];
  view.turn = (number) => view.turns[view.at.get(number)];

  // Words and runs of punctuation of a turn, in the browser's units.
  view.tokens = (turn) => {
    if (!turn.tokens) {
      turn.tokens = [...turn.text.matchAll(WORD)].map((found) => (
        { start: found.index, end: found.index + found[0].length, isWord: IS_WORD.test(found[0]) }));
    }
    return turn.tokens;
  };

  const clock = (s) => [s / 3600, (s / 60) % 60, s % 60].map((n) => String(Math.floor(n)).padStart(2, "0")).join(":");

  const severalPanels = () => new Set(coder.interview().speakers.filter((one) => !one[1]).map((one) => one[2])).size > 1;

  function laid([number, speaker, text, start]) {
    const [code, isInterviewer, panel] = coder.interview().speakers[speaker];
    const who = create("div", { class: "qui" }, create("b", {}, code), create("span", {}, `tour ${number}`),
      isInterviewer ? create("span", { class: "role" }, "enquête") : panel && severalPanels() ? create("span", { class: "role" }, panel) : null,
      start === undefined ? null : create("span", {}, clock(start)));
    const said = create("p", { class: "dit", lang: "fr" });
    const margin = create("div", { class: "marge" });
    const element = create("div", { class: `tour${isInterviewer ? " enqueteur" : ""}`, "data-n": number }, who, said, margin);
    return { number, text, code, isInterviewer: Boolean(isInterviewer), element, said, margin, tokens: null };
  }

  view.open = (place) => {
    view.place = place;
    view.active = null;
    view.turns = coder.interview().turns.map(laid);
    view.at = new Map(view.turns.map((turn, i) => [turn.number, i]));
    const gone = view.turns.length ? [] : [create("p", { class: "vide" }, "Cet entretien n'a aucun tour de parole.")];
    select("#texte").replaceChildren(...view.turns.map((turn) => turn.element), ...gone);
    view.draw(view.turns);
    document.dispatchEvent(new CustomEvent("entretien"));
  };

  const inUnits = (turn, coding, more) => ({
    coding, start: coder.toUnits(turn.text, coding.start), end: coder.toUnits(turn.text, coding.end), ...more,
  });

  function others(number) {
    if (!view.showsOthers) return [];
    const mine = new Set(work.of(coder.interview().id).map((coding) => coding.id));
    return data.others.filter((row) => row[2] === view.place && row[3] === number && !mine.has(row[0]))
      .map(([id, who, , turn, start, end, theme, memo, hyp, stance]) => (
        { uid: `autre-${id}`, who: data.coders[who], turn, start, end, theme, memo, hyp, stance }));
  }

  // Codings of a turn with their lane: mine first, each on the first line that is free where it stands.
  function marksOf(turn) {
    const mine = work.of(coder.interview().id).filter((one) => one.turn === turn.number && !one.lost);
    const found = [...work.sorted(mine).map((one) => inUnits(turn, one, { isMine: true })),
      ...others(turn.number).map((one) => inUnits(turn, one, { isMine: false }))];
    const ends = [];
    for (const mark of found.filter((one) => one.isMine)) {
      let lane = ends.findIndex((end) => end <= mark.start);
      if (lane < 0) lane = ends.length;
      ends[lane] = mark.end;
      mark.lane = lane;
    }
    turn.lanes = Math.min(ends.length, 5);
    return found;
  }

  // The words of a turn cut wherever a passage begins or ends; only text stands in it, so that places can be counted.
  function fill(turn) {
    const chosen = coder.choice.in(turn);
    const caret = coder.caret.in(turn);
    const spans = [...turn.marks, ...chosen, ...caret];
    const cuts = [...new Set([0, turn.text.length, ...spans.flatMap((span) => [span.start, span.end])])].sort((a, b) => a - b);
    const pieces = [];
    for (let i = 0; i + 1 < cuts.length; i += 1) {
      const [start, end] = [cuts[i], cuts[i + 1]];
      const over = spans.filter((span) => span.start < end && span.end > start);
      const words = turn.text.slice(start, end);
      pieces.push(over.length ? piece(turn, words, over) : words);
    }
    turn.said.style.setProperty("--voies", turn.lanes);
    turn.said.replaceChildren(...pieces);
  }

  const GAPS = ["", "9px, transparent 9px 12px", "4px, transparent 4px 7px"];
  function lineOf(theme) {
    const [colour, gap] = [`var(--f${coder.family(theme)}) 0`, GAPS[coder.line(theme)]];
    return gap ? `repeating-linear-gradient(90deg, ${colour} ${gap})` : `linear-gradient(${colour} 0)`;
  }

  function piece(turn, words, over) {
    const names = [];
    const lines = [];
    const own = over.filter((span) => span.isMine);
    if (own.length) names.push("mien");
    if (over.some((span) => span.isMine === false)) names.push("autre");
    if (over.some((span) => span.coding && span.coding.uid === view.active)) names.push("actif");
    if (over.some((span) => span.chosen)) names.push("choisi");
    if (over.some((span) => span.caret)) names.push("curseur");
    for (const span of own) {
      if (span.lane < 5) lines.push(`${lineOf(span.coding.theme)} 0 calc(100% - ${4 * (turn.lanes - 1 - span.lane)}px) / 100% 2px no-repeat`);
    }
    const element = create("span", { class: names.join(" ") }, words);
    element.codings = over.filter((span) => span.coding).map((span) => span.coding.uid);
    if (lines.length) element.style.background = [...lines, over.some((s) => s.chosen || (s.coding && s.coding.uid === view.active)) ? "var(--fond-choisi)" : ""].filter(Boolean).join(", ");
    return element;
  }

  // Turns as they are now, words then margins.
  view.draw = (turns) => {
    for (const turn of turns) {
      turn.marks = marksOf(turn);
      fill(turn);
    }
    coder.margins.draw(turns);
  };
  // Only what is chosen changed.
  view.redraw = (numbers) => {
    for (const number of new Set(numbers)) if (view.turn(number)) fill(view.turn(number));
  };

  view.activate = (uid) => {
    const before = view.active;
    view.active = uid;
    const touched = view.turns.filter((turn) => turn.marks.some((mark) => [uid, before].includes(mark.coding.uid)));
    for (const turn of touched) fill(turn);
    for (const label of coder.all(".etiquette", select("#texte"))) {
      label.classList.toggle("actif", label.dataset.uid === uid);
    }
    document.dispatchEvent(new CustomEvent("actif"));
  };

  document.addEventListener("codages", (event) => {
    if (!view.turns.length) return;
    const touched = event.detail && event.detail.filter((coding) => coding.i === coder.interview().id);
    view.draw(touched ? view.turns.filter((turn) => touched.some((coding) => coding.turn === turn.number)) : view.turns);
    if (view.active && !work.codings.has(view.active) && !view.active.startsWith("autre-")) view.activate(null);
    else document.dispatchEvent(new CustomEvent("actif"));
  });
})();
