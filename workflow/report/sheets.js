// Sheets of themes: a word inside the passages of a theme, and printing one sheet alone.
"use strict";
(() => {
  const { data, all, select, create } = rapport;

  // Where a turn says a word, as [start, end].
  function said(interview, turn, lemma, pos) {
    const tokens = interview.tokens[turn - 1];
    const spans = [];
    let at = 0;
    for (let k = 0; k < tokens.length; k += 3) {
      const start = at + tokens[k];
      at = start + tokens[k + 1];
      const [word, kind] = data.words[tokens[k + 2]];
      if (word === lemma && (!pos || kind === pos)) spans.push([start, at]);
    }
    return spans;
  }

  rapport.showThemeWord = (asked, heading) => {
    const found = rapport.findCodings({ t: asked.t, i: asked.i, exact: asked.exact }).map((passage) => ({
      ...passage,
      spans: said(passage.interview, passage.turn, asked.w, asked.p)
        .filter(([from, to]) => from >= passage.start && to <= passage.end),
    })).filter((passage) => passage.spans.length);
    const n = found.reduce((sum, one) => sum + one.spans.length, 0);
    rapport.show(rapport.plural(found.length, "passage"), `${heading} · ${rapport.plural(n, "occurrence")}`, found, (passage) => {
      const figure = rapport.codingFigure(passage);
      const text = passage.interview.turns[passage.turn - 1][1];
      select("blockquote", figure).replaceChildren(`«${rapport.NB}`,
        ...rapport.marked(text, passage.start, passage.end, passage.spans), `${rapport.NB}»`);
      return figure;
    });
  };

  // Only `element` goes on paper.
  rapport.print = (element) => {
    document.documentElement.classList.add("une-fiche");
    for (let at = element; at && at !== document.body; at = at.parentElement) at.classList.add("a-imprimer");
    element.classList.add("fiche-imprimee");
    const done = () => {
      document.documentElement.classList.remove("une-fiche");
      for (const one of all(".a-imprimer, .fiche-imprimee")) one.classList.remove("a-imprimer", "fiche-imprimee");
    };
    window.addEventListener("afterprint", done, { once: true });
    window.print();
  };

  rapport.printButton = () => {
    const button = create("button", { type: "button", class: "imprimer" }, "Imprimer cette fiche");
    button.addEventListener("click", () => rapport.print(button.closest(".fiche-theme, .fiche-entretien")));
    return button;
  };

  addEventListener("pret", () => {
    for (const fold of all("[data-regle]")) select("p", fold).textContent = select(`#regle-${fold.dataset.regle}`).textContent;
    for (const button of all(".fiche-theme .imprimer")) button.replaceWith(rapport.printButton());
  });
})();
