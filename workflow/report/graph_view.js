// Zoom and pan of a graph: its frame scrolls, the drawing grows; pointer, wheel, fingers and keys.
"use strict";
rapport.graphView = (() => {
  const { select } = rapport;
  const STEP = 1.25;
  const LARGEST = 4;
  const SMALLEST = 0.2;
  // A small graph is not made larger than this to fill its frame.
  const MOST = 1.6;
  // No label under so many pixels unless the reader asks to see everything.
  const LEGIBLE = 9;
  const DRAG = 4;
  const views = new Map();

  // `frame` holds the drawing `svg` of `graph`; `told` is called with the scale whenever it changes.
  function open(frame, svg, graph, told) {
    const before = views.get(frame);
    const view = { frame, svg, graph, told, scale: 1, fitted: true };
    views.set(frame, view);
    if (!before) listen(frame);
    set(view, 1);
    fit(frame);
  }

  // What was drawn while its page was not open has its size when it is; a size that was chosen stays.
  function refresh(frame) {
    if (views.get(frame).fitted) fit(frame);
  }

  function set(view, scale) {
    view.scale = Math.min(LARGEST, Math.max(SMALLEST, scale));
    const [width, height] = view.graph.size;
    view.svg.style.width = `${Math.round(width * view.scale)}px`;
    view.svg.style.height = `${Math.round(height * view.scale)}px`;
    view.told(view.scale);
  }

  function room(frame) {
    const style = getComputedStyle(frame);
    const highest = Math.max(320, window.innerHeight * 0.8);
    return [frame.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight), highest - 8];
  }

  // As large as the frame allows, never so small that a label cannot be read; all of it with `whole`.
  function fit(frame, whole = false) {
    const view = views.get(frame);
    if (!view || !frame.clientWidth) return;
    const [width, height] = view.graph.size;
    const [wide, high] = room(frame);
    const largest = Math.min(MOST, wide / width, high / height);
    const legible = LEGIBLE / Math.min(...view.graph.font);
    set(view, whole ? largest : Math.max(legible, largest));
    view.fitted = !whole;
    const most = view.graph.n.indexOf(Math.max(...view.graph.n));
    centre(frame, most);
  }

  // Zoom so that the place under (x, y) of the window stays there.
  function zoom(frame, factor, x, y) {
    const view = views.get(frame);
    if (!view) return;
    const box = frame.getBoundingClientRect();
    const [left, top] = [x === undefined ? box.width / 2 : x - box.left, y === undefined ? box.height / 2 : y - box.top];
    const held = view.svg.getBoundingClientRect();
    const at = [(box.left + left - held.left) / view.scale, (box.top + top - held.top) / view.scale];
    set(view, view.scale * factor);
    view.fitted = false;
    const now = view.svg.getBoundingClientRect();
    frame.scrollLeft += now.left + at[0] * view.scale - (box.left + left);
    frame.scrollTop += now.top + at[1] * view.scale - (box.top + top);
  }

  function centre(frame, word) {
    const { graph, scale } = views.get(frame);
    frame.scrollLeft = graph.x[word] * scale - frame.clientWidth / 2;
    frame.scrollTop = graph.y[word] * scale - frame.clientHeight / 2;
  }

  // Bring a word into the frame, if it is not there.
  function reveal(frame, word) {
    const { svg } = views.get(frame);
    const box = frame.getBoundingClientRect();
    const own = select(`[data-mot="${word}"]`, svg).getBoundingClientRect();
    if (own.left < box.left || own.right > box.right || own.top < box.top || own.bottom > box.bottom) centre(frame, word);
  }

  // The word that stands nearest in a direction, or the same.
  function towards({ graph }, word, [dx, dy]) {
    let [best, least] = [word, Infinity];
    graph.words.forEach((_, i) => {
      const [x, y] = [graph.x[i] - graph.x[word], graph.y[i] - graph.y[word]];
      const along = x * dx + y * dy;
      const aside = Math.abs(x * dy) + Math.abs(y * dx);
      if (i === word || along <= 0 || aside > 2 * along) return;
      if (along + 2 * aside < least) [best, least] = [i, along + 2 * aside];
    });
    return best;
  }

  function listen(frame) {
    let held = null;
    frame.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoom(frame, event.deltaY < 0 ? STEP : 1 / STEP, event.clientX, event.clientY);
    }, { passive: false });
    frame.addEventListener("pointerdown", (event) => {
      if (event.pointerType === "mouse" && event.button === 0) held = [event.clientX, event.clientY, frame.scrollLeft, frame.scrollTop, false];
    });
    window.addEventListener("pointermove", (event) => {
      if (!held) return;
      const [x, y] = [event.clientX - held[0], event.clientY - held[1]];
      if (!held[4] && Math.hypot(x, y) < DRAG) return;
      held[4] = true;
      frame.classList.add("tire");
      frame.scrollLeft = held[2] - x;
      frame.scrollTop = held[3] - y;
    });
    window.addEventListener("pointerup", () => {
      // What ends a drag is no click on what lies under it.
      if (held && held[4]) {
        const stop = (event) => { event.stopPropagation(); event.preventDefault(); };
        window.addEventListener("click", stop, { capture: true, once: true });
        setTimeout(() => window.removeEventListener("click", stop, { capture: true }), 0);
      }
      held = null;
      frame.classList.remove("tire");
    });
    pinch(frame);
    // The frame gets wider or narrower with the window and with the panel.
    let width = frame.clientWidth;
    new ResizeObserver(() => {
      if (frame.clientWidth === width) return;
      width = frame.clientWidth;
      requestAnimationFrame(() => refresh(frame));
    }).observe(frame.parentElement);
  }

  function pinch(frame) {
    let apart = 0;
    const spread = ([a, b]) => Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
    frame.addEventListener("touchstart", (event) => { apart = event.touches.length === 2 ? spread(event.touches) : 0; }, { passive: true });
    frame.addEventListener("touchmove", (event) => {
      if (!apart || event.touches.length !== 2) return;
      event.preventDefault();
      const [a, b] = event.touches;
      const now = spread(event.touches);
      zoom(frame, now / apart, (a.clientX + b.clientX) / 2, (a.clientY + b.clientY) / 2);
      apart = now;
    }, { passive: false });
  }

  return { open, fit, refresh, zoom, reveal, towards, of: (frame) => views.get(frame), STEP };
})();
