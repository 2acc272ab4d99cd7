// The caret goes by words and by turns. The words chosen are held by two places: where they were begun, and the caret.
"use strict";
(() => {
  const { select, view } = coder;
  const SENTENCE = /[^.!?…]+(?:[.!?…]+["»”]?|$)/gu;
  const caret = { t: 0, k: 0 };
  let begun = null;
  let range = null;

  const tokens = (t) => view.tokens(view.turns[t]);
  const before = (a, b) => a.t < b.t || (a.t === b.t && a.u <= b.u);
  // « l' » does not end a passage: the word that it belongs to comes with it.
  const unelided = ({ t, u }) => {
    const next = /['’ʼ]/.test(view.turns[t].text[u - 1] || "") && tokens(t).find((token) => token.start === u && token.isWord);
    return { t, u: next ? next.end : u };
  };
  const edges = ({ t, k }) => {
    const token = tokens(t)[k] || { start: 0, end: 0 };
    return [{ t, u: token.start }, { t, u: token.end }];
  };

  // ---- what is chosen: `from` and `to`, places in turns, in order
  const touched = (one) => (one ? view.turns.slice(one.from.t, one.to.t + 1).map((turn) => turn.number) : []);
  const here = () => (view.turns[caret.t] ? [view.turns[caret.t].number] : []);
  const marked = () => coder.all(".curseur", select("#texte")).map((word) => Number(word.closest(".tour").dataset.n));
  function choose(next) {
    const old = range;
    range = next;
    view.redraw([...touched(old), ...touched(next), ...marked(), ...here()]);
    document.dispatchEvent(new CustomEvent("choix"));
  }
  function part(turn, t) {
    if (!range || t < range.from.t || t > range.to.t) return null;
    let [start, end] = [t === range.from.t ? range.from.u : 0, t === range.to.t ? range.to.u : turn.text.length];
    while (start < end && coder.isSpace(turn.text[start])) start += 1;
    while (end > start && coder.isSpace(turn.text[end - 1])) end -= 1;
    return start < end ? { turn, start, end, chosen: true } : null;
  }

  coder.choice = {
    in(turn) { return this.parts().filter((one) => one.turn === turn); },
    // One passage for each turn; what the interviewer says between two turns of the participant is left out.
    parts() {
      if (!range) return [];
      const all = view.turns.slice(range.from.t, range.to.t + 1).map((turn, i) => part(turn, range.from.t + i)).filter(Boolean);
      const spoken = all.filter((one) => !one.turn.isInterviewer);
      return spoken.length ? spoken : all;
    },
    clear() { begun = null; choose(null); },
    // Two places as the mouse or a finger gave them; a word that they cut is taken whole, unless `isExact`.
    set(a, b, isExact) {
      let [from, to] = before(a, b) ? [a, b] : [b, a];
      if (!isExact) [from, to] = [snapped(from, "start"), unelided(snapped(to, "end"))];
      begun = { t: from.t, k: nearest(from.t, from.u) };
      Object.assign(caret, { t: to.t, k: nearest(to.t, Math.max(0, to.u - 1)) });
      choose({ from, to });
    },
    // Moves the end that the caret is at by one letter.
    nudge(by) {
      if (!range) return;
      const isEnd = !begun || begun.t < caret.t || (begun.t === caret.t && begun.k <= caret.k);
      const edge = isEnd ? range.to : range.from;
      const { text } = view.turns[edge.t];
      const letters = by > 0 ? [...text.slice(edge.u)].slice(0, 1) : [...text.slice(0, edge.u)].slice(-1);
      const moved = { t: edge.t, u: edge.u + by * (letters[0] || "").length };
      const next = isEnd ? { from: range.from, to: moved } : { from: moved, to: range.to };
      if (next.from.t !== next.to.t || next.from.u < next.to.u) choose(next);
    },
  };

  function snapped({ t, u }, side) {
    const cut = tokens(t).find((token) => token.isWord && token.start < u && u < token.end);
    return { t, u: cut ? cut[side] : u };
  }

  function nearest(t, u) {
    const all = tokens(t);
    const at = all.findIndex((token) => token.end > u);
    return at < 0 ? Math.max(0, all.length - 1) : at;
  }

  // ---- the caret
  coder.caret = {
    in(turn) {
      const token = view.turns[caret.t] === turn && document.activeElement === select("#texte") && tokens(caret.t)[caret.k];
      return token ? [{ start: token.start, end: token.end, caret: true }] : [];
    },
    place: () => ({ ...caret }),
    turn: () => view.turns[caret.t],
    unit: () => (tokens(caret.t)[caret.k] || { start: 0 }).start,
    begin() { Object.assign(caret, { t: 0, k: 0 }); begun = null; range = null; },
    to(place, extends_) {
      if (extends_) begun = begun || { ...caret };
      else begun = null;
      Object.assign(caret, place);
      if (!extends_) { choose(null); this.show(); return; }
      const [first, last] = edges(begun)[0].t < caret.t || (begun.t === caret.t && begun.k <= caret.k) ? [begun, caret] : [caret, begun];
      choose({ from: edges(first)[0], to: unelided(edges(last)[1]) });
      this.show();
    },
    at(t, u, extends_) { this.to({ t, k: nearest(t, u) }, extends_); },
    // By a word; by punctuation too when words are being chosen.
    step(by, extends_) {
      let { t, k } = caret;
      for (;;) {
        k += by;
        while (!tokens(t)[k]) {
          t += by;
          if (!view.turns[t]) return;
          k = by > 0 ? 0 : tokens(t).length - 1;
          if (!tokens(t).length) k = by > 0 ? -1 : 0;
          if (k < 0) break;
        }
        if (k >= 0 && tokens(t)[k] && (extends_ || tokens(t)[k].isWord)) break;
      }
      this.to({ t, k }, extends_);
    },
    turnBy(by, extends_) {
      const t = Math.min(view.turns.length - 1, Math.max(0, caret.t + by));
      if (extends_) this.to({ t, k: by > 0 ? Math.max(0, tokens(t).length - 1) : 0 }, true);
      else this.to({ t, k: 0 }, false);
    },
    // To the word above or below, where the browser tells which it is.
    line(by, extends_) {
      const now = select(".curseur", select("#texte"));
      const rect = now && now.getClientRects()[0];
      const step = rect && parseFloat(getComputedStyle(now.parentElement).lineHeight);
      const found = rect && coder.placeAt(rect.left + 2, rect.top + rect.height / 2 + by * step);
      if (found && found.t === caret.t) this.at(found.t, found.u, extends_);
      else {
        const t = caret.t + by;
        if (view.turns[t]) this.to({ t, k: by > 0 ? 0 : Math.max(0, tokens(t).length - 1) }, extends_);
      }
    },
    edge(side, isWhole, extends_) {
      const t = !isWhole ? caret.t : side < 0 ? 0 : view.turns.length - 1;
      this.to({ t, k: side < 0 ? 0 : Math.max(0, tokens(t).length - 1) }, extends_);
    },
    // The sentence, then each time the next one.
    sentence() {
      const from = range ? range.from : edges(caret)[0];
      const at = range && range.to.t === from.t ? range.to.u : from.u;
      const { text } = view.turns[from.t];
      const all = [...text.matchAll(SENTENCE)].map((found) => [found.index, found.index + found[0].length]);
      const own = all.find(([, end]) => end > at) || all[all.length - 1];
      if (!own) return;
      coder.choice.set({ t: from.t, u: range ? Math.min(from.u, own[0]) : own[0] }, { t: from.t, u: own[1] }, true);
      this.show();
    },
    whole() {
      const t = caret.t;
      coder.choice.set({ t, u: 0 }, { t, u: view.turns[t].text.length }, true);
    },
    show() {
      const shown = select(".curseur", select("#texte")) || (view.turns[caret.t] && view.turns[caret.t].element);
      if (shown) shown.scrollIntoView({ block: "nearest", behavior: "instant" });
      const parts = coder.choice.parts();
      const token = tokens(caret.t)[caret.k];
      if (parts.length) coder.say(`choisi${coder.NB}: ${parts.map((one) => one.turn.text.slice(one.start, one.end)).join(" ")}`);
      else if (token) coder.say(token.start ? view.turns[caret.t].text.slice(token.start, token.end)
        : `${view.turns[caret.t].code}, tour ${view.turns[caret.t].number}${coder.NB}: ${view.turns[caret.t].text.slice(0, 300)}`);
    },
    draw() { view.redraw([...marked(), ...here()]); },
  };

  // The place in the text under a point of the window.
  coder.placeAt = (x, y) => {
    const found = document.caretPositionFromPoint ? document.caretPositionFromPoint(x, y) : document.caretRangeFromPoint(x, y);
    return found ? coder.placeOf(found.offsetNode || found.startContainer, found.offset ?? found.startOffset) : null;
  };
  // The place in the text of a node and offset; null outside the words of a turn.
  coder.placeOf = (node, offset) => {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    const said = element && element.closest(".dit");
    if (!said || !select("#texte").contains(said)) return null;
    const counted = document.createRange();
    counted.setStart(said, 0);
    counted.setEnd(node, offset);
    return { t: view.at.get(Number(said.parentElement.dataset.n)), u: counted.toString().length };
  };
})();
