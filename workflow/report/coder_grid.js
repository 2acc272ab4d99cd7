// The grid: themes with their definitions, found by a few letters, and nine of them under the digits.
"use strict";
(() => {
  const { data, select, all, create, work } = coder;
  const tree = select("#themes");
  const field = select("#cherche-theme");
  const sheet = select("#fiche");
  const SLOTS = 9;
  const families = new Map();
  let current = null;

  coder.themes = new Map();
  let [family, sister] = [-1, 0];
  for (const [id, title, level, definition, inclusion, exclusion, examples, hypotheses] of data.themes) {
    [family, sister] = level ? [family, sister + 1] : [family + 1, 0];
    families.set(id, [family % 8, sister % 3]);
    coder.themes.set(id, { id, title, level, definition, inclusion, exclusion, examples, hypotheses });
  }
  // The colour that a theme shares with its family, and the kind of line that tells it from its sisters.
  coder.family = (id) => (families.get(work.theme(id)) || [7])[0];
  coder.line = (id) => (families.get(work.theme(id)) || [7, 0])[1];

  const items = new Map();
  for (const { id, title, level } of coder.themes.values()) {
    const item = create("li", { role: "treeitem", id: `theme-${items.size}`, "data-id": id, "aria-level": level + 1,
      "aria-selected": "false", tabindex: "-1", class: `niveau-${Math.min(level, 3)}`, style: `--k:var(--f${coder.family(id)})` },
    create("span", { class: "titre" }, title), create("kbd", { class: "case" }), create("span", { class: "compte" }));
    items.set(id, item);
    tree.append(item);
  }
  const shown = () => [...items.values()].filter((item) => !item.hidden);

  // ---- definitions
  function define(id) {
    const theme = coder.themes.get(id);
    if (!theme) return;
    const rows = [["Définition", theme.definition], ["Inclut", theme.inclusion], ["Exclut", theme.exclusion],
      ["Exemples", theme.examples.join(" · ")]].filter(([, text]) => text);
    const n = [...work.codings.values()].filter((one) => work.theme(one.theme) === id).length;
    const list = create("button", { type: "button", class: "lien" }, n ? `Voir mes ${coder.plural(n, "codage")}` : "Aucun de mes codages");
    list.disabled = !n;
    list.addEventListener("click", () => coder.list(id));
    sheet.replaceChildren(create("h3", {}, theme.title), create("dl", {}, ...rows.flatMap(([name, text]) => [
      create("dt", {}, name), create("dd", {}, text)])), list);
  }

  function mark(id) {
    current = id;
    for (const [own, item] of items) {
      item.setAttribute("aria-selected", String(own === id));
      item.tabIndex = own === id ? 0 : -1;
    }
    const item = items.get(id);
    if (!item) { field.removeAttribute("aria-activedescendant"); return; }
    field.setAttribute("aria-activedescendant", item.id);
    item.scrollIntoView({ block: "nearest", behavior: "instant" });
    define(id);
  }

  // ---- search: all the words asked for, in the title first, then in the definition
  const haystacks = new Map([...coder.themes.values()].map((theme) => [theme.id,
    [coder.plain(`${theme.title} ${theme.id}`), coder.plain(`${theme.definition} ${theme.inclusion} ${theme.examples.join(" ")}`)]]));
  function filter() {
    const asked = coder.plain(field.value).split(/\s+/).filter(Boolean);
    const rank = (id) => {
      const [title, about] = haystacks.get(id);
      if (asked.every((word) => title.includes(word))) return title.startsWith(asked[0] || "") ? 0 : 1;
      return asked.every((word) => title.includes(word) || about.includes(word)) ? 2 : 3;
    };
    for (const [id, item] of items) item.hidden = rank(id) === 3;
    const best = [...coder.themes.keys()].filter((id) => rank(id) < 3).sort((a, b) => rank(a) - rank(b))[0];
    select("#aucun-theme").hidden = Boolean(best) || !items.size;
    mark(asked.length ? best || null : best && current && !items.get(current).hidden ? current : best || null);
    if (asked.length) coder.say(best ? `${coder.plural(shown().length, "thème")}${coder.NB}: ${coder.themes.get(best).title}` : "Aucun thème.");
  }

  coder.search = () => {
    coder.takeFingers();
    coder.openPane("grille");
    field.value = "";
    filter();
    field.focus();
  };

  function leave() {
    field.value = "";
    filter();
    coder.openPane("lecture");
    select("#texte").focus({ preventScroll: true });
    coder.caret.show();
  }
  function use(id, stays) {
    if (id && coder.moving) { coder.tell("Finissez d'abord de choisir les bornes : Entrée dans le texte, ou Échap."); return; }
    if (id && coder.code(id) && !stays) leave();
  }
  function walk(event, from) {
    const list = shown();
    const at = list.indexOf(items.get(current));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 8, PageUp: at - 8, ...(from === "tree" ? { Home: 0, End: list.length - 1 } : {}) }[event.key];
    if (to === undefined || !list.length) return false;
    event.preventDefault();
    const item = list[Math.max(0, Math.min(list.length - 1, to))];
    mark(item.dataset.id);
    if (from === "tree") item.focus();
    else coder.say(item.querySelector(".titre").textContent);
    return true;
  }
  field.addEventListener("input", filter);
  field.addEventListener("keydown", (event) => {
    if (walk(event, "field")) return;
    if (event.key === "Enter") { event.preventDefault(); use(current, event.shiftKey); }
    if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); leave(); }
  });
  tree.addEventListener("keydown", (event) => {
    if (walk(event, "tree")) return;
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); use(current, event.shiftKey); }
    if (event.key === "Escape") { event.stopPropagation(); leave(); }
  });
  tree.addEventListener("click", (event) => {
    const item = event.target.closest("li");
    if (!item) return;
    mark(item.dataset.id);
    if (coder.choice.parts().length || coder.fingers) use(item.dataset.id, false);
  });
  tree.addEventListener("pointerover", (event) => {
    const item = event.target.closest("li");
    if (item) define(item.dataset.id);
  });
  tree.addEventListener("pointerleave", () => { if (current) define(current); });
  tree.addEventListener("focusin", (event) => { if (event.target.dataset.id) mark(event.target.dataset.id); });

  // ---- themes under the digits: one keeps its digit as long as it is among the last nine used
  let uses = [];
  coder.useSlot = (theme) => {
    uses = [...uses.filter((one) => one !== theme), theme];
    const slots = work.slots;
    if (!slots.includes(theme)) {
      const oldest = slots.length < SLOTS ? slots.length
        : slots.indexOf([...slots].sort((a, b) => uses.indexOf(a) - uses.indexOf(b))[0]);
      slots[oldest] = theme;
    }
    digits();
  };
  coder.slot = (n) => work.slots.filter((id) => coder.themes.has(id))[n - 1];
  coder.slotButtons = () => work.slots.filter((id) => coder.themes.has(id)).slice(0, SLOTS).map((id, i) => {
    const element = create("button", { type: "button", class: "court", style: `--k:var(--f${coder.family(id)})` }, create("kbd", {}, String(i + 1)), coder.themes.get(id).title);
    element.addEventListener("click", () => { coder.code(id); });
    return element;
  });
  function digits() {
    const slots = work.slots.filter((id) => coder.themes.has(id));
    for (const [id, item] of items) item.querySelector(".case").textContent = slots.includes(id) ? slots.indexOf(id) + 1 : "";
    document.dispatchEvent(new CustomEvent("cases"));
  }

  // ---- my codings, counted: in the open interview, and in all
  function count() {
    const [here, total] = [new Map(), new Map()];
    const open = data.interviews.length ? coder.interview().id : "";
    for (const coding of work.codings.values()) {
      const id = work.theme(coding.theme);
      total.set(id, (total.get(id) || 0) + 1);
      if (coding.i === open) here.set(id, (here.get(id) || 0) + 1);
    }
    for (const [id, item] of items) {
      const n = total.get(id) || 0;
      const cell = item.querySelector(".compte");
      cell.textContent = n ? `${here.get(id) || 0} / ${n}` : "";
      cell.title = n ? `${here.get(id) || 0} dans cet entretien, ${n} en tout` : "";
    }
    if (current && !sheet.matches(":hover")) define(current);
  }
  document.addEventListener("codages", (event) => { if (!event.detail) digits(); count(); });
  document.addEventListener("entretien", count);
  if (items.size) mark(items.keys().next().value);
  all("#themes li").forEach((item, i) => { if (!i) item.tabIndex = 0; });
})();
