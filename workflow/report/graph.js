// The page of similarity graphs: the graph chosen, its words and links, their tables, the passages behind them.
"use strict";
(() => {
  const { select, all, create, NB, graphDrawing: drawing, graphView: view, graphReading: reading } = rapport;
  const FEW = 15;
  const LEVEL = 3.84;
  // The index whose weights are the counts themselves.
  const COUNT = "Cooccurrence";
  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  // For each analysis: its graphs, its part of the page, the graph shown, the word where the keyboard stands.
  const pages = new Map();

  const part = (page, role) => select(`[data-role="${role}"]`, page.block);
  const decimal = (value, digits) => (value === null || value === undefined ? "—" : value.toFixed(digits).replace(".", ",").replace("-", "−"));
  const probability = (p) => (p < 0.001 ? "<\u202f0,001" : decimal(p, 3));
  const said = (graph, n) => (graph.within === "turn" ? rapport.plural(n, "tour de parole", "tours de parole") : rapport.plural(n, "segment"));

  function weight(value) {
    const size = Math.abs(value);
    return decimal(value, Number.isInteger(value) || size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 3);
  }

  function page(id) {
    if (!pages.has(id)) {
      const block = select(`[data-similitude="${CSS.escape(id)}"]`);
      if (!block) return null;
      const { graphs, palette } = rapport.data.graphs[id];
      pages.set(id, { id, block, graphs, palette, graph: null, svg: null, word: 0, by: "classe" });
      prepare(pages.get(id));
    }
    return pages.get(id);
  }

  // ── What a word and a link are, in words.
  function colourName({ graph }, i) {
    const names = [];
    if (graph.class[i]) names.push(rapport.className(graph.class[i]));
    if (graph.attribute && graph.modality[i]) names.push(`${graph.attribute}${NB}: ${graph.modalities[graph.modality[i] - 1]}`);
    return names.join(", ");
  }

  const tell = (own) => ({
    word: (i) => [`${own.graph.words[i]}${NB}: ${said(own.graph, own.graph.n[i])}`, colourName(own, i)].filter(Boolean).join(", "),
    link: (i) => `${own.graph.words[own.graph.links[i][0]]} – ${own.graph.words[own.graph.links[i][1]]}${NB}: ${said(own.graph, own.graph.links[i][3])}`,
  });

  const wordButton = (own, i) => create("button", { type: "button", class: "mot", "data-mot": i }, own.graph.words[i]);
  const linkButton = (i, text) => create("button", { type: "button", class: "v", "data-lien": i }, text);

  function wordSheet(own, i) {
    const { graph } = own;
    const near = drawing.neighbours(graph, i);
    const facts = [colourName(own, i), graph.chi2[i] > LEVEL ? `χ² ${decimal(graph.chi2[i], 1)}` : "", `communauté ${graph.community[i]}`,
      `force ${weight(graph.strength[i])}`, `intermédiarité ${decimal(graph.betweenness[i], 2)}`];
    const sheet = create("div", { class: "fiche-mot" }, create("p", {}, facts.filter(Boolean).join(" · ")));
    if (!near.length) sheet.append(create("p", {}, "Aucun lien dessiné."));
    else sheet.append(create("p", { class: "legende" }, `${rapport.plural(near.length, "voisin")}, du lien le plus fort au plus faible (un clic sur le nombre montre les passages communs)${NB}:`),
      create("p", { class: "sim-voisins" }, ...near.flatMap(([link, other]) => [create("span", {}, wordButton(own, other), `${NB}(`, linkButton(link, rapport.integer(graph.links[link][3])), ")"), " "])));
    return sheet;
  }

  function linkSheet(own, i) {
    const { graph } = own;
    const [a, b, value, n, expected, p, inTree] = graph.links[i];
    const facts = [`${said(graph, n)} avec les deux mots, ${decimal(expected, 1)} attendus par hasard (p ajusté ${probability(p)})`,
      graph.index === COUNT ? "" : `${graph.index}${NB}: ${weight(value)}`, inTree ? "lien de l'arbre maximum" : "hors de l'arbre maximum"];
    return create("div", { class: "fiche-mot" }, create("p", {}, `${facts.filter(Boolean).join(" · ")}.`),
      create("p", {}, "Voir ", wordButton(own, a), ` (${rapport.integer(graph.n[a])}) ou `, wordButton(own, b), ` (${rapport.integer(graph.n[b])})`));
  }

  // ── Choosing a word or a link.
  function openWord(own, i) {
    own.word = i;
    const near = drawing.neighbours(own.graph, i);
    drawing.emphasise(own.svg, [i], near.map(([, other]) => other), near.map(([link]) => link));
    view.reveal(part(own, "carte"), i);
    reading.show(own.graph, [own.graph.words[i]], wordSheet(own, i));
    take(own, i);
  }

  function openLink(own, i) {
    const [a, b] = own.graph.links[i];
    drawing.emphasise(own.svg, [a, b], [], [i]);
    view.reveal(part(own, "carte"), a);
    reading.show(own.graph, [own.graph.words[a], own.graph.words[b]], linkSheet(own, i));
    take(own, a);
  }

  // The sheet in the panel belongs to this page; a panel at the foot of a small screen must not hide the word.
  function take(own, i) {
    select("#panneau-liste .fiche-mot").addEventListener("click", (event) => answer(own, event));
    const panel = select("#panneau");
    if (getComputedStyle(panel).position !== "fixed") return;
    const hidden = select(`[data-mot="${i}"]`, own.svg).getBoundingClientRect().bottom + 12 - panel.getBoundingClientRect().top;
    if (hidden > 0) window.scrollBy({ top: hidden, behavior: "instant" });
  }

  function answer(own, event) {
    const target = event.target.closest("[data-mot], [data-lien]");
    if (!target) return;
    event.stopPropagation();
    if (target.dataset.mot !== undefined) openWord(own, Number(target.dataset.mot));
    else openLink(own, Number(target.dataset.lien));
  }

  function release(own) {
    if (own.svg) drawing.emphasise(own.svg, [], [], []);
    all("[data-couleur]", own.block).forEach((chip) => chip.setAttribute("aria-pressed", "false"));
  }

  // ── Legend: colours, then the two scales at the size shown.
  function legend(own) {
    const { graph, palette } = own;
    const colours = drawing.numbers(graph, own.by);
    const names = { classe: rapport.className, communaute: (n) => `communauté ${n}`, modalite: (n) => graph.modalities[n - 1] };
    const used = [...new Set(colours)].filter(Boolean).sort((a, b) => a - b);
    const chips = used.map((n) => create("button", { type: "button", class: "classe", "data-couleur": n, "aria-pressed": "false", style: `--k:${drawing.tint(palette, n)}` },
      `${own.by === "modalite" ? `${n}${NB}: ` : ""}${names[own.by](n)} (${rapport.plural(colours.filter((k) => k === n).length, "mot")})`));
    const what = { classe: "classe que le mot caractérise le plus", communaute: "communauté du mot", modalite: `modalité de «${NB}${graph.attribute}${NB}» que le mot caractérise le plus` }[own.by];
    const lines = [create("p", {}, `Cadre et petit chiffre${NB}: ${what}${colours.includes(0) ? `${NB}; gris${NB}: aucune` : ""}.`)];
    if (chips.length) lines.push(create("p", { class: "sim-couleurs" }, ...chips));
    lines.push(create("p", { class: "sim-echelles" }, ...sizes(own)));
    if (graph.links.length) lines.push(create("p", { class: "sim-echelles" }, ...thicknesses(own)));
    if (Object.keys(graph.halos).length) lines.push(create("p", {}, `Halo${NB}: communauté de mots, de la teinte de la plupart d'entre eux${NB}; en tirets, elle ne se retrouve guère quand les segments sont tirés de nouveau au sort. Trait clair${NB}: lien hors de l'arbre maximum.`));
    part(own, "legende").replaceChildren(...lines);
  }

  function sizes({ graph }) {
    const order = graph.n.map((_, i) => i).sort((a, b) => graph.n[a] - graph.n[b]);
    const [first, last] = [order[0], order[order.length - 1]];
    const middle = (Math.sqrt(graph.n[first]) + Math.sqrt(graph.n[last])) / 2;
    const off = (i) => Math.abs(Math.sqrt(graph.n[i]) - middle);
    const between = order.reduce((best, i) => (off(i) < off(best) ? i : best), first);
    const picked = new Map([first, between, last].map((i) => [graph.n[i], graph.font[i]]));
    return [create("span", {}, `Mot${NB}: ${graph.within === "turn" ? "tours" : "segments"} où il est dit (racine carrée)`),
      ...[...picked].map(([n, font]) => create("span", { class: "sim-taille", style: `--f:${font}px` }, rapport.integer(n)))];
  }

  function thicknesses({ graph }) {
    const { low, high, of } = drawing.widths(graph);
    const middle = Number.isInteger(low) && Number.isInteger(high) ? Math.round((low + high) / 2) : (low + high) / 2;
    return [create("span", {}, `Lien${NB}: ${graph.index} (linéaire)`), ...[...new Set([low, middle, high])].map((value) => create("span", { class: "sim-largeur", style: `--l:${of(value).toFixed(1)}px` }, weight(value)))];
  }

  // ── Tables.
  const cell = (...children) => create("td", {}, ...children);
  const row = (...cells) => create("tr", {}, ...cells);

  function tables(own) {
    const { graph } = own;
    part(own, "indice").textContent = graph.index;
    part(own, "indice").closest("th").hidden = graph.index === COUNT;
    part(own, "chi2").textContent = graph.attribute ? `χ² (${graph.attribute})` : "χ²";
    part(own, "doute").textContent = graph.doubt;
    listLinks(own, FEW);
    part(own, "communautes").replaceChildren(...graph.communities.map(([number, stability, bridges]) => {
      const members = graph.n.map((n, i) => [n, i]).filter(([, i]) => graph.community[i] === number).sort((a, b) => b[0] - a[0] || a[1] - b[1]);
      const listed = (places) => create("td", { class: "txt liste" }, ...places.flatMap((i) => [wordButton(own, i), " "]));
      return row(cell(String(number)), cell(rapport.integer(members.length)), listed(members.map(([, i]) => i)), cell(decimal(stability, 2)), listed(bridges));
    }));
    const order = graph.words.map((_, i) => i).sort((a, b) => graph.strength[b] - graph.strength[a] || graph.n[b] - graph.n[a]);
    part(own, "mots").replaceChildren(...order.map((i) => row(create("th", {}, wordButton(own, i)), cell(create("button", { type: "button", class: "v", "data-mot": i }, rapport.integer(graph.n[i]))), cell(graph.class[i] ? String(graph.class[i]) : "—"),
      cell(decimal(graph.chi2[i], 1)), cell(String(graph.community[i])), cell(rapport.integer(graph.degree[i])), cell(weight(graph.strength[i])),
      cell(decimal(graph.betweenness[i], 3)), cell(decimal(graph.closeness[i], 3)), cell(decimal(graph.participation[i], 2)), cell(decimal(graph.stays[i], 2)))));
    for (const head of all("th[aria-sort]", part(own, "tables"))) head.removeAttribute("aria-sort");
  }

  function listLinks(own, most) {
    const { graph } = own;
    const order = graph.links.map((_, i) => i).sort((a, b) => graph.links[b][2] - graph.links[a][2] || graph.links[b][3] - graph.links[a][3] || a - b);
    part(own, "liens").replaceChildren(...order.slice(0, most).map((i) => {
      const [a, b, value, n, expected, p, inTree] = graph.links[i];
      return row(create("th", {}, wordButton(own, a)), create("th", {}, wordButton(own, b)), create("td", { hidden: graph.index === COUNT ? "" : null }, weight(value)), cell(linkButton(i, rapport.integer(n))),
        cell(decimal(expected, 1)), cell(probability(p)), create("td", { class: "txt" }, inTree ? "oui" : "non"));
    }));
    const note = part(own, "suite-liens");
    note.replaceChildren(order.length > most ? `Les ${most} premiers des ${rapport.plural(order.length, "lien dessiné", "liens dessinés")}. ` : `${rapport.plural(order.length, "lien dessiné", "liens dessinés")}. `);
    if (graph.left_out) note.append(`${rapport.plural(graph.left_out, "lien plus faible n'est", "liens plus faibles ne sont")} que dans la figure et dans la table. `);
    if (order.length <= most) return;
    const button = create("button", { type: "button" }, "Montrer tout");
    button.addEventListener("click", () => {
      listLinks(own, order.length);
      select("button", part(own, "liens").rows[most]).focus();
    });
    note.append(button);
  }

  // ── Choosing a graph.
  function choose(own, name) {
    own.graph = own.graphs.find((graph) => graph.graph === name) || own.graphs[0];
    const { graph } = own;
    part(own, "choix").value = graph.graph;
    const drawn = Boolean(graph.words && graph.words.length);
    for (const role of ["figure", "tables"]) part(own, role).hidden = !drawn;
    for (const role of ["mot", "couleur"]) part(own, role).closest("p").hidden = !drawn;
    all(".sim-cases, .sim-zoom", own.block).forEach((one) => { one.hidden = !drawn; });
    part(own, "dit").replaceChildren(...graph.told.map(([term, text]) => create("div", {}, create("dt", {}, term), create("dd", {}, rapport.french(text)))));
    part(own, "mot").value = "";
    answerLine(own, drawn);
    part(own, "couleur").replaceChildren();
    if (!drawn) return;
    own.word = graph.n.indexOf(Math.max(...graph.n));
    const choices = [["classe", "classe"], ["communaute", "communauté"], ...(graph.attribute ? [["modalite", graph.attribute]] : [])];
    part(own, "couleur").replaceChildren(...choices.map(([value, text]) => create("option", { value }, text)));
    own.by = graph.attribute ? "modalite" : "classe";
    part(own, "couleur").value = own.by;
    files(own);
    tables(own);
    draw(own);
  }

  function answerLine(own, drawn) {
    const { graph } = own;
    const strongest = drawn && graph.links.length ? graph.links.reduce((best, link) => (link[2] > best[2] ? link : best)) : null;
    const line = strongest
      ? `${graph.counts}. Le lien le plus fort va de « ${graph.words[strongest[0]]} » à « ${graph.words[strongest[1]]} » (${said(graph, strongest[3])}).`
      : `${drawn ? `${graph.counts}. ` : ""}Pas de lien à montrer${graph.message ? ` : ${graph.message}` : ""}.`;
    part(own, "reponse").textContent = rapport.french(line);
    const state = [strongest && graph.message ? `${graph.message}.` : "", graph.absent ? `Demandés, mais jamais dits ici : ${graph.absent}.` : ""].filter(Boolean);
    part(own, "etat").textContent = rapport.french(state.join(" "));
    part(own, "etat").hidden = !state.length;
  }

  function draw(own) {
    own.svg = drawing.draw(own.graph, own.by, own.palette, tell(own));
    const frame = part(own, "carte");
    frame.setAttribute("aria-label", `Graphe de similitude «${NB}${own.graph.title}${NB}»`);
    frame.replaceChildren(own.svg);
    layers(own);
    legend(own);
    view.open(frame, own.svg, own.graph, (scale) => {
      part(own, "taille").textContent = rapport.percent(scale, 0);
      own.block.style.setProperty("--zoom", scale.toFixed(3));
    });
  }

  function layers(own) {
    for (const role of ["halos", "autres"]) own.svg.classList.toggle(`sans-${role}`, !part(own, role).checked);
  }

  function files(own) {
    const [figure, other] = [`../figures/${own.id}/graphs/${own.graph.graph}`, `../exports/${own.id}/graphs/${own.graph.graph}`];
    const link = (path, text) => create("a", { href: path }, text);
    part(own, "fichiers").replaceChildren(`Figure à imprimer${NB}: `, link(`${figure}.svg`, "SVG"), " ", link(`${figure}.pdf`, "PDF"), " ", link(`${figure}.png`, "PNG"),
      `. Pour Gephi, R ou un tableur${NB}: `, link(`${other}.graphml`, "GraphML"), " ", link(`${other}.gexf`, "GEXF"), " ", link(`${other}_noeuds.csv`, "mots (CSV)"), " ",
      link(`${other}_liens.csv`, "liens (CSV)"), " ", link(`${other}_matrice.csv`, "matrice (CSV)"), ".");
  }

  function search(own, open) {
    const wanted = rapport.plain(part(own, "mot").value.trim());
    const found = wanted ? own.graph.words.map((_, i) => i).filter((i) => rapport.plain(own.graph.words[i]).includes(wanted)) : [];
    found.sort((a, b) => rapport.plain(own.graph.words[a]).indexOf(wanted) - rapport.plain(own.graph.words[b]).indexOf(wanted) || own.graph.n[b] - own.graph.n[a]);
    drawing.emphasise(own.svg, found, [], []);
    const state = part(own, "etat");
    state.hidden = !wanted;
    state.textContent = wanted && (found.length ? `${rapport.plural(found.length, "mot trouvé", "mots trouvés")}${NB}: ${found.slice(0, 12).map((i) => own.graph.words[i]).join(", ")}${found.length > 12 ? "…" : ""}` : `Aucun mot de ce graphe ne contient «${NB}${part(own, "mot").value.trim()}${NB}».`);
    if (!found.length) return;
    if (open) openWord(own, found[0]);
    else view.reveal(part(own, "carte"), found[0]);
  }

  function press(own, event) {
    const frame = part(own, "carte");
    const way = ARROWS[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (way && event.shiftKey) frame.scrollBy({ left: 80 * way[0], top: 80 * way[1], behavior: "instant" });
    else if (way) {
      own.word = select(".sim-mot.choisi", own.svg) ? view.towards(view.of(frame), own.word, way) : own.word;
      drawing.emphasise(own.svg, [own.word], [], []);
      view.reveal(frame, own.word);
      rapport.say(tell(own).word(own.word));
    } else if (event.key === "Enter") openWord(own, own.word);
    else if (event.key === "+" || event.key === "=") view.zoom(frame, view.STEP);
    else if (event.key === "-") view.zoom(frame, 1 / view.STEP);
    else if (event.key === "0") view.fit(frame, true);
    else if (event.key === "Escape") release(own);
    else return;
    if (event.key !== "Escape") event.preventDefault();
  }

  // ── Once for each analysis.
  function prepare(own) {
    const kinds = [...new Set(own.graphs.map((graph) => graph.kind))];
    part(own, "choix").replaceChildren(...kinds.map((kind) => create("optgroup", { label: kind }, ...own.graphs.filter((graph) => graph.kind === kind).map((graph) => (
      create("option", { value: graph.graph }, rapport.french(graph.title)))))));
    select(".sim-outils", own.block).hidden = false;
    for (const role of ["methode", "groupes", "places"]) part(own, role).hidden = false;
    const frame = part(own, "carte");
    const zooms = { plus: () => view.zoom(frame, view.STEP), moins: () => view.zoom(frame, 1 / view.STEP), tout: () => view.fit(frame, true) };
    for (const button of all("[data-zoom]", own.block)) button.addEventListener("click", zooms[button.dataset.zoom]);
    part(own, "choix").addEventListener("change", (event) => choose(own, event.target.value));
    part(own, "couleur").addEventListener("change", (event) => { own.by = event.target.value; draw(own); });
    for (const role of ["halos", "autres"]) part(own, role).addEventListener("change", () => layers(own));
    part(own, "mot").addEventListener("input", () => search(own, false));
    part(own, "mot").addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); search(own, true); } });
    frame.addEventListener("keydown", (event) => press(own, event));
    own.block.addEventListener("click", (event) => {
      const chip = event.target.closest("[data-couleur]");
      if (chip) emphasiseColour(own, chip);
      else if (event.target.closest("[data-mot], [data-lien]")) answer(own, event);
      else if (frame.contains(event.target)) release(own);
    });
  }

  function emphasiseColour(own, chip) {
    const again = chip.getAttribute("aria-pressed") === "true";
    release(own);
    if (again) return;
    chip.setAttribute("aria-pressed", "true");
    const colours = drawing.numbers(own.graph, own.by);
    drawing.emphasise(own.svg, colours.map((n, i) => (n === Number(chip.dataset.couleur) ? i : -1)).filter((i) => i >= 0), [], []);
  }

  // The analysis, and the graph that the address names (#similitudes/class_3).
  function show() {
    const own = page(rapport.analysis);
    if (!own) return;
    const [name, asked] = decodeURIComponent(location.hash.slice(1)).split("/");
    const wanted = name === "similitudes" && own.graphs.some((graph) => graph.graph === asked) ? asked : null;
    if (!own.graph || (wanted && wanted !== own.graph.graph)) choose(own, wanted);
    if (own.svg) view.refresh(part(own, "carte"));
  }

  document.addEventListener("analyse", show);
  // After report.js, which opens the page.
  addEventListener("pret", () => { show(); window.addEventListener("hashchange", show); });
})();
