// The coder's name, the file that leaves, and one's own earlier file that comes back.
"use strict";
(() => {
  const { select, create, work, NB } = coder;
  const code = (text) => create("code", {}, text);

  // ---- the name
  coder.ask = () => {
    const dialog = select("#qui");
    select("#qui-nom").value = work.who;
    select("#qui-renoncer").hidden = !work.who;
    select("#qui-faute").hidden = true;
    const names = select("#qui-connus");
    names.replaceChildren(...coder.data.coders.map((name) => create("option", { value: name })));
    dialog.showModal();
    select("#qui-nom").focus();
  };
  select("#qui").addEventListener("cancel", (event) => { if (!work.who) event.preventDefault(); });
  select("#qui-renoncer").addEventListener("click", () => select("#qui").close());
  select("#qui form").addEventListener("submit", (event) => {
    event.preventDefault();
    const name = coder.strip(select("#qui-nom").value).normalize("NFC");
    if (!work.isNameFit(name)) { select("#qui-faute").hidden = false; return; }
    select("#qui").close();
    coder.begin(name);
  });

  // Opens a coder's work, and offers what the same person did on an earlier state of the texts.
  coder.begin = (name) => {
    const earlier = work.open(name);
    coder.start();
    if (!earlier) return;
    const when = new Date(earlier.saved).toLocaleDateString("fr-FR", { day: "numeric", month: "long", year: "numeric" });
    select("#reprise-texte").textContent = `Ce navigateur garde ${coder.plural(earlier.codings.length, "codage")} de ${name}, `
      + `faits jusqu'au ${when} sur un état antérieur des textes. Ceux dont les mots n'ont pas bougé reprennent leur place ; les autres seront listés, à revoir. Aucun n'est perdu.`;
    const dialog = select("#reprise");
    select("#reprise-oui").onclick = () => {
      dialog.close();
      const n = work.resume(earlier);
      coder.start();
      coder.tell(`${coder.plural(earlier.codings.length - n, "codage repris", "codages repris")}${n ? `, ${n} à revoir` : ""}.`);
    };
    select("#reprise-non").onclick = () => dialog.close();
    dialog.showModal();
  };

  // ---- out
  coder.csv = () => coder.toCsv(work.rows());
  coder.download = () => {
    coder.commit();
    if (!work.codings.size) { coder.tell("Il n'y a encore rien à télécharger."); return; }
    const name = `${work.who}.csv`;
    const address = URL.createObjectURL(new Blob([coder.csv()], { type: "text/csv" }));
    const link = create("a", { href: address, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
    work.isSent();
    const stopping = [...work.codings.values()].filter((one) => one.lost === "interview" || !coder.themes.has(work.theme(one.theme))).length;
    const folder = `resources/codings/${work.who}/`;
    const twice = coder.data.others.filter((row) => coder.data.coders[row[1]] === work.who && !known(row[0])).length;
    select("#suite-texte").replaceChildren(
      create("p", {}, `${coder.plural(work.codings.size, "codage")}, tous entretiens ensemble, dans `, code(name), "."),
      create("ol", {}, create("li", {}, "Déposez ce fichier dans le dossier de l'étude : ", code(folder), ". Il y remplace celui du même nom."),
        create("li", {}, "Depuis le dossier du programme, lancez : ", code("make run"), " (avec ", code("STUDY=…"), " si l'étude est dans un autre dossier).")),
      stopping ? create("p", { class: "avis" }, `${coder.plural(stopping, "codage nomme", "codages nomment")} un entretien ou un thème que l'étude n'a pas${NB}: le programme s'arrêtera en le disant. Donnez-leur un thème de la grille, ou supprimez-les.`) : "",
      twice ? create("p", { class: "avis" }, `L'étude contient aussi ${coder.plural(twice, "codage")} à votre nom, venus d'autres fichiers de ce dossier : laissez ces fichiers en place. Si vous les aviez ouverts ici, retirez-les, sans quoi les mêmes codages y seraient deux fois.`) : "");
    select("#suite").showModal();
  };
  const known = (id) => [...work.codings.values()].some((one) => one.id === id);

  // ---- in: one's own earlier files, merged without doubles
  const key = (one) => [one.i, one.turn, one.start, one.end, work.theme(one.theme)].join(String.fromCharCode(31));
  const ABOUT = ["memo", "hyp", "stance"];

  function coding(cells) {
    const own = {
      uid: work.uid(), id: cells.coding || coder.ownId(cells, work.who), i: cells.interview, quote: cells.quote, theme: cells.theme,
      memo: cells.memo, hyp: cells.hypothesis, stance: cells.hypothesis ? cells.stance : "", before: cells.before, after: cells.after,
      turn: cells.turn ? Number(cells.turn) : null, start: cells.start ? Number(cells.start) : null, end: null,
    };
    return work.placed(own);
  }

  // {pairs for work.change, same, differing: [mine, theirs], lost} of the rows of a file.
  coder.merge = (rows) => {
    const byId = new Map([...work.codings.values()].map((one) => [one.id, one]));
    const byPlace = new Map([...work.codings.values()].filter((one) => !one.lost).map((one) => [key(one), one]));
    const found = { pairs: [], same: 0, differing: [], lost: 0 };
    for (const { cells } of rows) {
      const theirs = coding(cells);
      const mine = byId.get(theirs.id) || (theirs.lost ? null : byPlace.get(key(theirs)));
      if (!mine) {
        found.pairs.push([null, theirs]);
        found.lost += theirs.lost ? 1 : 0;
        byId.set(theirs.id, theirs);
        if (!theirs.lost) byPlace.set(key(theirs), theirs);
      } else if ((mine.lost || theirs.lost || key(mine) === key(theirs)) && ABOUT.every((name) => mine[name] === theirs[name])) found.same += 1;
      else found.differing.push([mine, theirs]);
    }
    return found;
  };

  async function opened(files) {
    const [told, rows] = [[], []];
    const { others, coders } = coder.data;
    const owners = new Map(others.filter((row) => coders[row[1]] !== work.who).map((row) => [row[0], coders[row[1]]]));
    for (const file of files) {
      const bytes = new Uint8Array(await file.arrayBuffer());
      let text = "";
      try { text = new TextDecoder("utf-8", { fatal: true }).decode(bytes); } catch {
        told.push(`${file.name}${NB}: ce n'est pas de l'UTF-8 ; enregistrez-le en CSV UTF-8.`);
        continue;
      }
      const read = coder.fromCsv(text);
      const foreign = read.rows.filter(({ cells }) => owners.has(cells.coding));
      if (foreign.length) told.push(`${file.name}${NB}: ${coder.plural(foreign.length, "codage est", "codages sont")} de ${owners.get(foreign[0].cells.coding)}, laissés${NB}: n'ouvrez ici que les vôtres.`);
      rows.push(...read.rows.filter((row) => !foreign.includes(row)));
      told.push(...read.faults.map((fault) => `${file.name}, ${fault}`));
    }
    const merged = coder.merge(rows);
    work.change(merged.pairs, "ouverture d'un fichier");
    show(merged, told);
  }

  function show(merged, faults) {
    const added = merged.pairs.length;
    const told = [`${coder.plural(added, "codage ajouté", "codages ajoutés")}${merged.same ? `, ${coder.plural(merged.same, "était déjà là", "étaient déjà là")}` : ""}.`,
      merged.lost ? `${coder.plural(merged.lost, "codage est à revoir", "codages sont à revoir")}${NB}: mots introuvables, ou à plusieurs endroits, dans les textes actuels. La liste est au-dessus du texte.` : ""];
    const list = create("ul", {}, ...faults.map((fault) => create("li", {}, fault)));
    const differing = create("div", {});
    if (merged.differing.length) {
      const take = create("button", { type: "button" }, "Prendre les versions du fichier");
      take.addEventListener("click", () => {
        const pairs = merged.differing.map(([mine, theirs]) => [work.codings.get(mine.uid), { ...theirs, uid: mine.uid, id: mine.id || theirs.id }]);
        work.change(pairs.filter(([mine]) => mine), "versions du fichier");
        take.replaceWith(create("p", {}, "Les versions du fichier sont prises (Ctrl+Z rend les autres)."));
      });
      differing.append(create("p", {}, `${coder.plural(merged.differing.length, "codage diffère", "codages diffèrent")} (mémo, thème ou bornes)${NB}: celui de ce navigateur est gardé.`),
        create("ul", {}, ...merged.differing.slice(0, 20).map(([mine, theirs]) => create("li", {}, `${mine.i}, tour ${mine.turn ?? "?"}, ${coder.themeTitle(mine.theme)}${NB}: ici « ${mine.memo || mine.quote} » ; dans le fichier « ${theirs.memo || theirs.quote} »`))), take);
    }
    select("#entree-texte").replaceChildren(...told.filter(Boolean).map((text) => create("p", {}, text)), differing,
      ...(faults.length ? [create("p", { class: "avis" }, "À vérifier dans le fichier :"), list] : []));
    select("#entree").showModal();
  }
  select("#fichier").addEventListener("change", (event) => {
    opened([...event.target.files]);
    event.target.value = "";
  });
  coder.import = () => (work.who ? select("#fichier").click() : coder.ask());
})();
