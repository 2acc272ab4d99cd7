// A similarity graph as SVG: halos, links as wide as their weight, words framed in their colour.
"use strict";
rapport.graphDrawing = (() => {
  const SVG = "http://www.w3.org/2000/svg";
  // Widths of links in pixels, and the white about a word, as in the figures.
  const THINNEST = 0.8;
  const THICKEST = 6.1;
  const [LINE, WHITE] = [1.25, 5.3];
  const BOLD_FROM = 13.3;
  const NEUTRAL = "#8A939B";
  // Mean Jaccard index under which a community dissolves (Hennig 2007).
  const FIRM = 0.5;

  function make(name, attributes = {}, ...children) {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) if (value !== null) element.setAttribute(key, value);
    element.append(...children);
    return element;
  }

  // The number of the colour of each word (0: none), under `by`: classe, communaute or modalite.
  function numbers(graph, by) {
    if (by === "classe") return graph.class;
    if (by === "modalite") return graph.modality;
    const haloed = new Set(graph.communities.map(([number]) => number));
    return graph.community.map((number) => (haloed.has(number) ? number : 0));
  }

  const tint = (palette, number) => (number ? palette[(number - 1) % palette.length] : NEUTRAL);

  // What more than half of the words of a community bear, or 0.
  function majority(own) {
    const times = new Map();
    for (const number of own) times.set(number, (times.get(number) || 0) + 1);
    const [[number, most]] = [...times].sort((a, b) => b[1] - a[1]);
    return 2 * most > own.length ? number : 0;
  }

  function widths(graph) {
    const weights = graph.links.map((link) => link[2]);
    const [low, high] = [Math.min(...weights), Math.max(...weights)];
    const of = (weight) => THINNEST + (THICKEST - THINNEST) * (high > low ? (weight - low) / (high - low) : 0.4);
    return { low, high, of };
  }

  function halos(graph, colours, palette) {
    const firm = new Map(graph.communities.map(([number, stability]) => [String(number), stability]));
    return Object.entries(graph.halos).map(([number, path]) => {
      const own = colours.filter((_, i) => String(graph.community[i]) === number);
      const weak = firm.get(number) !== null && firm.get(number) < FIRM;
      return make("path", { class: weak ? "sim-halo fragile" : "sim-halo", d: path, style: `--k:${tint(palette, majority(own))}` },
        make("title", {}, `Communauté ${number}`));
    });
  }

  function lines(graph, tell) {
    const { of } = widths(graph);
    return graph.links.map(([a, b, weight, , , , inTree], i) => {
      const d = `M${graph.x[a]} ${graph.y[a]}L${graph.x[b]} ${graph.y[b]}`;
      return make("g", { class: inTree ? "sim-lien" : "sim-lien hors", "data-lien": i }, make("title", {}, tell.link(i)),
        make("path", { d, style: `stroke-width:${of(weight).toFixed(1)}` }), make("path", { class: "prise", d }));
    // The heaviest of the tree lie above the others.
    }).reverse();
  }

  function words(graph, colours, palette, tell) {
    return graph.words.map((lemma, i) => {
      const [font, height] = [graph.font[i], LINE * graph.font[i] + WHITE];
      const [wide, high] = [graph.width[i] - 2, height - 2];
      const text = make("text", { x: graph.x[i], y: graph.y[i], "font-size": font, "font-weight": font > BOLD_FROM ? 700 : null }, lemma);
      if (colours[i]) text.append(make("tspan", { "font-size": (font * 0.62).toFixed(1), dy: (-font * 0.36).toFixed(1) }, String(colours[i])));
      return make("g", { class: colours[i] ? "sim-mot" : "sim-mot neutre", "data-mot": i, style: `--k:${tint(palette, colours[i])}` }, make("title", {}, tell.word(i)),
        make("rect", { x: (graph.x[i] - wide / 2).toFixed(1), y: (graph.y[i] - high / 2).toFixed(1), width: wide, height: high.toFixed(1), rx: 5 }), text);
    });
  }

  // `tell`: what is said of a word, of a link, by their places, under the pointer.
  function draw(graph, by, palette, tell) {
    const [width, height] = graph.size;
    const colours = numbers(graph, by);
    return make("svg", { class: "sim", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `Graphe de similitude${rapport.NB}: ${graph.counts}` },
      make("g", { class: "sim-halos" }, ...halos(graph, colours, palette)),
      make("g", { class: "sim-liens" }, ...lines(graph, tell)),
      make("g", { class: "sim-mots" }, ...words(graph, colours, palette, tell)));
  }

  // Links of a word, heaviest first: [place of the link, place of the other word].
  function neighbours(graph, word) {
    return graph.links.map(([a, b, weight], i) => [i, a === word ? b : b === word ? a : -1, weight])
      .filter(([, other]) => other >= 0).sort((a, b) => b[2] - a[2]);
  }

  // Show some words and links before the others; nothing chosen: all alike.
  function emphasise(svg, chosen, others, links) {
    svg.classList.toggle("choix", chosen.length + others.length > 0);
    for (const one of rapport.all(".sim-mot", svg)) {
      one.classList.toggle("choisi", chosen.includes(Number(one.dataset.mot)));
      one.classList.toggle("voisin", others.includes(Number(one.dataset.mot)));
    }
    for (const one of rapport.all(".sim-lien", svg)) one.classList.toggle("choisi", links.includes(Number(one.dataset.lien)));
  }

  return { draw, emphasise, neighbours, numbers, tint, widths };
})();
