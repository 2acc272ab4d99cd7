// One coding: its theme, memo, hypothesis and stance. All of them: a list to go through, and to print.
"use strict";
(() => {
  const { data, select, create, work, view, choice } = coder;
  const panel = select("#codage");
  const STANCES = [["pour", "pour"], ["contre", "contre"], ["nuance", "nuance"]];
  const FRENCH = { for: "pour", against: "contre", nuance: "nuance" };
  const title = (id) => (coder.themes.get(work.theme(id)) || { title: `${id} (hors grille)` }).title;
  coder.themeTitle = title;

  const active = () => work.codings.get(view.active);
  const heading = (text) => create("h2", {}, text);
  const button = (label, key, act, name) => {
    const element = create("button", { type: "button", class: name || null }, label, key ? create("kbd", {}, key) : null);
    element.addEventListener("click", act);
    return element;
  };

  function edit(changes, label) {
    const old = active();
    if (old && Object.entries(changes).some(([name, value]) => old[name] !== value)) work.change([[old, { ...old, ...changes }]], label);
  }

  function choices(name, label, options, value, act) {
    const field = create("select", { id: `codage-${name}` }, ...options.map(([id, text]) => create("option", { value: id }, text)));
    field.value = value;
    field.addEventListener("change", () => act(field.value));
    return create("p", { class: "champ cote" }, create("label", { for: `codage-${name}` }, label), field);
  }

  function stances(coding) {
    const group = create("fieldset", { class: "position" }, create("legend", { class: "cache" }, "Position"));
    for (const [value, label] of [["", "aucune"], ...STANCES]) {
      const input = create("input", { type: "radio", name: "position", value });
      input.checked = coding.stance === value;
      input.disabled = !coding.hyp && Boolean(value);
      input.addEventListener("change", () => edit({ stance: value }, "position"));
      group.append(create("label", {}, input, ` ${label}`));
    }
    return group;
  }

  function themeChoices(coding) {
    const options = [...coder.themes.values()].map((theme) => [theme.id, `${"\u2003".repeat(theme.level)}${theme.title}`]);
    const own = work.theme(coding.theme);
    return coder.themes.has(own) ? options : [[own, `${own} (hors grille)`], ...options];
  }

  function hypotheses(coding) {
    const near = (coder.themes.get(work.theme(coding.theme)) || { hypotheses: [] }).hypotheses;
    const known = data.hypotheses.map(([id, name]) => [id, near.includes(id) ? `${name} (liée au thème)` : name]);
    const strange = coding.hyp && !known.some(([id]) => id === coding.hyp) ? [[coding.hyp, `${coding.hyp} (non déclarée)`]] : [];
    return [["", "aucune"], ...known, ...strange];
  }

  function mine(coding) {
    const memo = create("textarea", { id: "codage-memo", rows: "2", spellcheck: "true" });
    memo.value = coding.memo;
    memo.addEventListener("change", () => edit({ memo: memo.value.trim() }, "mémo"));
    const acts = create("div", { class: "gestes" },
      button("Bornes", "X", () => coder.rebound(coding.uid)), button("Supprimer", "Suppr", coder.drop));
    panel.replaceChildren(create("div", { class: "codage-tete" }, heading("Ce codage"), button("Fermer", "Échap", () => view.activate(null), "fermer")),
      create("p", { class: "extrait" }, `« ${coder.brief(coding, 90)} »`),
      choices("theme", "Thème", themeChoices(coding), work.theme(coding.theme), (theme) => edit({ theme }, "thème")),
      create("p", { class: "champ" }, create("label", { for: "codage-memo" }, "Mémo ", create("kbd", {}, "M")), memo),
      data.hypotheses.length || coding.hyp
        ? choices("hypothese", "Hypothèse", hypotheses(coding), coding.hyp, (hyp) => edit(hyp ? { hyp } : { hyp, stance: "" }, "hypothèse")) : null,
      ...(data.hypotheses.length || coding.hyp ? [stances(coding)] : []), acts);
  }

  function another(uid) {
    const own = uid.slice(6);
    const row = data.others.find(([id]) => id === own);
    if (!row) return;
    const [, who, , , , , theme, memo, hyp, stance] = row;
    const about = [["Thème", title(theme)], ["Mémo", memo], ["Hypothèse", hyp && (data.hypotheses.find(([id]) => id === hyp) || [0, hyp])[1]],
      ["Position", FRENCH[stance]]].filter(([, text]) => text);
    panel.replaceChildren(create("div", { class: "codage-tete" }, heading(`Codage de ${data.coders[who]}`), button("Fermer", "Échap", () => view.activate(null), "fermer")),
      create("dl", {}, ...about.flatMap(([name, text]) => [create("dt", {}, name), create("dd", {}, text)])),
      create("p", { class: "note" }, "Vous le lisez seulement : il n'entre pas dans votre fichier."));
  }

  // A field that is being left must not be replaced under the hand: what is shown of one coding is put right in place.
  let drawnFor = null;
  function draw() {
    const uid = view.active;
    panel.hidden = !uid;
    if (!uid) panel.replaceChildren();
    else if (drawnFor === uid && active()) refresh(active());
    else if (active()) mine(active());
    else another(uid);
    drawnFor = uid;
  }
  function refresh(coding) {
    const memo = select("#codage-memo");
    if (document.activeElement !== memo) memo.value = coding.memo;
    select("#codage-theme").value = work.theme(coding.theme);
    select(".extrait", panel).textContent = `« ${coder.brief(coding, 90)} »`;
    const hypothesis = select("#codage-hypothese");
    if (!hypothesis) return;
    hypothesis.value = coding.hyp;
    for (const input of panel.querySelectorAll("input[type=radio]")) {
      input.checked = input.value === coding.stance;
      input.disabled = !coding.hyp && Boolean(input.value);
    }
  }
  coder.commit = () => {
    const memo = select("#codage-memo");
    if (memo && active()) edit({ memo: memo.value.trim() }, "mémo");
  };
  document.addEventListener("actif", draw);

  coder.memo = () => {
    if (!active()) { coder.tell("Choisissez d'abord un de vos codages : N et B vont de l'un à l'autre."); return; }
    if (!coder.moving) choice.clear();
    coder.openPane("grille");
    select("#codage-memo").focus();
  };
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" && !(event.key === "Enter" && (event.ctrlKey || event.metaKey))) return;
    event.preventDefault();
    event.stopPropagation();
    coder.commit();
    coder.openPane("lecture");
    select("#texte").focus({ preventScroll: true });
    if (event.key === "Escape") view.activate(null);
  });

  coder.drop = () => {
    const old = active();
    if (!old) return;
    view.activate(null);
    work.change([[old, null]], `suppression de « ${title(old.theme)} »`);
    coder.tell(`Codage supprimé${coder.NB}: ${title(old.theme)}. Ctrl+Z le rend.`);
    select("#texte").focus({ preventScroll: true });
  };

  // ---- from one to the next
  coder.next = (by) => {
    const all = work.sorted(work.of(coder.interview().id).filter((one) => !one.lost));
    if (!all.length) { coder.tell("Aucun codage à vous dans cet entretien."); return; }
    const at = all.findIndex((one) => one.uid === view.active);
    const to = at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length;
    coder.go(all[to]);
  };
  coder.go = (coding) => {
    const place = coder.places.get(coding.i);
    if (place === undefined) return;
    if (view.place !== place) coder.read(place);
    coder.openPane("lecture");
    if (coding.lost) return;
    const turn = view.turn(coding.turn);
    coder.caret.at(view.at.get(coding.turn), coder.toUnits(turn.text, coding.start));
    view.activate(coding.uid);
    select("#texte").focus({ preventScroll: true });
    turn.element.scrollIntoView({ block: "nearest", behavior: "instant" });
    coder.caret.show();
    coder.say(`${title(coding.theme)}${coder.NB}: ${coding.quote}`);
  };

  // ---- the list of my codings, by theme; what printing prints
  const note = (coding) => [coding.memo, coding.hyp && [(data.hypotheses.find(([id]) => id === coding.hyp) || [0, coding.hyp])[1], coding.stance].filter(Boolean).join(`${coder.NB}: `)]
    .filter(Boolean).join(" — ");
  const WHY = { words: "ses mots ne sont pas retrouvés à coup sûr dans le texte actuel", interview: "l'étude n'a plus cet entretien" };

  function entry(coding, isLink) {
    const where = `${coding.i}, tour ${coding.turn ?? "?"}`;
    const link = isLink && coder.places.has(coding.i) ? button(where, null, () => { select("#liste").close(); coder.go(coding); }, "lien") : create("span", {}, where);
    return create("li", {}, create("q", {}, coding.quote), create("p", {}, link, note(coding) ? ` · ${note(coding)}` : "",
      coding.lost ? ` · à revoir${coder.NB}: ${WHY[coding.lost]}` : ""));
  }

  function byTheme(codings, isLink) {
    const ids = [...new Set([...coder.themes.keys(), ...codings.map((one) => work.theme(one.theme))])];
    return ids.map((id) => [id, codings.filter((one) => work.theme(one.theme) === id)]).filter(([, own]) => own.length)
      .map(([id, own]) => create("section", {}, create("h3", {}, `${title(id)} `, create("small", {}, coder.plural(own.length, "codage"))),
        create("ol", {}, ...own.map((one) => entry(one, isLink)))));
  }

  coder.list = (theme) => {
    const dialog = select("#liste");
    const codings = work.sorted().filter((one) => !theme || work.theme(one.theme) === theme);
    const body = codings.length ? byTheme(codings, true) : [create("p", { class: "vide" }, "Vous n'avez encore rien codé.")];
    select("#liste-corps").replaceChildren(...body);
    select("#liste-titre").textContent = theme ? `Mes codages${coder.NB}: ${title(theme)}` : `Mes ${coder.plural(codings.length, "codage")}`;
    dialog.showModal();
  };
  addEventListener("beforeprint", () => {
    const codings = work.sorted();
    select("#impression").replaceChildren(create("h1", {}, data.title),
      create("p", {}, `${coder.plural(codings.length, "codage")} de ${work.who || "…"}, ${coder.plural(new Set(codings.map((one) => one.i)).size, "entretien")}`),
      ...byTheme(codings, false));
  });

  // ---- codings whose words no longer stand
  coder.review = () => {
    const box = select("#a-revoir");
    const lost = work.sorted(work.lost());
    box.hidden = !lost.length;
    const told = `${coder.plural(lost.length, "codage")} à revoir${coder.NB}: leurs mots ne sont pas retrouvés à coup sûr`;
    select("#a-revoir-titre").textContent = told;
    select("#a-revoir-liste").replaceChildren(...lost.map((coding) => {
      const acts = create("div", { class: "gestes" });
      if (coder.places.has(coding.i)) acts.append(button("Replacer", null, () => { coder.go(coding); coder.rebound(coding.uid); }));
      acts.append(button("Supprimer", null, () => work.change([[coding, null]], "suppression")));
      return create("li", {}, create("b", {}, `${title(coding.theme)} · ${coding.i}, tour ${coding.turn ?? "?"}`),
        create("p", {}, create("small", {}, `${coding.before} `), create("q", {}, coding.quote), create("small", {}, ` ${coding.after}`)),
        note(coding) ? create("p", {}, note(coding)) : null,
        coding.lost === "interview" ? create("p", { class: "note" }, `${WHY.interview}.`) : null, acts);
    }));
  };
  document.addEventListener("codages", coder.review);
})();
