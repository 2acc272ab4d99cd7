// Choosing words with the mouse, a finger or the keys, and giving them a theme.
"use strict";
(() => {
  const { select, view, work, caret, choice, create } = coder;
  const text = select("#texte");
  const bar = select("#barre");
  let pointer = "mouse";
  let waiting = 0;

  // ---- mouse and touch
  function placesOf(selection) {
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const own = selection.getRangeAt(0);
    const inside = view.turns.map((turn, t) => [turn, t]).filter(([turn]) => own.intersectsNode(turn.said));
    if (!inside.length || !text.contains(own.commonAncestorContainer)) return null;
    const [, first] = inside[0];
    const [lastTurn, last] = inside[inside.length - 1];
    const from = coder.placeOf(own.startContainer, own.startOffset) || { t: first, u: 0 };
    const to = coder.placeOf(own.endContainer, own.endOffset) || { t: last, u: lastTurn.text.length };
    return [from, to];
  }

  addEventListener("pointerdown", (event) => { pointer = event.pointerType; }, true);
  text.addEventListener("pointerup", (event) => {
    if (event.pointerType !== "mouse" || event.target.closest("button")) return;
    setTimeout(() => taken(event), 0);
  });
  function taken(event) {
    const found = placesOf(getSelection());
    if (found) {
      choice.set(...found, event.altKey);
      getSelection().removeAllRanges();
    } else clicked(event);
    text.focus({ preventScroll: true });
  }
  text.addEventListener("click", (event) => {
    if (pointer !== "mouse" && !event.target.closest("button") && getSelection().isCollapsed) clicked(event);
  });
  function clicked(event) {
    const found = coder.placeAt(event.clientX, event.clientY);
    if (found) caret.at(found.t, found.u, event.shiftKey);
    const under = (event.target.codings || []).filter((uid) => uid !== view.active);
    view.activate(event.shiftKey ? view.active : under.length ? under[under.length - 1] : null);
  }
  // A finger adjusts its choice for a while: it is followed without touching the page.
  document.addEventListener("selectionchange", () => {
    if (pointer === "mouse") return;
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const found = placesOf(getSelection());
      if (found) { coder.fingers = found; tell(); }
    }, 250);
  });
  coder.takeFingers = () => {
    if (!coder.fingers) return;
    const found = coder.fingers;
    coder.fingers = null;
    getSelection().removeAllRanges();
    choice.set(...found, false);
  };

  // ---- coding
  coder.code = (theme) => {
    if (!work.who) { coder.ask(); return false; }
    coder.takeFingers();
    const parts = choice.parts();
    if (!parts.length) { coder.say("Choisissez d'abord des mots du texte."); coder.tell("Choisissez d'abord des mots du texte."); return false; }
    const place = view.place;
    const known = new Set(work.of(coder.interview().id).filter((one) => !one.lost)
      .map((one) => [one.turn, one.start, one.end, work.theme(one.theme)].join()));
    const made = parts.map(({ turn, start, end }) => [turn, coder.toPoints(turn.text, start), coder.toPoints(turn.text, end)])
      .filter(([turn, start, end]) => !known.has([turn.number, start, end, theme].join()))
      .map(([turn, start, end]) => ({
        uid: work.uid(), id: "", i: coder.interview().id, theme, memo: "", hyp: "", stance: "", ...coder.holding(place, turn.number, start, end),
      }));
    const { title } = coder.themes.get(theme);
    coder.useSlot(theme);
    if (!made.length) { coder.tell(`Ces mots ont déjà le thème « ${title} ».`); return true; }
    work.change(made.map((one) => [null, one]), `codage « ${title} »`);
    view.activate(made[0].uid);
    coder.tell(`${made.length > 1 ? `${made.length} codages, un par tour` : "Codé"}${coder.NB}: ${title}`);
    return true;
  };

  // New bounds for a coding, or a place for one whose words were not found.
  coder.rebound = (uid) => {
    coder.moving = uid;
    const coding = work.codings.get(uid);
    if (coding && !coding.lost) {
      const turn = view.turn(coding.turn);
      const t = view.at.get(coding.turn);
      choice.set({ t, u: coder.toUnits(turn.text, coding.start) }, { t, u: coder.toUnits(turn.text, coding.end) }, true);
    }
    tell();
    text.focus({ preventScroll: true });
    caret.show();
  };
  coder.bound = () => {
    coder.takeFingers();
    const parts = choice.parts();
    const old = work.codings.get(coder.moving);
    if (!old) { coder.moving = null; tell(); return; }
    if (parts.length !== 1) { coder.tell("Un codage tient dans un seul tour : choisissez des mots d'un tour."); return; }
    const [{ turn, start, end }] = parts;
    const { lost, ...kept } = old;
    const held = coder.holding(view.place, turn.number, coder.toPoints(turn.text, start), coder.toPoints(turn.text, end));
    coder.moving = null;
    work.change([[old, { ...kept, i: coder.interview().id, ...held }]], "nouvelles bornes");
    choice.clear();
    view.activate(old.uid);
    coder.tell("Nouvelles bornes enregistrées.");
  };
  coder.cancel = () => {
    coder.fingers = null;
    if (coder.moving) coder.moving = null;
    else if (!choice.parts().length) view.activate(null);
    getSelection().removeAllRanges();
    choice.clear();
  };

  // ---- the bar under the text: what is chosen and what can be done with it
  const button = (label, key, act, name) => {
    const element = create("button", { type: "button", class: name || null }, label, key ? create("kbd", {}, key) : null);
    element.addEventListener("click", act);
    return element;
  };
  function tell() {
    const parts = coder.fingers ? [] : choice.parts();
    const hasWords = parts.length > 0 || Boolean(coder.fingers);
    bar.hidden = !hasWords && !coder.moving;
    document.body.classList.toggle("choisit", !bar.hidden);
    if (bar.hidden) { bar.replaceChildren(); return; }
    const words = coder.fingers ? String(getSelection()) : parts.map((one) => one.turn.text.slice(one.start, one.end)).join(" … ");
    const n = (words.match(/[\p{L}\p{N}]+/gu) || []).length;
    const shown = words.length > 90 ? `${words.slice(0, 50)} … ${words.slice(-34)}` : words;
    const turns = parts.length > 1 ? `, ${parts.length} tours${coder.NB}: un codage par tour` : "";
    const told = create("p", { class: "choisis" }, hasWords ? `« ${shown} » ` : "Choisissez les mots du passage. ",
      hasWords ? create("small", {}, `${coder.plural(n, "mot")}${turns}`) : null);
    const acts = coder.moving
      ? [button("Prendre ces bornes", "Entrée", coder.bound, "fort"), button("Renoncer", "Échap", coder.cancel)]
      : [button("Choisir un thème", "Entrée", () => coder.search(), "fort"),
        work.codings.has(view.active) ? button("Mémo", "M", () => coder.memo()) : null, ...coder.slotButtons(), button("Annuler", "Échap", coder.cancel, "second")];
    bar.replaceChildren(told, create("div", { class: "gestes" }, ...acts.filter(Boolean)));
  }
  document.addEventListener("choix", tell);
  document.addEventListener("actif", tell);
  document.addEventListener("cases", tell);
})();
