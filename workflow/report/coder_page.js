// The page: interviews on the left, what is kept and what is not, keys, panes of a narrow window.
"use strict";
(() => {
  const { data, select, all, create, work, view, caret, choice, NB } = coder;
  const text = select("#texte");
  let saying = 0;

  // A word to whoever works, for some seconds, and to whoever listens.
  coder.tell = (told) => {
    const box = select("#dit");
    box.textContent = told;
    box.hidden = false;
    coder.say(told);
    clearTimeout(saying);
    saying = setTimeout(() => { box.hidden = true; }, 4500);
  };

  // ---- interviews
  const list = select("#liste-entretiens");
  const entries = data.interviews.map((interview, place) => {
    const panels = [...new Set(interview.speakers.filter((one) => !one[1] && one[2]).map((one) => one[2]))].join(", ");
    const element = create("button", { type: "button" }, create("span", { class: "etat-lu", "aria-hidden": "true" }),
      create("span", { class: "nom" }, interview.id), create("span", { class: "compte" }), panels ? create("small", {}, panels) : null);
    element.addEventListener("click", () => { coder.read(place); coder.openPane("lecture"); text.focus({ preventScroll: true }); });
    list.append(create("li", {}, element));
    return { element, panels };
  });
  const STATES = { lu: "lu", ouvert: "commencé", "": "non lu" };
  function progress() {
    let done = 0;
    data.interviews.forEach((interview, place) => {
      const n = work.of(interview.id).length;
      const state = work.read[interview.id] || (n ? "ouvert" : "");
      done += state === "lu";
      const { element, panels } = entries[place];
      element.querySelector(".compte").textContent = n || "";
      element.dataset.etat = state;
      element.setAttribute("aria-label", `${interview.id}${panels ? `, ${panels}` : ""}, ${STATES[state]}, ${coder.plural(n, "codage")}`);
      if (place === view.place) element.setAttribute("aria-current", "true"); else element.removeAttribute("aria-current");
    });
    select("#avancement").textContent = `${done} / ${coder.plural(data.interviews.length, "lu", "lus")} · ${coder.plural(work.codings.size, "codage")}`;
    select("#avancement-trait").style.setProperty("--w", data.interviews.length ? done / data.interviews.length : 0);
    select("#mes-codages b").textContent = work.codings.size;
    if (!data.interviews.length) return;
    select("#lu").checked = work.read[coder.interview().id] === "lu";
    select("#entretien-compte").textContent = coder.plural(work.of(coder.interview().id).length, "codage");
  }

  function leave() {
    if (view.turns.length && caret.turn()) work.at[coder.interview().id] = caret.turn().number;
  }
  coder.read = (place) => {
    if (!data.interviews[place]) return;
    leave();
    caret.begin();
    view.open(place);
    const { id } = coder.interview();
    if (!work.read[id]) work.read[id] = "ouvert";
    work.at[""] = id;
    select("#entretien-nom").textContent = id;
    const panels = entries[place].panels;
    select("#entretien-panel").textContent = [panels, coder.plural(view.turns.length, "tour")].filter(Boolean).join(" · ");
    select("#precedent").disabled = place === 0;
    select("#suivant").disabled = place === data.interviews.length - 1;
    const left = view.at.get(work.at[id]) || 0;
    if (left) {
      caret.at(left, 0);
      view.turns[left].element.scrollIntoView({ block: "start", behavior: "instant" });
    } else {
      select("#lecture").scrollTop = 0;
      scrollTo({ top: 0, behavior: "instant" });
    }
    entries[place].element.scrollIntoView({ block: "nearest", behavior: "instant" });
    progress();
    document.dispatchEvent(new CustomEvent("choix"));
    if (coder.moving) select("#texte").focus({ preventScroll: true });
  };
  coder.start = () => {
    select("#bouton-qui b").textContent = work.who;
    const last = coder.places.get(work.at[""]) ?? 0;
    if (data.interviews.length) coder.read(last);
    coder.review();
    kept();
    text.focus({ preventScroll: true });
  };
  function isRead(value) {
    if (!data.interviews.length) return;
    work.read[coder.interview().id] = value ? "lu" : "ouvert";
    leave();
    work.save();
    progress();
  }
  select("#lu").addEventListener("change", (event) => isRead(event.target.checked));
  select("#precedent").addEventListener("click", () => coder.read(view.place - 1));
  select("#suivant").addEventListener("click", () => coder.read(view.place + 1));
  document.addEventListener("codages", progress);

  // ---- what is kept
  function kept() {
    const n = work.unsent.size;
    const where = !work.canKeep ? "Ce navigateur refuse d'enregistrer : téléchargez avant de fermer"
      : work.isFull ? "La mémoire du navigateur est pleine : téléchargez avant de fermer"
        : "Enregistré dans ce navigateur";
    const state = select("#etat");
    state.textContent = `${where} · ${n ? `${n} à télécharger` : work.sent ? "tout est téléchargé" : "rien à télécharger"}`;
    state.classList.toggle("alerte", !work.canKeep || work.isFull);
    select("#defaire").disabled = !work.canUndo();
    select("#refaire").disabled = !work.canRedo();
  }
  document.addEventListener("enregistre", kept);
  document.addEventListener("codages", kept);
  addEventListener("beforeunload", (event) => {
    coder.commit();
    if (!work.who) return;
    leave();
    work.keep();
    if (work.unsent.size) event.preventDefault();
  });
  addEventListener("pagehide", () => { coder.commit(); work.keep(); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) { coder.commit(); work.keep(); } });

  // ---- others' codings
  function showOthers() {
    view.showsOthers = !view.showsOthers;
    const state = select("#autres");
    state.setAttribute("aria-checked", String(view.showsOthers));
    state.querySelector("span").textContent = view.showsOthers ? "montrés" : "masqués";
    state.querySelector(".tres-large").hidden = view.showsOthers;
    if (!view.showsOthers && (view.active || "").startsWith("autre-")) view.activate(null);
    view.draw(view.turns);
    coder.tell(view.showsOthers ? "Codages des autres montrés, en pointillé : vous ne codez plus en aveugle. Ils n'entrent pas dans votre fichier."
      : "Codages des autres masqués.");
  }
  const nOthers = data.others.length;
  select("#autres").disabled = !nOthers;
  if (!nOthers) {
    select("#autres span").textContent = "il n'y en a pas";
    select("#autres .tres-large").hidden = true;
  }
  select("#autres").addEventListener("click", showOthers);

  // ---- undo and redo
  function turnBack(gesture, what) {
    if (!gesture) { coder.tell(`Rien à ${what === "Défait" ? "défaire" : "refaire"}.`); return; }
    const one = gesture.pairs.flat().filter(Boolean)[0];
    coder.tell(`${what}${NB}: ${gesture.label}${one.i === coder.interview().id ? "" : ` (${one.i})`}`);
  }
  const undo = () => { coder.commit(); turnBack(work.undo(), "Défait"); };
  const redo = () => turnBack(work.redo(), "Refait");

  // ---- panes of a narrow window
  coder.openPane = (name) => {
    document.body.dataset.volet = name;
    for (const tab of all(".volets button")) tab.setAttribute("aria-pressed", String(tab.dataset.volet === name));
    if (name === "lecture") coder.margins.place(view.turns);
  };
  for (const tab of all(".volets button")) tab.addEventListener("click", () => coder.openPane(tab.dataset.volet));
  let width = 0;
  new ResizeObserver(([entry]) => {
    if (Math.abs(entry.contentRect.width - width) < 1 || !view.turns.length) return;
    width = entry.contentRect.width;
    coder.margins.place(view.turns);
  }).observe(text);

  // ---- keys
  const KEYS = {
    ArrowRight: (e) => caret.step(1, e.shiftKey), ArrowLeft: (e) => caret.step(-1, e.shiftKey),
    ArrowDown: (e) => caret.line(1, e.shiftKey), ArrowUp: (e) => caret.line(-1, e.shiftKey),
    PageDown: (e) => caret.turnBy(1, e.shiftKey), PageUp: (e) => caret.turnBy(-1, e.shiftKey),
    Home: (e) => caret.edge(-1, false, e.shiftKey), End: (e) => caret.edge(1, false, e.shiftKey),
    j: () => caret.turnBy(1), k: () => caret.turnBy(-1), p: () => caret.sentence(), t: () => caret.whole(),
    m: () => coder.memo(), n: () => coder.next(1), b: () => coder.next(-1), o: () => { if (nOthers) showOthers(); },
    l: () => { isRead(!select("#lu").checked); coder.tell(select("#lu").checked ? "Entretien lu." : "Entretien non lu."); },
    x: () => { if (work.codings.has(view.active)) coder.rebound(view.active); },
    Delete: () => coder.drop(), Backspace: () => coder.drop(), Escape: () => coder.cancel(),
    Enter: () => { if (coder.moving) coder.bound(); else if (choice.parts().length) coder.search(); else onCoding(); },
  };
  function onCoding() {
    const turn = caret.turn();
    const here = turn && turn.marks.filter((mark) => mark.start <= caret.unit() && caret.unit() < mark.end).map((mark) => mark.coding.uid);
    if (!here || !here.length) { coder.tell("Choisissez des mots (Maj + flèches, P la phrase, T le tour), puis Entrée."); return; }
    view.activate(here[(here.indexOf(view.active) + 1) % here.length]);
  }
  text.addEventListener("keydown", (event) => {
    if (event.target !== text || event.metaKey || !view.turns.length) return;
    if (event.altKey && event.shiftKey && ["ArrowRight", "ArrowLeft"].includes(event.key)) choice.nudge(event.key === "ArrowRight" ? 1 : -1);
    else if (event.altKey && ["PageDown", "PageUp"].includes(event.key)) coder.read(view.place + (event.key === "PageDown" ? 1 : -1));
    else if (event.ctrlKey && ["Home", "End"].includes(event.key)) caret.edge(event.key === "Home" ? -1 : 1, true, event.shiftKey);
    else if (event.ctrlKey || event.altKey) return;
    else if (/^[1-9]$/.test(event.key) || /^Digit[1-9]$/.test(event.code)) digit(event);
    else if (KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key]) KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key](event);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  // The row of digits, whatever the keyboard: « & » is 1 on a French one.
  function digit(event) {
    const theme = coder.slot(/^[1-9]$/.test(event.key) ? event.key : event.code.slice(5));
    if (theme && !coder.moving) coder.code(theme);
    else if (!theme) coder.tell("Aucun thème encore sous ce chiffre : Entrée pour en choisir un.");
  }
  document.addEventListener("keydown", (event) => {
    const field = event.target.closest("textarea, input:not([type=radio]):not([type=checkbox]), select");
    if (select("dialog[open]")) return;
    const letter = event.key.toLowerCase();
    if ((event.ctrlKey || event.metaKey) && !event.altKey) {
      if (letter === "s") { event.preventDefault(); coder.download(); return; }
      if (field) return;
      if (letter === "z") { event.preventDefault(); (event.shiftKey ? redo : undo)(); }
      if (letter === "y") { event.preventDefault(); redo(); }
      return;
    }
    if (field) return;
    if (event.key === "/") { event.preventDefault(); coder.search(); }
    if (event.key === "?") { event.preventDefault(); select("#aide").showModal(); }
    if (event.key === "Escape" && event.target !== text) { text.focus({ preventScroll: true }); }
  });
  text.addEventListener("focus", () => caret.draw());
  text.addEventListener("blur", () => { if (view.turns.length) caret.draw(); });
  text.addEventListener("click", (event) => {
    const label = event.target.closest(".etiquette");
    if (label) view.activate(label.dataset.uid === view.active ? null : label.dataset.uid);
  });

  const acts = { "bouton-qui": coder.ask, telecharger: coder.download, ouvrir: coder.import, "mes-codages": () => coder.list(),
    "bouton-aide": () => select("#aide").showModal(), defaire: undo, refaire: redo, imprimer: () => print() };
  for (const [id, act] of Object.entries(acts)) select(`#${id}`).addEventListener("click", () => act());
  for (const close of all("dialog .ferme")) close.addEventListener("click", () => close.closest("dialog").close());

  // ---- begin
  document.documentElement.classList.add("pret");
  coder.openPane("lecture");
  const who = work.lastWho();
  if (who) coder.begin(who); else { coder.start(); coder.ask(); }
})();
