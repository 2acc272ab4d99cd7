// A coder's table: CSV as resources/codings/<coder>/ takes it, written and read.
"use strict";
(() => {
  const { columns } = coder.data;
  const OWN = columns.slice(0, 8);
  const SEPARATOR = String.fromCharCode(31);
  const STANCES = { pour: "pour", for: "pour", contre: "contre", against: "contre", nuance: "nuance", nuancé: "nuance" };

  // A text that a spreadsheet would take for a formula gets an apostrophe, which the workflow removes.
  const guarded = (cell) => (/^[=+\-@]/.test(cell) ? `'${cell}` : cell);
  const quoted = (cell) => (/[";,\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const plain = (cell) => {
    const own = coder.strip(cell);
    return /^'[=+\-@]/.test(own) ? own.slice(1) : own;
  };

  coder.cells = (coding) => ({
    coding: coding.id, interview: coding.i, turn: coding.turn === null ? "" : String(coding.turn), quote: coding.quote,
    theme: coding.theme, memo: coding.memo, hypothesis: coding.hyp, stance: coding.stance,
    before: coding.before, after: coding.after, start: coding.start === null ? "" : String(coding.start),
  });

  coder.toCsv = (rows) => `\ufeff${[columns, ...rows.map((cells) => columns.map((name) => guarded(cells[name])))]
    .map((cells) => `${cells.map(quoted).join(";")}\n`).join("")}`;

  // The identifier that the workflow gives to a row that has none: verbatim.codings.own_id.
  coder.ownId = (cells, who) => {
    const words = [who, ...OWN.slice(1).map((name) => cells[name] || "")];
    return `${who}-${sha256(words.join(SEPARATOR)).slice(0, 10)}`;
  };

  // Rows of a CSV text, each with its first line (from 1) and cells; throws {line, what} where it cannot be read.
  function rowsOf(text, delimiter) {
    const rows = [];
    let [cells, cell, line, first, within] = [[], "", 1, 1, false];
    const close = () => { cells.push(cell); cell = ""; };
    for (let at = 0; at < text.length; at += 1) {
      const letter = text[at];
      if (letter === "\n" || (letter === "\r" && text[at + 1] !== "\n")) line += 1;
      if (within) {
        if (letter !== '"') cell += letter;
        else if (text[at + 1] === '"') { cell += '"'; at += 1; }
        else if (at + 1 < text.length && ![delimiter, "\r", "\n"].includes(text[at + 1])) {
          throw { line: first, what: "un guillemet au milieu d'une case" };
        } else within = false;
      } else if (letter === '"' && cell === "") within = true;
      else if (letter === delimiter) close();
      else if (letter === "\n" || letter === "\r") {
        if (letter === "\r" && text[at + 1] === "\n") { at += 1; line += 1; }
        close();
        rows.push({ line: first, cells });
        [cells, first] = [[], line];
      } else cell += letter;
    }
    if (within) throw { line: first, what: "un guillemet ouvert n'est jamais fermé" };
    if (cell || cells.length) { close(); rows.push({ line: first, cells }); }
    return rows;
  }

  // {rows: [{line, cells by column}], faults: [text]} of a coder's file.
  coder.fromCsv = (data) => {
    const text = data.replace(/^\ufeff/, "");
    const head = text.split(/\r?\n/, 1)[0];
    const count = (mark) => head.split(mark).length;
    let lines = [];
    try { lines = rowsOf(text, count(";") > count(",") ? ";" : ","); } catch (fault) {
      return { rows: [], faults: [`ligne ${fault.line}${coder.NB}: ${fault.what}`] };
    }
    const names = lines.length ? lines[0].cells.map((name) => coder.strip(name).toLowerCase()) : [];
    const missing = ["interview", "quote", "theme"].filter((name) => !names.includes(name));
    if (missing.length) return { rows: [], faults: [`il manque la colonne ${missing.join(", ")}${coder.NB}: ce n'est pas un fichier de codages`] };
    const strange = names.filter((name) => !columns.includes(name));
    const faults = strange.length ? [`colonnes inconnues, laissées${coder.NB}: ${strange.join(", ")}`] : [];
    const rows = [];
    for (const { line, cells } of lines.slice(1)) {
      if (!cells.some((cell) => coder.strip(cell))) continue;
      const own = Object.fromEntries(columns.map((name) => [name, names.includes(name) ? plain(cells[names.indexOf(name)] || "") : ""]));
      const empty = ["interview", "quote", "theme"].filter((name) => !own[name]);
      const wrong = ["turn", "start"].filter((name) => own[name] && !/^\d{1,9}$/.test(own[name]));
      if (empty.length) faults.push(`ligne ${line}, laissée${coder.NB}: la case ${empty.join(", ")} est vide`);
      else if (wrong.length) faults.push(`ligne ${line}, laissée${coder.NB}: ${wrong.join(", ")} n'est pas un nombre`);
      else rows.push({ line, cells: { ...own, stance: STANCES[own.stance.toLowerCase()] || "" } });
    }
    return { rows, faults };
  };

  // FIPS 180-4; the browser's own is refused to pages opened as files in some of them.
  const primes = [];
  for (let n = 2; primes.length < 64; n += 1) if (primes.every((prime) => n % prime)) primes.push(n);
  const bits = (root) => Math.floor((root - Math.floor(root)) * 2 ** 32) | 0;
  const ROUNDS = primes.map((prime) => bits(Math.cbrt(prime)));
  const turned = (word, by) => (word >>> by) | (word << (32 - by));

  function sha256(text) {
    const given = new TextEncoder().encode(text);
    const message = new Uint8Array(((given.length + 72) >> 6) << 6);
    message.set(given);
    message[given.length] = 0x80;
    const view = new DataView(message.buffer);
    view.setUint32(message.length - 8, Math.floor(given.length / 2 ** 29));
    view.setUint32(message.length - 4, given.length * 8);
    let hash = primes.slice(0, 8).map((prime) => bits(Math.sqrt(prime)));
    const words = new Int32Array(64);
    for (let at = 0; at < message.length; at += 64) {
      for (let i = 0; i < 16; i += 1) words[i] = view.getInt32(at + 4 * i);
      for (let i = 16; i < 64; i += 1) {
        const [low, high] = [words[i - 15], words[i - 2]];
        words[i] = words[i - 16] + words[i - 7] + (turned(low, 7) ^ turned(low, 18) ^ (low >>> 3))
          + (turned(high, 17) ^ turned(high, 19) ^ (high >>> 10));
      }
      let [a, b, c, d, e, f, g, h] = hash;
      for (let i = 0; i < 64; i += 1) {
        const one = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + ROUNDS[i] + words[i]) | 0;
        const two = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
      }
      hash = [a, b, c, d, e, f, g, h].map((word, i) => (word + hash[i]) | 0);
    }
    return hash.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  }
})();
