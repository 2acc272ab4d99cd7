// Figures travel packed together; each image gets its own when the page opens.
"use strict";
(() => {
  // A figure is an image of its own: it takes with it the outlines of the letters that it shows.
  function whole(svg, glyphs) {
    const names = new Set(Array.from(svg.matchAll(/href="#([\w-]+)"/g), (found) => found[1]));
    const shown = [...names].filter((name) => name in glyphs).map((name) => `<path id="${name}" ${glyphs[name]}/>`);
    return svg.replace(/<svg[^>]*>/, (opening) => `${opening}<defs>${shown.join("")}</defs>`);
  }

  function refuse(image) {
    image.replaceWith(rapport.create("p", { class: "vide" },
      "Ce navigateur est trop ancien pour montrer la figure ici\u00a0; ouvrez le fichier ci-dessous."));
  }

  addEventListener("pret", async () => {
    const images = rapport.all("img[data-figure]");
    try {
      const { figures, glyphs } = await unpacked("figures");
      for (const image of images) {
        image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(whole(figures[image.dataset.figure], glyphs))}`;
      }
    } catch {
      images.forEach(refuse);
    }
    document.documentElement.dataset.figures = "1";
  });
})();
