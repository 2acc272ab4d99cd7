// Beside each turn: a bar as tall as the passage, and the name of its theme.
"use strict";
(() => {
  const { create, select, work } = coder;
  const BAR = 8;
  const STANCES = { pour: "(+)", for: "(+)", contre: "(−)", against: "(−)", nuance: "(±)" };

  function label({ coding, isMine }) {
    const theme = coder.themes.get(work.theme(coding.theme));
    const title = theme ? theme.title : `${coding.theme} (hors grille)`;
    const notes = [coding.stance ? STANCES[coding.stance] : "", coding.memo ? "✎" : ""].filter(Boolean).join(" ");
    const told = [isMine ? "" : `${coding.who}${coder.NB}: `, title, notes ? ` ${notes}` : ""].join("");
    const element = create("button", { type: "button", class: `etiquette ${isMine ? `mienne ligne-${coder.line(coding.theme)}` : "autre"}`, "data-uid": coding.uid,
      style: `--k:var(--f${coder.family(coding.theme)})`, title: coding.memo || null }, told);
    const said = `${isMine ? "Mon codage" : `Codage de ${coding.who}`}, ${title}, « ${coder.brief(coding, 60)} »`
      + `${coding.memo ? `, mémo${coder.NB}: ${coding.memo}` : ""}`;
    element.setAttribute("aria-label", said);
    element.classList.toggle("actif", coding.uid === coder.view.active);
    return element;
  }

  coder.brief = (coding, n) => {
    const text = coding.quote || coder.cut(coder.view.turn(coding.turn).text, coding.start, coding.end);
    return text.length > n ? `${text.slice(0, n - 1)}…` : text;
  };

  function fill(turn) {
    turn.bars = turn.marks.map((mark) => ({
      mark, label: label(mark),
      bar: create("i", { class: `barre ${mark.isMine ? `ligne-${coder.line(mark.coding.theme)}` : "autre"}`, "aria-hidden": "true", style: `--k:var(--f${coder.family(mark.coding.theme)})` }),
    }));
    turn.margin.replaceChildren(...turn.bars.flatMap(({ bar, label: own }) => [bar, own]));
  }

  // The passage whose name is pointed at, in the words and in the margin.
  const text = select("#texte");
  for (const [kind, isOn] of [["pointerover", true], ["pointerout", false], ["focusin", true], ["focusout", false]]) {
    text.addEventListener(kind, (event) => {
      const own = event.target.closest(".etiquette");
      const turn = own && coder.view.turn(Number(own.closest(".tour").dataset.n));
      if (!turn) return;
      for (const piece of turn.said.children) {
        if ((piece.codings || []).includes(own.dataset.uid)) piece.classList.toggle("survol", isOn);
      }
      for (const one of turn.bars) if (one.label === own) one.bar.classList.toggle("survol", isOn);
    });
  }

  // Reads all places, then writes all: the browser lays the page out once.
  coder.margins = {
    draw(turns) {
      for (const turn of turns) fill(turn);
      this.place(turns);
    },
    place(turns) {
      const isWide = getComputedStyle(select("#texte")).getPropertyValue("--marges").trim() === "1";
      const held = turns.filter((turn) => turn.bars.length);
      for (const turn of turns) turn.margin.style.minHeight = "";
      if (!isWide) {
        for (const { label: own } of held.flatMap((turn) => turn.bars)) own.style.cssText = own.style.cssText.replace(/(top|left):[^;]*;?/g, "");
        return;
      }
      for (const turn of held) seen(turn);
      for (const turn of held) spread(turn);
      const heights = held.map((turn) => turn.bars.map(({ label: own }) => own.offsetHeight));
      held.forEach((turn, i) => lower(turn, heights[i]));
    },
  };

  function seen(turn) {
    const top = turn.margin.getBoundingClientRect().top;
    const pieces = [...turn.said.children].map((piece) => [piece, piece.codings || []]);
    for (const one of turn.bars) {
      const rects = pieces.filter(([, codings]) => codings.includes(one.mark.coding.uid)).map(([piece]) => piece.getBoundingClientRect());
      one.top = Math.min(...rects.map((rect) => rect.top)) - top;
      one.bottom = Math.max(...rects.map((rect) => rect.bottom)) - top;
    }
    turn.bars.sort((one, other) => one.top - other.top || other.bottom - one.bottom);
  }

  // Bars side by side where passages overlap, names after them.
  function spread(turn) {
    const ends = [];
    for (const one of turn.bars) {
      let lane = ends.findIndex((end) => end <= one.top);
      if (lane < 0) lane = ends.length;
      ends[lane] = one.bottom;
      Object.assign(one.bar.style, { top: `${one.top}px`, height: `${one.bottom - one.top}px`, left: `${Math.min(lane, 7) * BAR}px` });
    }
    for (const { label: own } of turn.bars) own.style.left = `${Math.min(ends.length, 8) * BAR + 4}px`;
  }

  // Each name where its passage begins, or below the one before; the turn grows when they need more room than it has.
  function lower(turn, heights) {
    let below = 0;
    turn.bars.forEach(({ label: own, top: wanted }, i) => {
      const top = Math.max(wanted, below);
      below = top + heights[i] + 3;
      own.style.top = `${top}px`;
    });
    turn.margin.style.minHeight = `${below}px`;
  }
})();
