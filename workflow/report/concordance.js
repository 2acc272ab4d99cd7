// The page of the concordancer: a search, its filters, the lines, the counts, the tree, a file to take away.
"use strict";
(() => {
  const { data, select, all, create, NB, words } = rapport;
  const FIRST = 60;
  const MORE = 200;
  const WIDTH = 70;
  const VIEWS = [["lignes", "Lignes"], ["comptes", "Comptes"], ["suites", "Ce qui suit"], ["avants", "Ce qui précède"]];
  const PEOPLE = [["", "participants de l'analyse"], ["tous", "tous les participants"], ["enq", "enquêteurs"], ["corpus", "tout le monde"]];
  // What was asked: query, filters by name, order, view, and what was found: [first token, last token].
  const state = { asked: "", filters: {}, order: "", view: "lignes", by: "", found: [], shown: FIRST };
  rapport.concordance = state;

  const attributes = () => {
    const values = new Map();
    for (const { speakers } of data.interviews) {
      for (const [, isInterviewer, panel, own] of speakers) {
        if (isInterviewer) continue;
        for (const [name, value] of [["panel", panel], ...Object.entries(own)]) {
          if (value !== null) values.set(name, (values.get(name) || new Set()).add(value));
        }
      }
    }
    return [...values].filter(([, own]) => own.size > 1).map(([name, own]) => [name, [...own].sort((a, b) => a.localeCompare(b, "fr", { numeric: true }))]);
  };
  const shownName = (name) => name.charAt(0).toUpperCase() + name.slice(1).replace(/_/g, " ");

  // ── What a token is: who says it, in which class, under which themes.
  const speakerOf = (turn) => data.interviews[turn.place].speakers[turn.speaker];
  function classOf(all, i) {
    const turn = all.turns[all.turn[i]];
    const classes = rapport.current().segments[data.interviews[turn.place].id];
    return classes && all.segment[i] >= 0 ? classes[all.segment[i]] : null;
  }

  let coded = null;
  function themesOf(all, i) {
    if (!coded) {
      coded = new Map();
      for (const row of data.codings) {
        if (row[2] === null) continue;
        const key = `${row[0]}/${row[1]}`;
        coded.set(key, [...(coded.get(key) || []), row]);
      }
    }
    const turn = all.turns[all.turn[i]];
    const rows = coded.get(`${data.interviews[turn.place].id}/${turn.number}`) || [];
    return [...new Set(rows.filter((row) => row[2] < all.end[i] && row[3] > all.start[i]).map((row) => row[4]))];
  }

  function value(name, all, i) {
    const turn = all.turns[all.turn[i]];
    const [code, isInterviewer, panel, own] = speakerOf(turn);
    if (name === "interview") return data.interviews[turn.place].id;
    if (name === "locuteur") return code === data.interviews[turn.place].id ? code : `${code} (${data.interviews[turn.place].id})`;
    if (name === "question") return turn.question;
    if (name === "role") return isInterviewer ? "enquêteur" : "participant";
    return name === "panel" ? panel : own[name];
  }

  // Whether each token passes the filters.
  function passing(all, filters) {
    const { qui = "", ou = "", classe = "", theme = "", ...others } = filters;
    const wanted = rapport.plain(ou);
    const turns = all.turns.map((turn) => {
      const [code, isInterviewer] = speakerOf(turn);
      if (qui === "enq" ? !isInterviewer : qui !== "corpus" && isInterviewer) return false;
      if (wanted && rapport.plain(data.interviews[turn.place].id) !== wanted && rapport.plain(code) !== wanted) return false;
      return Object.entries(others).every(([name, own]) => !own || value(name, all, turn.first) === own);
    });
    const passes = new Uint8Array(all.n);
    for (let i = 0; i < all.n; i += 1) {
      if (!turns[all.turn[i]]) continue;
      const number = qui === "" || classe ? classOf(all, i) : 0;
      if (number === null || (classe && (Number(classe) || 0) !== Math.max(number, 0))) continue;
      passes[i] = !theme || themesOf(all, i).includes(data.themes.findIndex(([id]) => id === theme)) ? 1 : 0;
    }
    return passes;
  }

  // ── Order: by the forms on one side, nearest first, case and accents apart.
  let ranks = null;
  function ordered(all, found, order) {
    if (!order) return found;
    if (!ranks) {
      const plain = all.forms.map((form, i) => [rapport.plain(form), i]);
      plain.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
      ranks = new Int32Array(plain.length);
      plain.forEach(([form, i], rank) => { ranks[i] = rank && plain[rank - 1][0] === form ? ranks[plain[rank - 1][1]] : rank; });
    }
    // As many ranks as one number holds exactly.
    const base = all.forms.length + 1;
    const depth = Math.max(1, Math.min(6, Math.floor(52 / Math.log2(base))));
    const keys = new Float64Array(found.length);
    found.forEach(([first, last], k) => {
      const own = [];
      if (order === "mot") for (let i = first; i <= last && own.length < depth; i += 1) own.push(ranks[all.form[i]]);
      const step = order === "gauche" ? -1 : 1;
      for (let i = (order === "gauche" ? first : last) + step; own.length < depth && i >= 0 && i < all.n && all.turn[i] === all.turn[first]; i += step) {
        if (!all.ignored[i]) own.push(ranks[all.form[i]]);
      }
      for (let i = 0; i < depth; i += 1) keys[k] = keys[k] * base + (i < own.length ? own[i] + 1 : 0);
    });
    return found.map((_, k) => k).sort((a, b) => keys[a] - keys[b] || a - b).map((k) => found[k]);
  }

  const context = (all, [first, last]) => words.around(all.turns[all.turn[first]].text, all.start[first], all.end[last], WIDTH);

  // ── Lines.
  function line(all, place) {
    const turn = all.turns[all.turn[place[0]]];
    const interview = data.interviews[turn.place];
    const speaker = speakerOf(turn);
    const [left, key, right] = context(all, place);
    const number = classOf(all, place[0]);
    const own = speaker[0] === interview.id ? interview.id : `${interview.id}, ${speaker[0]}`;
    const button = create("button", { type: "button", class: "ici" }, key);
    button.addEventListener("click", () => read(all, place));
    const chip = number > 0 ? create("span", { class: "classe", style: `--k:${rapport.colour(number)}`, title: rapport.className(number) }, `Classe ${number}`) : "—";
    return create("tr", {},
      create("th", { scope: "row" }, create("a", { href: `#entretiens/${encodeURIComponent(interview.id)}/${turn.number}` }, `${own}, tour${NB}${turn.number}`)),
      create("td", { class: "avant" }, create("span", {}, left)), create("td", { class: "cle" }, button),
      create("td", { class: "apres" }, right), create("td", { class: "txt" }, chip));
  }

  function read(all, [first, last]) {
    const turn = all.turns[all.turn[first]];
    const interview = data.interviews[turn.place];
    const draw = () => {
      const near = [turn.number - 1, turn.number, turn.number + 1].filter((number) => number >= 1 && number <= interview.turns.length);
      const figure = create("figure", { class: "verbatim kwic-lu", style: `--k:${rapport.colour(classOf(all, first))}` }, ...near.map((number) => {
        const [who, text] = interview.turns[number - 1];
        const here = number === turn.number;
        const spans = here ? [[all.start[first], all.end[last]]] : [];
        return create("blockquote", { class: here ? null : "autour" }, create("b", {}, `${interview.speakers[who][0]}${NB}: `), ...rapport.marked(text, 0, text.length, spans));
      }));
      figure.append(create("figcaption", {}, rapport.source(interview, turn.number, speakerOf(turn)), ` · ${rapport.className(classOf(all, first))}`));
      return figure;
    };
    const number = classOf(all, first);
    rapport.show("Dans le texte", `«${NB}${turn.text.slice(all.start[first], all.end[last])}${NB}»${number === null ? "" : ` · ${rapport.className(number)}`}`, [null], draw);
    const mark = select("#panneau-liste mark");
    if (mark) mark.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  function drawLines(all, target) {
    const head = ["Lieu", "Avant", "Mot", "Après", "Classe"].map((text, i) => create("th", { scope: "col", class: ["", "avant", "cle", "apres", ""][i] }, text));
    const body = create("tbody", {}, ...state.found.slice(0, state.shown).map((place) => line(all, place)));
    const longest = Math.max(4, ...state.found.slice(0, state.shown).map(([first, last]) => all.end[last] - all.start[first]));
    const table = create("table", { class: "kwic", style: `--cle:${Math.min(longest, 28) + 2}ch` }, create("caption", { class: "annonce" }, "Les passages, un par ligne"), create("thead", {}, create("tr", {}, ...head)), body);
    target.replaceChildren(table);
    if (state.found.length <= state.shown) return;
    const button = create("button", { type: "button" }, `Montrer la suite (${rapport.integer(state.found.length - state.shown)})`);
    button.addEventListener("click", () => {
      const from = state.shown;
      state.shown += MORE;
      drawLines(all, target);
      select(".ici", select("tbody", target).rows[from]).focus();
    });
    target.append(create("p", { class: "suite" }, button));
  }

  // ── Counts by class, theme, interview, attribute: how often, and for a thousand words said.
  function countable() {
    const names = [["classe", "Classe"], ["interview", "Entretien"], ["locuteur", "Locuteur"], ["role", "Rôle"]];
    if (data.codings.length) names.push(["theme", "Thème"]);
    if (Object.keys(data.questions).length) names.push(["question", "Question"]);
    return [...names, ...attributes().map(([name]) => [name, shownName(name)])];
  }

  function keysOf(name, all, i) {
    if (name === "classe") { const number = classOf(all, i); return [number === null ? -1 : Math.max(number, 0)]; }
    if (name === "theme") { const own = themesOf(all, i); return own.length ? own : [-1]; }
    return [value(name, all, i) ?? "sans"];
  }

  rapport.concordance.counts = (name) => {
    const all = words.index();
    const passes = passing(all, state.filters);
    const rows = new Map();
    const at = (key) => rows.get(key) || rows.set(key, [0, 0]).get(key);
    for (let i = 0; i < all.n; i += 1) {
      if (passes[i] && !all.ignored[i]) for (const key of keysOf(name, all, i)) at(key)[1] += 1;
    }
    for (const [first] of state.found) for (const key of keysOf(name, all, first)) at(key)[0] += 1;
    return [...rows].sort((a, b) => (typeof a[0] === "number" ? (a[0] < 1) - (b[0] < 1) || a[0] - b[0] : a[0].localeCompare(b[0], "fr", { numeric: true })));
  };

  function label(name, key) {
    if (name === "classe") return key > 0 ? rapport.className(key) : key === 0 ? "non classés" : "hors de l'analyse";
    if (name === "theme") return key < 0 ? "hors de tout codage" : data.themes[key][1];
    return name === "question" && data.questions[key] ? `${key}${NB}: ${data.questions[key]}` : key;
  }

  function drawCounts(all, target) {
    const names = countable();
    if (!names.some(([name]) => name === state.by)) state.by = "classe";
    const chooser = create("select", { id: "kwic-par" }, ...names.map(([name, text]) => create("option", { value: name }, text)));
    chooser.value = state.by;
    chooser.addEventListener("change", () => { state.by = chooser.value; drawCounts(all, target); select("#kwic-par").focus(); });
    const rows = rapport.concordance.counts(state.by);
    const largest = Math.max(...rows.map(([, [n, size]]) => n / Math.max(size, 1)), 1e-9);
    const filter = { classe: "classe", interview: "ou", theme: "theme", question: "question" }[state.by] || (attributes().some(([name]) => name === state.by) ? state.by : null);
    const body = rows.map(([key, [n, size]]) => {
      const rate = n / Math.max(size, 1);
      const given = state.by === "theme" ? (data.themes[key] || [""])[0] : String(key);
      const count = filter && n && key !== "sans" && key !== -1 ? create("button", { type: "button", class: "kwic-filtrer", title: "Garder ces passages" }, rapport.integer(n)) : rapport.integer(n);
      if (typeof count !== "string") count.addEventListener("click", () => { state.filters[filter] = given; state.view = "lignes"; run(); });
      const style = state.by === "classe" && key > 0 ? `--k:${rapport.colour(key)};` : "";
      return create("tr", {}, create("th", { scope: "row" }, label(state.by, key)), create("td", {}, count), create("td", {}, rapport.integer(size)),
        create("td", {}, (1000 * rate).toFixed(2).replace(".", ",")), create("td", { class: "txt" }, create("span", { class: "trait", style: `${style}--w:${(rate / largest).toFixed(3)}` })));
    });
    const head = [["", "Groupe"], ["num", "Occurrences"], ["num", "Mots dits"], ["num", "Pour 1\u202f000 mots"], ["", ""]];
    target.replaceChildren(create("p", { class: "filtre" }, create("label", { for: "kwic-par" }, "Compter par"), chooser),
      create("div", { class: "tableau" }, create("div", { class: "defile", tabindex: "0", role: "group", "aria-label": "Comptes" },
        create("table", { class: "donnees kwic-comptes" }, create("caption", {}, create("span", {}, `Lecture${NB}: sous les filtres choisis, occurrences de ce qui est cherché, et pour mille mots que dit le groupe (ponctuation non comptée).`)),
          create("thead", {}, create("tr", {}, ...head.map(([kind, text]) => create("th", { class: kind || null }, text)))), create("tbody", {}, ...body)))));
  }

  // ── A file to take away.
  rapport.concordance.csv = () => {
    const all = words.index();
    const own = attributes().map(([name]) => name);
    const cell = (text) => {
      const plain = String(text ?? "").replace(/^[=+\-@\t\r]/, "'$&");
      return /[;"\n\r]/.test(plain) ? `"${plain.replace(/"/g, '""')}"` : plain;
    };
    const rows = [["entretien", "tour", "locuteur", "role", "question", ...own, "classe", "themes", "avant", "mot", "apres"]];
    for (const place of state.found) {
      const turn = all.turns[all.turn[place[0]]];
      const number = classOf(all, place[0]);
      rows.push([data.interviews[turn.place].id, turn.number, speakerOf(turn)[0], value("role", all, place[0]), turn.question, ...own.map((name) => value(name, all, place[0])),
        number === null ? "" : Math.max(number, 0), themesOf(all, place[0]).map((i) => data.themes[i][0]).join(", "), ...context(all, place)]);
    }
    return `\ufeff${rows.map((row) => row.map(cell).join(";")).join("\r\n")}\r\n`;
  };

  function download() {
    const url = URL.createObjectURL(new Blob([rapport.concordance.csv()], { type: "text/csv;charset=utf-8" }));
    const link = create("a", { href: url, download: `concordance_${rapport.plain(state.asked).replace(/[^a-z0-9]+/g, "_").slice(0, 40)}.csv` });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
    rapport.say("Fichier CSV préparé");
  }

  // ── Filters and the form.
  function drawFilters() {
    const field = (name, text, options, types = "select") => {
      const input = types === "select"
        ? create("select", { id: `kwic-f-${name}`, "data-nom": name }, ...options.map(([key, shown]) => create("option", { value: key }, shown)))
        : create("input", { id: `kwic-f-${name}`, "data-nom": name, type: "search", list: "kwic-gens", autocomplete: "off" });
      input.addEventListener("change", () => { state.filters[name] = input.value; run(); });
      return create("p", {}, create("label", { for: input.id }, text), input);
    };
    const whole = [["", "tout"]];
    const people = new Set(data.interviews.flatMap((one) => [one.id, ...one.speakers.map(([code]) => code)]));
    const classes = rapport.current().classes.map(([number]) => [String(number), rapport.className(number)]);
    const used = new Set(data.codings.map((row) => row[4]));
    const fields = [field("qui", "Qui parle", PEOPLE), field("ou", "Entretien ou locuteur", [], "text"),
      create("datalist", { id: "kwic-gens" }, ...[...people].sort().map((code) => create("option", { value: code })))];
    if (classes.length) fields.push(field("classe", "Classe", [...whole, ...classes, ["0", "non classés"]]));
    if (used.size) fields.push(field("theme", "Thème", [...whole, ...data.themes.filter((_, i) => used.has(i))]));
    const questions = [...new Set(words.index().turns.map((turn) => turn.question).filter(Boolean))].sort((a, b) => a.localeCompare(b, "fr", { numeric: true }));
    if (questions.length) fields.push(field("question", "Question", [...whole, ...questions.map((id) => [id, data.questions[id] ? `${id}${NB}: ${data.questions[id]}` : id])]));
    for (const [name, values] of attributes()) fields.push(field(name, shownName(name), [...whole, ...values.map((own) => [own, own])]));
    select("#kwic-filtres").replaceChildren(...fields);
  }

  function showFilters() {
    for (const input of all("[data-nom]", select("#kwic-filtres"))) {
      input.value = state.filters[input.dataset.nom] || "";
      if (input.value !== (state.filters[input.dataset.nom] || "")) delete state.filters[input.dataset.nom];
    }
    const active = Object.entries(state.filters).filter(([, own]) => own);
    const note = select("#kwic-filtres-actifs");
    note.textContent = active.length ? `(${active.map(([name, own]) => `${name === "qui" ? PEOPLE.find(([key]) => key === own)[1] : name === "classe" ? label("classe", Number(own)) : own}`).join(", ")})` : "";
    if (!active.length) return;
    const button = create("button", { type: "button" }, "tout enlever");
    button.addEventListener("click", (event) => { event.preventDefault(); state.filters = {}; run(); });
    note.append(" ", button);
  }

  function address() {
    const parts = Object.entries({ ...state.filters, tri: state.order, vue: state.view === "lignes" ? "" : state.view }).filter(([, own]) => own);
    return ["concordance", state.asked, ...parts.map(([name, own]) => `${name}=${own}`)].map(encodeURIComponent).join("/");
  }

  function fromAddress() {
    const [page, asked, ...parts] = location.hash.slice(1).split("/").map(decodeURIComponent);
    if (page !== "concordance" || asked === undefined) return false;
    const given = Object.fromEntries(parts.filter((part) => part.includes("=")).map((part) => [part.slice(0, part.indexOf("=")), part.slice(part.indexOf("=") + 1)]));
    const { tri = "", vue = "lignes", ...filters } = given;
    Object.assign(state, { asked, order: tri, view: VIEWS.some(([id]) => id === vue) ? vue : "lignes", filters });
    return true;
  }

  function draw() {
    const corpus = words.index();
    select("#kwic-resultats").hidden = !state.found.length;
    for (const button of all(".kwic-vues button")) button.setAttribute("aria-pressed", String(button.dataset.vue === state.view));
    const target = select("#kwic-vue");
    if (!state.found.length) target.replaceChildren();
    else if (state.view === "comptes") drawCounts(corpus, target);
    else if (state.view === "lignes") drawLines(corpus, target);
    else rapport.drawWordTree(corpus, state.found, target, state.view === "suites", (more) => go(state.view === "suites" ? `${state.asked} ${more}` : `${more} ${state.asked}`));
    select("#kwic-tri").closest("p").hidden = state.view !== "lignes";
  }

  function go(asked) { state.asked = asked; run(); select("#kwic-q").focus({ preventScroll: true }); }

  function run(remember = true) {
    const began = performance.now();
    select("#kwic-q").value = state.asked;
    select("#kwic-tri").value = state.order;
    state.shown = FIRST;
    showFilters();
    const message = select("#kwic-etat");
    message.classList.remove("faute");
    try {
      const corpus = words.index();
      const passes = passing(corpus, state.filters);
      const found = state.asked.trim() ? words.search(state.asked).filter(([first]) => passes[first]) : [];
      state.found = ordered(corpus, found, state.order);
      const interviews = new Set(found.map(([first]) => corpus.turns[corpus.turn[first]].place)).size;
      const turns = new Set(found.map(([first]) => corpus.turn[first])).size;
      message.textContent = !state.asked.trim() ? "" : found.length
        ? `${rapport.plural(found.length, "occurrence")} dans ${rapport.plural(turns, "tour")} de ${rapport.plural(interviews, "entretien")}.`
        : "Rien de tel sous ces filtres. Essayez un lemme (lemme:…), une étoile (connect*), ou enlevez un filtre.".replace(" :", `${NB}:`);
    } catch (error) {
      state.found = [];
      message.textContent = error.message;
      message.classList.add("faute");
    }
    draw();
    if (remember) try { history.replaceState(null, "", `#${address()}`); } catch { /* a page of its own has no history */ }
    state.milliseconds = performance.now() - began;
  }
  rapport.concordance.run = run;

  addEventListener("pret", () => {
    const form = select("#kwic-form");
    form.hidden = false;
    select(".kwic-vues").replaceChildren(...VIEWS.map(([id, text]) => {
      const button = create("button", { type: "button", "data-vue": id, "aria-pressed": "false" }, text);
      button.addEventListener("click", () => { state.view = id; run(); });
      return button;
    }));
    form.addEventListener("submit", (event) => { event.preventDefault(); go(select("#kwic-q").value); });
    select("#kwic-tri").addEventListener("change", (event) => { state.order = event.target.value; run(); });
    select("#kwic-csv").addEventListener("click", download);
    const arrive = () => { if (location.hash.startsWith("#concordance") && ready() && fromAddress()) run(false); };
    window.addEventListener("hashchange", arrive);
    arrive();
  });
  let drawn = null;
  function ready() {
    if (drawn !== rapport.analysis) { drawFilters(); drawn = rapport.analysis; }
    return true;
  }
  // A number elsewhere in the report that leads here: the query and the filter of its row and column.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.q");
    if (!button) return;
    const cell = button.closest("td");
    const head = cell && cell.closest("table").tHead.rows[0].cells[cell.cellIndex];
    const near = (key) => (button.closest(`[data-${key}]`) || head)?.dataset[key];
    location.hash = ["concordance", near("q"), near("f")].filter(Boolean).map(encodeURIComponent).join("/");
  });
  document.addEventListener("analyse", () => { if (drawn) { ready(); if (state.asked) run(false); } });
})();
