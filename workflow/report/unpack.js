// Texts and figures travel packed (gzip, base64). The other scripts wait for the texts, and begin with the event "pret".
"use strict";
async function unpacked(id) {
  const packed = atob(document.getElementById(id).textContent);
  const bytes = Uint8Array.from(packed, (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

const texts = {};
(async () => {
  const parsed = new Promise((done) => { document.addEventListener("DOMContentLoaded", done); });
  try {
    Object.assign(texts, await unpacked("donnees"));
  } catch {
    await parsed;
    const said = document.createElement("p");
    said.className = "bandeau verifier";
    said.textContent = "Ce navigateur est trop ancien\u00a0: tout se lit, mais rien ne s'ouvre ni ne se cherche. Prenez-en un de 2023 ou après.";
    document.querySelector("main").prepend(said);
    return;
  }
  await parsed;
  for (const waiting of document.querySelectorAll('script[type="text/plain"]')) {
    const script = document.createElement("script");
    script.textContent = waiting.textContent;
    waiting.replaceWith(script);
  }
  dispatchEvent(new Event("pret"));
})();
