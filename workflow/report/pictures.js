// Figures travel packed together (gzip, base64); each image gets its own when the page opens.
"use strict";
(() => {
  async function unpacked() {
    const packed = atob(document.getElementById("figures").textContent);
    const bytes = Uint8Array.from(packed, (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return JSON.parse(await new Response(stream).text());
  }

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

  document.addEventListener("DOMContentLoaded", async () => {
    const images = rapport.all("img[data-figure]");
    try {
      const { figures, glyphs } = await unpacked();
      for (const image of images) {
        image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(whole(figures[image.dataset.figure], glyphs))}`;
      }
    } catch {
      images.forEach(refuse);
    }
    document.documentElement.dataset.figures = "1";
  });
})();
