// The sheet of an interview, above its transcript: laid out when it is opened, from the data of the report.
"use strict";
(() => {
  const { data, select, create, NB } = rapport;
  const { sheets } = data;
  const percent = (share, digits) => rapport.percent(share, digits);

  rapport.interviewSheet = (interview) => {
    const own = sheets[interview.id];
    if (!own) return null;
    const part = (title, ...content) => (content.some(Boolean) ? [create("h4", {}, title), ...content.filter(Boolean)] : []);
    return create("section", { class: "fiche-entretien", "data-i": interview.id },
      create("p", { class: "titre-papier" }, `Entretien ${interview.id}`),
      create("dl", { class: "definition" }, ...people(interview), line("Parole", speech(own, interview))),
      create("p", { class: "outils" }, rapport.printButton(), " ",
        create("a", { href: `#entretiens/${encodeURIComponent(interview.id)}/1` }, "Lire la transcription"), " ",
        create("a", { href: `../exports/sheets/interviews/${interview.id}.docx` }, "Word")),
      ...part("Fil de l'entretien", course(interview, own)),
      ...part("Mots propres", words(own)),
      ...part("Thèmes", themes(interview, own)),
      ...part("Hypothèses", hypotheses(interview)),
      ...part("Segments typiques", typical(interview, own)));
  };

  const line = (name, ...content) => create("div", {}, create("dt", {}, name), create("dd", {}, ...content));

  function people(interview) {
    const one = interview.speakers.filter((speaker) => !speaker[1]);
    return one.map(([code, , panel, own]) => line(one.length > 1 || code !== interview.id ? code : "Personne",
      [...(panel ? [["panel", panel]] : []), ...Object.entries(own)]
        .map(([name, value]) => `${name.replace(/_/g, " ")}${NB}: ${value}`).join(` ; `).replace(/ ; /g, `${NB}; `) || "aucun attribut"));
  }

  function speech(own, interview) {
    const [usual, n] = own.usual;
    const whose = interview.speakers.some((one) => !one[1] && one[2]) ? "du même panel" : "sans panel";
    const others = n > 1 ? ` (dans les ${rapport.integer(n)} entretiens ${whose}${NB}: ${percent(usual, 0)})` : "";
    return `${rapport.plural(own.words, "mot")} dits par les participants, ${percent(own.share, 0)} de l'entretien${others}${NB}; `
      + `${rapport.plural(interview.turns.length, "tour")} de parole.`;
  }

  const opens = (text, asked) => create("button", { type: "button", class: "v",
    ...Object.fromEntries(Object.entries(asked).map(([key, value]) => [`data-${key}`, value])) }, text);

  // Lanes: the classes of the analysis, then the themes; along them, the interview in characters.
  function course(interview, own) {
    const starts = [];
    let length = 0;
    for (const turn of interview.turns) { starts.push(length); length += turn[1].length + 1; }
    const place = (turn, at) => starts[turn - 1] + at;
    const lanes = [...classLanes(interview, place), ...themeLanes(interview, own, place)];
    if (!lanes.length) return create("p", { class: "vide" }, "Ni classe ni codage dans cet entretien.");
    const at = (from) => `${(100 * from / length).toFixed(2)}%`;
    const rows = lanes.map(({ name, colour, spans }) => create("div", { class: "fil-ligne" },
      create("span", { class: "fil-nom" }, name),
      create("span", { class: "fil-piste" }, ...spans.map(([from, to, turn]) => create("a", {
        href: `#entretiens/${encodeURIComponent(interview.id)}/${turn}`, tabindex: "-1", title: `tour ${turn}`,
        "aria-label": `tour ${turn}`, style: `left:${at(from)};width:${at(to - from)}${colour ? `;--k:${colour}` : ""}` })))));
    const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].find((one) => starts.length / one <= 9) || starts.length;
    let reached = -1;
    const ticks = starts.map((from, i) => [from, i + 1]).filter(([, turn]) => turn % step === 0)
      .filter(([from]) => { const free = from > reached; if (free) reached = from + 0.06 * length; return free; })
      .map(([from, turn]) => create("i", { style: `left:${at(from)}` }, String(turn)));
    return create("div", { class: "fil" }, ...rows,
      create("div", { class: "fil-ligne fil-axe", "aria-hidden": "true" }, create("span", { class: "fil-nom" }, "tour"), create("span", { class: "fil-piste" }, ...ticks)));
  }

  function classLanes(interview, place) {
    const classes = rapport.current().segments[interview.id];
    if (!classes) return [];
    return rapport.current().classes.filter(([number]) => classes.includes(number)).map(([number, colour]) => {
      const spans = interview.segments.flatMap(([, firstTurn, start, lastTurn, end], i) => (
        classes[i] === number ? [[place(firstTurn, start), place(lastTurn, end), firstTurn]] : []));
      const label = rapport.className(number);
      return { colour, spans, name: opens(label[0].toUpperCase() + label.slice(1), { c: number, i: interview.id }) };
    });
  }

  function themeLanes(interview, own, place) {
    return own.themes.map(([theme]) => {
      const [id, title] = data.themes[theme];
      const found = rapport.findCodings({ t: id, i: interview.id, exact: true });
      const spans = found.map((one) => [place(one.turn, one.start), place(one.turn, one.end), one.turn]);
      const name = create("span", {}, opens(title, { t: id, i: interview.id }));
      name.dataset.exact = "1";
      return { spans, name };
    }).filter((lane) => lane.spans.length);
  }

  function words(own) {
    if (!own.own.length) return create("p", { class: "rien" }, "Aucun mot ne distingue sûrement cet entretien.");
    const list = own.own.flatMap(([lemma, pos, f, whole], i) => [i ? ", " : "", create("span", { class: "entier" },
      create("button", { type: "button", class: "mot v", "data-w": lemma, "data-p": pos }, lemma), ` (${f} sur ${whole})`)]);
    return create("p", { title: "Spécificité d'au moins 2 contre les autres entretiens (Lafon 1980)" }, ...list);
  }

  function themes(interview, own) {
    if (!own.coded) return create("p", { class: "rien" }, "Personne n'a encore codé cet entretien.");
    const rows = own.themes.map(([theme, level, n, share]) => create("li", { class: `niveau-${Math.min(level, 3)}` },
      create("a", { href: `#themes/${data.themes[theme][0]}` }, data.themes[theme][1]), " ",
      opens(rapport.plural(n, "passage"), { t: data.themes[theme][0], i: interview.id }), ` · ${percent(share)} des mots`));
    const absent = own.absent.map((theme) => data.themes[theme][1]).join(", ");
    return create("div", {}, create("ul", { class: "themes-entretien" }, ...rows),
      absent ? create("p", { class: "rien" }, `Thèmes dont il n'est pas question${NB}: ${absent}.`) : "");
  }

  function hypotheses(interview) {
    const rows = data.hypotheses.map(([id, title]) => {
      const counted = new Set(data.weighed[id] || []);
      const stances = Object.entries(data.stances).map(([stance, name]) => [stance, name, rapport.findStances({ h: id, s: stance, i: interview.id }).length])
        .filter(([, , n]) => n);
      if (!counted.size || !stances.length) return null;
      return create("li", {}, create("a", { href: `#hypotheses/${id}` }, title), `${NB}: `,
        ...stances.flatMap(([stance, name, n], i) => [i ? ", " : "", opens(`${n} ${name}`, { h: id, s: stance, i: interview.id })]));
    }).filter(Boolean);
    return rows.length ? create("ul", {}, ...rows) : null;
  }

  function typical(interview, own) {
    const found = own.typical[rapport.analysis] || [];
    return found.length ? create("div", {}, ...found.map(([number, rank, segment]) => {
      const figure = rapport.segmentOf(interview, segment, number);
      select("figcaption", figure).append(` · ${rank === 1 ? "1er" : `${rank}e`} segment typique de sa classe`);
      return figure;
    })) : null;
  }
})();
