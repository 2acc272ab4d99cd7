// Tables: sort by a click, copy, filter; the whole list of words, searched.
"use strict";
(() => {
  const { data, select, all, create } = rapport;
  const FEW = 30;
  const MORE = 200;

  function value(cell) {
    if (!cell) return "";
    const text = (select("button", cell) || cell).textContent.trim();
    const number = text.replace(/[\s\u00a0\u202f%+()]/g, "").replace("−", "-").replace(",", ".").replace(/^<0\.001$/, "0.0005");
    const head = /^-?\d+(\.\d+)?/.exec(number);
    return head && /^[-+−<(\d]/.test(text) && !/[a-zà-ÿ]/i.test(text) ? Number(head[0]) : text;
  }

  function compare(a, b) {
    if (typeof a === "number" && typeof b === "number") return a - b;
    if (typeof a === "number") return -1;
    if (typeof b === "number") return 1;
    return a.localeCompare(b, "fr", { numeric: true });
  }

  function sort(table, column, head) {
    const down = head.getAttribute("aria-sort") === "descending"
      || (!head.hasAttribute("aria-sort") && !head.classList.contains("num"));
    for (const other of all("th[aria-sort]", table)) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "ascending" : "descending");
    const body = table.tBodies[0];
    const rows = [...body.rows].map((row, i) => [value(row.cells[column]), i, row]);
    rows.sort((a, b) => (down ? 1 : -1) * compare(a[0], b[0]) || a[1] - b[1]);
    body.append(...rows.map((row) => row[2]));
  }

  function makeSortable(table) {
    all("thead th:not(.sans-tri)", table).forEach((head) => {
      const button = create("button", { type: "button" }, ...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => sort(table, head.cellIndex, head));
    });
  }

  async function copy(button) {
    const table = select("table", button.closest(".tableau"));
    const clean = table.cloneNode(true);
    for (const inner of all("button, a", clean)) inner.replaceWith(...inner.childNodes);
    const text = [...clean.rows].map((row) => [...row.cells].map((cell) => cell.textContent.trim().replace(/\s+/g, " ")).join("\t")).join("\n");
    try {
      await navigator.clipboard.write([new ClipboardItem({
        "text/html": new Blob([clean.outerHTML], { type: "text/html" }),
        "text/plain": new Blob([text], { type: "text/plain" }),
      })]);
    } catch {
      const range = document.createRange();
      range.selectNode(table);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      document.execCommand("copy");
      getSelection().removeAllRanges();
    }
    const before = button.textContent;
    button.textContent = "Copié";
    rapport.say("Tableau copié");
    setTimeout(() => { button.textContent = before; }, 1500);
  }

  function wordRow([number, occurrences, segments, interviews, active]) {
    const [lemma, pos] = data.words[number];
    const cell = (name, text, ...rest) => create(name, {}, text, ...rest);
    const count = create("button", { type: "button", class: "v" }, rapport.integer(segments));
    return create("tr", { "data-w": lemma, "data-p": pos },
      cell("th", create("button", { type: "button", class: "mot", "data-w": lemma }, lemma)),
      create("td", { class: "txt" }, data.pos[pos] || pos), create("td", { class: "txt" }, active ? "actif" : "supplémentaire"),
      cell("td", rapport.integer(occurrences)), cell("td", count), cell("td", rapport.integer(interviews)));
  }

  function listWords(analysis, most) {
    const body = select(`#mots-${CSS.escape(analysis.id)}`);
    if (!body) return;
    const wanted = rapport.plain(select(`[data-mots="${CSS.escape(analysis.id)}"]`).value.trim());
    const onlyActive = select(`[data-actifs="${CSS.escape(analysis.id)}"]`).checked;
    const rows = analysis.words.filter((row) => (!onlyActive || row[4]) && (!wanted || rapport.plain(data.words[row[0]][0]).includes(wanted)));
    body.replaceChildren(...rows.slice(0, most).map(wordRow));
    for (const head of all("th[aria-sort]", body.closest("table"))) head.removeAttribute("aria-sort");
    const note = select(`#suite-${CSS.escape(analysis.id)}`);
    note.replaceChildren(rows.length > most ? `Les ${most} premiers de ${rapport.plural(rows.length, "lemme")}. ` : `${rapport.plural(rows.length, "lemme")}.`);
    if (rows.length > most) {
      const button = create("button", { type: "button" }, "Montrer la suite");
      button.addEventListener("click", () => listWords(analysis, most + MORE));
      note.append(button);
    }
  }

  function filterRows(input) {
    const wanted = rapport.plain(input.value.trim());
    for (const row of select(`#${input.dataset.filtre}`).rows) row.hidden = !rapport.plain(row.textContent).includes(wanted);
  }

  addEventListener("pret", () => {
    all("table.donnees").forEach(makeSortable);
    for (const input of all("[data-filtre]")) input.addEventListener("input", () => filterRows(input));
    for (const analysis of data.analyses) {
      const input = select(`[data-mots="${CSS.escape(analysis.id)}"]`);
      if (!input) continue;
      input.addEventListener("input", () => listWords(analysis, FEW));
      select(`[data-actifs="${CSS.escape(analysis.id)}"]`).addEventListener("change", () => listWords(analysis, FEW));
      listWords(analysis, FEW);
    }
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".copier");
    if (button) copy(button);
  });
})();
