// Reading an interview: its turns, the class of each segment in the margin, the codings marked.
"use strict";
(() => {
  const { data, select, all, create, NB } = rapport;
  const shown = { classes: true, codes: true };
  let open = null;

  rapport.read = (id, turn) => {
    const place = rapport.places.get(id);
    select("#liste-entretiens").hidden = place !== undefined;
    const reading = select("#lecture");
    reading.hidden = place === undefined;
    if (place === undefined) { open = null; reading.replaceChildren(); return; }
    if (open !== place || !reading.hasChildNodes()) draw(place);
    const line = turn ? select(`#tour-${turn}`) : null;
    for (const other of all(".tour.vise")) other.classList.remove("vise");
    if (line) {
      line.classList.add("vise");
      line.scrollIntoView({ block: "center", behavior: "instant" });
      // Turns that were not laid out yet may have moved it.
      requestAnimationFrame(() => line.scrollIntoView({ block: "center", behavior: "instant" }));
      line.focus({ preventScroll: true });
    } else {
      window.scrollTo({ top: 0, behavior: "instant" });
      select("h3", reading).focus({ preventScroll: true });
    }
  };

  function link(place, text) {
    const interview = data.interviews[place];
    return interview ? create("a", { href: `#entretiens/${encodeURIComponent(interview.id)}` }, text + interview.id) : null;
  }

  function draw(place) {
    open = place;
    const interview = data.interviews[place];
    const reading = select("#lecture");
    const about = interview.speakers.filter((one) => !one[1]).map(([code, , panel, own]) => (
      [code, panel, ...Object.values(own)].filter(Boolean).join(", ")));
    const head = [
      create("nav", { class: "voisins", "aria-label": "Autres entretiens" },
        create("a", { href: "#entretiens" }, "Tous les entretiens"), link(place - 1, "← "), link(place + 1, "→ ")),
      create("h3", { tabindex: "-1" }, `Entretien ${interview.id}`),
      rapport.interviewSheet(interview) || create("p", {}, about.join(" ; ")),
      create("h4", { class: "transcription-titre" }, "Transcription"), keys(interview), toggles(),
    ];
    const codings = data.codings.filter((row) => row[0] === interview.id && row[2] !== null);
    const lost = data.codings.filter((row) => row[0] === interview.id && row[2] === null);
    const body = create("div", { class: "transcription" });
    let asked = null;
    interview.turns.forEach((turn, t) => {
      if (turn[2] && turn[2] !== asked && data.questions[turn[2]]) {
        asked = turn[2];
        const words = data.questions[asked];
        const asIs = rapport.plain(turn[1]).includes(rapport.plain(words));
        body.append(create("p", { class: "question-guide", title: words }, `Question ${asked}${asIs ? "" : `${NB}: ${words}`}`));
      }
      body.append(drawTurn(interview, place, t + 1, codings.filter((row) => row[1] === t + 1)));
    });
    const apart = lost.length ? [create("h4", {}, "Codages dont le passage est perdu"), create("ul", {}, ...lost.map((row) => (
      create("li", {}, `«${NB}${row[10]}${NB}» · ${data.themes[row[4]][1]} · codé par ${row[5]}`))))] : [];
    reading.replaceChildren(...head, body, ...apart);
    apply();
  }

  function keys(interview) {
    const classes = rapport.current().segments[interview.id];
    if (!classes) return create("p", { class: "legende" }, `Cet entretien n'est pas dans l'analyse «${NB}${rapport.current().title}${NB}».`);
    const used = rapport.current().classes.filter(([number]) => classes.includes(number));
    return create("p", { class: "cles" }, `En marge, la classe de chaque segment${NB}: `, ...used.map(([number, colour]) => (
      create("span", { class: "classe", style: `--k:${colour}` }, `Classe ${number} (${rapport.plural(classes.filter((k) => k === number).length, "segment")})`))));
  }

  function toggles() {
    const box = (key, text) => {
      const input = create("input", { type: "checkbox" });
      input.checked = shown[key];
      input.addEventListener("change", () => { shown[key] = input.checked; apply(); });
      return create("label", {}, input, ` ${text}`);
    };
    return create("p", { class: "reglages" }, box("classes", "classes en marge"), box("codes", "codages"));
  }

  function apply() {
    const reading = select("#lecture");
    reading.classList.toggle("sans-classes", !shown.classes || !rapport.current().segments[data.interviews[open].id]);
    reading.classList.toggle("sans-codages", !shown.codes);
  }

  function time(seconds) {
    const whole = Math.floor(seconds);
    const two = (n) => String(n).padStart(2, "0");
    const hours = Math.floor(whole / 3600);
    return `${hours ? `${hours}${NB}h${NB}` : ""}${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
  }

  function drawTurn(interview, place, turn, codings) {
    const [speaker, text, , start] = interview.turns[turn - 1];
    const [code, isInterviewer] = interview.speakers[speaker];
    const said = create("div", { class: "dit" });
    if (isInterviewer) said.append(text);
    else for (const piece of cut(interview, place, turn, speaker, text)) said.append(drawPiece(interview, turn, text, piece, codings));
    const who = create("div", { class: "qui" }, create("b", {}, code), ` tour ${turn}`,
      start === null || start === undefined ? "" : ` · ${time(start)}`);
    return create("div", { class: `tour ${isInterviewer ? "enqueteur" : "participant"}`, id: `tour-${turn}`, tabindex: "-1" }, who, said);
  }

  // The stretches of a turn that belong to one segment each.
  function cut(interview, place, turn, speaker, text) {
    const classes = rapport.current().segments[interview.id];
    const found = [];
    interview.segments.forEach(([who, firstTurn, start, lastTurn, end], i) => {
      if (who !== speaker || turn < firstTurn || turn > lastTurn) return;
      const from = turn === firstTurn ? start : 0;
      found.push({ from, number: classes ? classes[i] : null, first: turn === firstTurn });
    });
    if (!found.length) return [{ from: 0, to: text.length, number: null }];
    found[0].from = 0;
    return found.map((piece, i) => ({ ...piece, to: i + 1 < found.length ? found[i + 1].from : text.length }));
  }

  function drawPiece(interview, turn, text, { from, to, number }, codings) {
    const known = number !== null && number !== undefined;
    const label = known && number > 0 ? String(number) : "–";
    const style = known && number > 0 ? `--k:${rapport.colour(number)}` : null;
    const piece = create("span", { class: "morceau", style });
    if (known) piece.append(create("span", { class: "no", title: rapport.className(number) }, label));
    const inside = codings.filter((row) => row[2] < to && row[3] > from);
    const bounds = [...new Set([from, to, ...inside.flatMap((row) => [row[2], row[3]])])]
      .filter((at) => at >= from && at <= to).sort((a, b) => a - b);
    bounds.slice(0, -1).forEach((begin, i) => {
      const end = bounds[i + 1];
      const here = inside.filter((row) => row[2] <= begin && row[3] >= end);
      // A second coder who starts later inside the same passage adds no label.
      const goesOn = (row) => here.some((other) => other[4] === row[4] && other[2] < begin);
      const starts = here.filter((row) => row[2] === begin && !goesOn(row));
      const themes = [...new Set(starts.map((row) => data.themes[row[4]][1]))];
      if (!here.length) { piece.append(text.slice(begin, end)); return; }
      const open = () => rapport.showCodings(interview, turn, here);
      for (const theme of themes) {
        const tag = create("button", { type: "button", class: "etiquette" }, theme);
        tag.addEventListener("click", open);
        piece.append(tag);
      }
      const span = create("span", { class: "code" }, text.slice(begin, end));
      span.addEventListener("click", () => { if (shown.codes) open(); });
      piece.append(span);
    });
    return piece;
  }

  document.addEventListener("analyse", () => { if (open !== null) draw(open); });
})();
