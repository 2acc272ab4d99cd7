// Figures travel packed together (gzip, base64); each image gets its own when the page opens.
"use strict";
(() => {
  async function unpacked() {
    const packed = atob(document.getElementById("figures").textContent);
    const bytes = Uint8Array.from(packed, (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return JSON.parse(await new Response(stream).text());
  }

  function refuse(image) {
    image.replaceWith(rapport.create("p", { class: "vide" },
      "Ce navigateur est trop ancien pour montrer la figure ici\u00a0; ouvrez le fichier ci-dessous."));
  }

  document.addEventListener("DOMContentLoaded", async () => {
    const images = rapport.all("img[data-figure]");
    try {
      const figures = await unpacked();
      for (const image of images) {
        image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(figures[image.dataset.figure])}`;
      }
    } catch {
      images.forEach(refuse);
    }
    document.documentElement.dataset.figures = "1";
  });
})();
