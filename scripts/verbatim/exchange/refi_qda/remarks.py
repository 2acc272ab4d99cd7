"""The remarks of a project: notes, with what refers to them and what they are linked to."""

from __future__ import annotations

from collections import Counter

from lxml import etree

from verbatim.exchange.refi_qda.container import Archive, child, children, text_of
from verbatim.exchange.refi_qda.decoding import decoded
from verbatim.exchange.refi_qda.identifiers import guid, plain


class Remarks:
    """Notes by guid, looked up by those who refer to them; each keeps in mind whether it was used."""

    def __init__(self, archive: Archive):
        self.archive = archive
        self.notes = {plain(n.get("guid")): n for n in children(child(archive.root, "Notes"), "Note")}
        self.used: set[str] = set()
        self.n_doubtful = 0
        self.linked: dict[str, list[str]] = {}
        self.links = children(child(archive.root, "Links"), "Link")
        for link in self.links:
            ends = plain(link.get("originGUID")), plain(link.get("targetGUID"))
            for note, other in (ends, ends[::-1]):
                if note in self.notes:
                    self.linked.setdefault(other, []).append(note)

    def of(self, element: etree._Element) -> tuple[str, ...]:
        """Return the remarks on an element: its description, the notes that it names, those linked to it."""
        named = [plain(ref.get("targetGUID")) for ref in children(element, "NoteRef")]
        linked = self.linked.get(plain(element.get("guid")), [])
        own = plain(element.get("guid"))
        found = [text_of(child(element, "Description")).strip()]
        for note in dict.fromkeys([*named, *linked]):
            if note not in self.notes:
                continue
            self.used.add(note)
            # Our own export says a hypothesis twice, in the description and in a note for the hypothesis' set.
            is_doubt, is_twin = note == guid("doubtful", own), note == guid("remark", own) and found[0]
            self.n_doubtful += is_doubt
            if not is_doubt and not is_twin:
                found.append(self._words(self.notes[note]))
        return tuple(dict.fromkeys(text for text in found if text))

    def _words(self, note: etree._Element) -> str:
        content = text_of(child(note, "PlainTextContent")).strip()
        if not content and note.get("plainTextPath"):
            data = self.archive.file(note.get("plainTextPath"))
            content = decoded(data)[0].strip() if data is not None else ""
        parts = dict.fromkeys((text_of(child(note, "Description")).strip(), content))
        return "\n".join(filter(None, parts)) or (note.get("name") or "").strip()

    def unused(self) -> Counter[str]:
        """Return how many notes and links hang on no coding."""
        idle = [
            link for link in self.links if not {plain(link.get(e)) for e in ("originGUID", "targetGUID")} & self.used
        ]
        return Counter({"notes libres": len(self.notes.keys() - self.used), "liens (Link)": len(idle)})
