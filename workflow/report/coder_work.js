// What a person codes: kept in this browser after each gesture, undone and redone, never lost between two states of the
// texts. A coding is never changed, only replaced; places are in code points, as in the coder's table.
"use strict";
(() => {
  const { data } = coder;
  const MEMORY = "verbatim-codages";
  const OWN = `${MEMORY}/${data.title}/`;
  const DEEP = 500;
  const work = {
    who: "", canKeep: true, isFull: false, codings: new Map(), unsent: new Set(), sent: "", read: {}, at: {}, slots: [],
  };
  coder.work = work;
  let [undone, done, revision] = [[], [], 0];
  const ids = new Map();
  let byInterview = null;

  const memory = {
    get(key) { try { return localStorage.getItem(key); } catch { return null; } },
    set(key, value) { localStorage.setItem(key, value); },
    names() { try { return Object.keys(localStorage); } catch { return []; } },
  };
  try {
    memory.set(`${MEMORY}-essai`, "1");
    localStorage.removeItem(`${MEMORY}-essai`);
  } catch { work.canKeep = false; }

  const key = () => `${OWN}${data.digest}/${work.who}`;
  work.lastWho = () => memory.get(`${MEMORY}-qui`) || "";
  work.isNameFit = (name) => /^[\p{L}\p{N}_][\p{L}\p{N}_ .-]{0,39}$/u.test(name) && !name.endsWith(".");

  work.uid = () => [...crypto.getRandomValues(new Uint8Array(8))].map((n) => n.toString(16).padStart(2, "0")).join("");

  // Present theme of a written one: the grid may have renamed it since.
  work.theme = (id) => data.was[id] || id;
  work.stands = (coding) => !coding.lost;

  work.of = (interview) => {
    if (!byInterview) {
      byInterview = new Map();
      for (const coding of work.codings.values()) {
        byInterview.set(coding.i, [...(byInterview.get(coding.i) || []), coding]);
      }
    }
    return byInterview.get(interview) || [];
  };
  work.lost = () => [...work.codings.values()].filter((coding) => coding.lost);

  const order = (one) => [coder.places.get(one.i) ?? Infinity, one.turn ?? 0, one.start ?? 0, -(one.end ?? 0), one.theme, one.uid];
  work.sorted = (codings = [...work.codings.values()]) => {
    const keys = new Map(codings.map((one) => [one, order(one)]));
    return codings.sort((one, other) => {
      const [a, b] = [keys.get(one), keys.get(other)];
      const at = a.findIndex((value, i) => value !== b[i]);
      return at < 0 ? 0 : a[at] < b[at] ? -1 : 1;
    });
  };

  function put(pairs) {
    for (const [before, after] of pairs) {
      if (before) work.codings.delete(before.uid);
      if (after) work.codings.set(after.uid, { ...after, id: after.id || ids.get(after.uid) || "" });
      work.unsent.add((after || before).uid);
    }
    byInterview = null;
    work.save();
    const touched = pairs.flat().filter(Boolean);
    document.dispatchEvent(new CustomEvent("codages", { detail: touched }));
    return touched;
  }

  // `pairs`: [coding as it was or null, as it is or null]; one gesture, undone as one.
  work.change = (pairs, label) => {
    if (!pairs.length) return;
    done.push({ pairs, label });
    if (done.length > DEEP) done.shift();
    undone = [];
    put(pairs);
  };
  work.undo = () => {
    const gesture = done.pop();
    if (!gesture) return null;
    undone.push(gesture);
    put(gesture.pairs.map(([before, after]) => [after, before]));
    return gesture;
  };
  work.redo = () => {
    const gesture = undone.pop();
    if (!gesture) return null;
    done.push(gesture);
    put(gesture.pairs);
    return gesture;
  };
  work.canUndo = () => done.length > 0;
  work.canRedo = () => undone.length > 0;

  const packed = () => ({
    revision, title: data.title, digest: data.digest, saved: new Date().toISOString(), sent: work.sent,
    codings: [...work.codings.values()], unsent: [...work.unsent], read: work.read, at: work.at, slots: work.slots,
  });

  // A gesture is seen first and kept right after; `keep` waits for nothing.
  let waiting = 0;
  work.save = () => {
    clearTimeout(waiting);
    waiting = setTimeout(work.keep, 0);
  };

  // Keeps all at once. What another window of this browser wrote meanwhile is taken in first.
  work.keep = () => {
    clearTimeout(waiting);
    if (!work.canKeep || !work.who) return;
    try {
      if (Number(memory.get(`${key()}/n`) || 0) > revision) absorb(JSON.parse(memory.get(key())));
      revision += 1;
      memory.set(key(), JSON.stringify(packed()));
      memory.set(`${key()}/n`, String(revision));
      work.isFull = false;
    } catch { work.isFull = true; }
    document.dispatchEvent(new CustomEvent("enregistre"));
  };

  function absorb(kept) {
    for (const coding of kept.codings) {
      const isGone = work.unsent.has(coding.uid) && !work.codings.has(coding.uid);
      if (!isGone && !work.codings.has(coding.uid)) work.codings.set(coding.uid, coding);
    }
    for (const uid of kept.unsent) work.unsent.add(uid);
    revision = Math.max(revision, kept.revision);
    byInterview = null;
  }

  function take(kept) {
    work.codings = new Map(kept.codings.map((coding) => [coding.uid, coding]));
    work.unsent = new Set(kept.unsent);
    Object.assign(work, { sent: kept.sent, read: kept.read, at: kept.at, slots: kept.slots });
    revision = kept.revision;
    byInterview = null;
    [done, undone] = [[], []];
  }

  // Opens the work of a coder in this state of the texts; returns what he or she did on an earlier one, if that is all.
  work.open = (who) => {
    work.keep();
    work.who = who;
    try { memory.set(`${MEMORY}-qui`, who); } catch { work.canKeep = false; }
    take({ revision: 0, sent: "", codings: [], unsent: [], read: {}, at: {}, slots: [] });
    const kept = read(key());
    if (kept) take(kept);
    document.dispatchEvent(new CustomEvent("codages", { detail: null }));
    document.dispatchEvent(new CustomEvent("enregistre"));
    return kept ? null : earlier();
  };

  function read(name) {
    try { return JSON.parse(memory.get(name)); } catch { return null; }
  }

  function earlier() {
    const found = memory.names().filter((name) => name.startsWith(OWN) && name.endsWith(`/${work.who}`)).map(read)
      .filter((kept) => kept && kept.codings.length);
    return found.sort((one, other) => (one.saved < other.saved ? 1 : -1))[0] || null;
  }

  // A coding on the texts as they are now: where its words stand, or marked as lost, as it was.
  work.placed = (coding) => {
    const place = coder.places.get(coding.i);
    const span = place === undefined ? null : coder.stand(place, coding);
    if (!span) return { ...coding, end: null, lost: place === undefined ? "interview" : "words" };
    const { lost, ...own } = coding;
    return { ...own, ...coder.holding(place, span.turn, span.start, span.end) };
  };

  work.resume = (kept) => {
    const placed = kept.codings.map(work.placed);
    take({ ...kept, revision: 0, codings: placed });
    work.keep();
    document.dispatchEvent(new CustomEvent("codages", { detail: null }));
    return placed.filter((coding) => coding.lost).length;
  };

  addEventListener("storage", (event) => {
    if (!work.who || event.key !== key() || !event.newValue) return;
    take(JSON.parse(event.newValue));
    document.dispatchEvent(new CustomEvent("codages", { detail: null }));
    document.dispatchEvent(new CustomEvent("enregistre"));
    coder.say("Codages mis à jour depuis une autre fenêtre.");
  });

  // Identifiers are given when a coding first leaves the page, and stay: as the workflow would give them, told apart
  // where the same words are coded twice.
  work.rows = () => {
    const sorted = work.sorted();
    const used = new Set(sorted.map((coding) => coding.id).filter(Boolean));
    for (const coding of sorted) {
      if (!coding.id) {
        const own = coder.ownId(coder.cells(coding), work.who);
        let id = own;
        for (let n = 2; used.has(id); n += 1) id = `${own}-${n}`;
        used.add(id);
        ids.set(coding.uid, id);
        work.codings.set(coding.uid, { ...coding, id });
      }
    }
    byInterview = null;
    return sorted.map((coding) => coder.cells(work.codings.get(coding.uid)));
  };
  work.isSent = () => {
    work.unsent = new Set();
    work.sent = new Date().toISOString();
    work.keep();
  };
})();
