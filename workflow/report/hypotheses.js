// Copying a coding as findings.yaml cites it.
"use strict";
(() => {
  const { all } = rapport;

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest(".reference");
    if (!button) return;
    await copy(button.dataset.reference);
    const before = button.textContent;
    button.textContent = "Copiée";
    rapport.say("Référence copiée : à coller dans resources/findings.yaml");
    setTimeout(() => { button.textContent = before; }, 1500);
  });
  for (const button of all(".reference-de[hidden]")) button.hidden = false;
})();
