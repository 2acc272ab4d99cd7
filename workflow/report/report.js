// Navigation: pages by address, the analysis chosen once, search. `rapport` is shared by all scripts.
"use strict";
const rapport = {
  NB: "\u00a0",
  select: (selector, root = document) => root.querySelector(selector),
  all: (selector, root = document) => [...root.querySelectorAll(selector)],
  data: texts,
  analysis: null,
  create(name, attributes = {}, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value !== null && value !== undefined) element.setAttribute(key, value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  },
  integer: (n) => String(n).replace(/\B(?=(\d{3})+$)/g, "\u202f"),
  plural: (n, one, many = one + "s") => `${rapport.integer(n)}\u00a0${n < 2 ? one : many}`,
  percent: (share, digits = 1) => `${(100 * share).toFixed(digits).replace(".", ",")}\u202f%`,
  plain: (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/’/g, "'").toLowerCase(),
  say(text) { rapport.select("#annonce").textContent = text; },
};

rapport.places = new Map(rapport.data.interviews.map((interview, i) => [interview.id, i]));
rapport.current = () => rapport.data.analyses.find((analysis) => analysis.id === rapport.analysis);

(() => {
  const { select, all } = rapport;
  const memory = {
    get() { try { return sessionStorage.getItem("analyse"); } catch { return null; } },
    set(value) { try { sessionStorage.setItem("analyse", value); } catch { /* a page of its own has no memory */ } },
  };

  function chooseAnalysis(id) {
    const known = rapport.data.analyses.some((analysis) => analysis.id === id);
    rapport.analysis = known ? id : rapport.data.analyses[0].id;
    memory.set(rapport.analysis);
    for (const block of all(".analyse")) block.hidden = block.dataset.a !== rapport.analysis;
    const chooser = select("#analyse");
    if (chooser) chooser.value = rapport.analysis;
    document.dispatchEvent(new CustomEvent("analyse"));
  }

  function open(move) {
    const [page, ...rest] = decodeURIComponent(location.hash.slice(1)).split("/");
    const section = select(`#page-${CSS.escape(page)}`) || select(".page");
    const id = section.id.slice(5);
    for (const other of all(".page")) other.classList.toggle("ouverte", other === section);
    for (const link of all(".onglets a")) {
      if (link.getAttribute("href") === `#${id}`) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    const current = select(".onglets [aria-current]");
    if (current) current.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
    if (id === "entretiens") rapport.read(rest[0], Number(rest[1]) || 0);
    const anchor = rest.length && id !== "entretiens" ? target(section, `${id}/${rest[0]}`) : null;
    if (anchor) reveal(anchor);
    else if (move && !(id === "entretiens" && rest[0])) {
      window.scrollTo({ top: 0, behavior: "instant" });
      select("h2", section).focus({ preventScroll: true });
    }
  }

  function target(section, name) {
    return all(`[data-ancre="${CSS.escape(name)}"]`, section).find((element) => !element.closest("[hidden]"));
  }

  function reveal(element) {
    element.scrollIntoView({ behavior: "instant" });
    const heading = select("[tabindex]", element);
    if (heading) heading.focus({ preventScroll: true });
  }

  function search(event) {
    event.preventDefault();
    const asked = select("#cherche").value.trim();
    const wanted = rapport.plain(asked);
    if (!wanted) return;
    const interview = rapport.data.interviews.find((one) => rapport.plain(one.id) === wanted);
    const theme = rapport.data.themes.find(([, title]) => rapport.plain(title) === wanted)
      || (wanted.length > 4 && rapport.data.themes.find(([, title]) => rapport.plain(title).startsWith(wanted)));
    if (interview) location.hash = `entretiens/${interview.id}`;
    else if (theme) location.hash = `themes/${theme[0]}`;
    else rapport.findText(asked);
  }

  addEventListener("pret", () => {
    for (const element of all(".recherche, .choix, .filtre, .copier")) element.hidden = false;
    chooseAnalysis(memory.get());
    open(false);
    window.addEventListener("hashchange", () => open(true));
    select(".recherche").addEventListener("submit", search);
    const chooser = select("#analyse");
    if (chooser) chooser.addEventListener("change", () => { chooseAnalysis(chooser.value); open(false); });
    // What is folded would be missing on paper.
    window.addEventListener("beforeprint", () => {
      for (const fold of all("details:not([open])")) { fold.open = true; fold.dataset.ferme = "1"; }
    });
    window.addEventListener("afterprint", () => {
      for (const fold of all("details[data-ferme]")) { fold.open = false; delete fold.dataset.ferme; }
    });
    document.documentElement.dataset.pret = "1";
  });
})();
