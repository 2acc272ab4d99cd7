"""Comments put into a .docx as Word writes them, part by part."""

import copy

from lxml import etree

from verbatim.exchange import zip_files

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
RELATED = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def w(name):
    return f"{{{W}}}{name}"


class Document:
    """A .docx open for comments; `save` gives its bytes."""

    def __init__(self, data):
        self.members = zip_files.unpack(data, "x", "y")
        self.root = etree.fromstring(self.members["word/document.xml"])
        for run in [*self.root.iter(w("r"))]:
            self._cut(run)
        self.comments = etree.Element(w("comments"), nsmap={"w": W, "w14": W14})
        self.extended = etree.Element(f"{{{W15}}}commentsEx", nsmap={"w15": W15})

    def _cut(self, run):
        """Leave one text, break or tab in each run."""
        parts = [part for part in run if part.tag != w("rPr")]
        for part in reversed(parts[1:]):
            alone = etree.Element(w("r"))
            alone.append(part)
            run.addnext(alone)

    def turn(self, number):
        """Return the paragraph of a turn."""
        return next(p for p in self.root.iter(w("p")) if "".join(p.itertext(w("t"))).startswith(f"[{number}]"))

    def said(self, paragraph):
        """Return the text of a paragraph, a character for a break."""
        return "".join(one.text or "\n" for one in paragraph.iter(w("t"), w("br")))

    def at(self, paragraph, place):
        """Cut a paragraph's run at a character of its text, label included; return the child that begins there."""
        seen = 0
        for run in paragraph.iter(w("r")):
            for text in run.iter(w("t"), w("br")):
                size = len(text.text or "\n")
                if seen <= place < seen + size:
                    if place > seen:
                        tail = copy.deepcopy(run)
                        tail.find(w("t")).text = text.text[place - seen :]
                        text.text = text.text[: place - seen]
                        for one in (text, tail.find(w("t"))):
                            one.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                        run.addnext(tail)
                        return tail
                    return run
                seen += size
        return None

    def mark(self, number, turn, words, last_turn=None, author="Claire", text="", answers=None, has_range=True):
        """Comment `words` of a turn; with `last_turn`, `words` are the first and the last ones chosen."""
        begin, end = words if isinstance(words, tuple) else (words, words)
        first, last = self.turn(turn), self.turn(last_turn or turn)
        start = self.said(first).index(begin)
        stop = self.said(last).index(end, start if first is last else 0) + len(end)
        after, at = self.at(last, stop), self.at(first, start)
        reference = etree.Element(w("r"))
        etree.SubElement(reference, w("commentReference")).set(w("id"), str(number))
        if after is None:
            last.append(reference)
        else:
            after.addprevious(reference)
        if has_range:
            close = etree.Element(w("commentRangeEnd"))
            close.set(w("id"), str(number))
            reference.addprevious(close)
            opened = etree.Element(w("commentRangeStart"))
            opened.set(w("id"), str(number))
            at.addprevious(opened)
        self.comment(number, author, text, answers)
        return self

    def comment(self, number, author, text, answers=None, is_done=False):
        """Add the comment's own text."""
        one = etree.SubElement(self.comments, w("comment"))
        one.set(w("id"), str(number))
        one.set(w("author"), author)
        for line in text.split("\n"):
            paragraph = etree.SubElement(one, w("p"))
            etree.SubElement(etree.SubElement(paragraph, w("r")), w("annotationRef"))
            etree.SubElement(etree.SubElement(paragraph, w("r")), w("t")).text = line
        paragraph.set(f"{{{W14}}}paraId", f"{number:08X}")
        told = etree.SubElement(self.extended, f"{{{W15}}}commentEx")
        told.set(f"{{{W15}}}paraId", f"{number:08X}")
        told.set(f"{{{W15}}}done", str(int(is_done)))
        if answers is not None:
            told.set(f"{{{W15}}}paraIdParent", f"{answers:08X}")

    def save(self):
        """Return the document with its comments."""
        relations = etree.fromstring(self.members["word/_rels/document.xml.rels"])
        types = etree.fromstring(self.members["[Content_Types].xml"])
        for number, (name, kind, part) in enumerate(
            (
                ("comments", f"{OFFICE}/comments", self.comments),
                (
                    "commentsExtended",
                    "http://schemas.microsoft.com/office/2011/relationships/commentsExtended",
                    self.extended,
                ),
            )
        ):
            relation = etree.SubElement(relations, f"{{{RELATED}}}Relationship")
            for key, value in (("Id", f"rId9{number}"), ("Type", kind), ("Target", f"{name}.xml")):
                relation.set(key, value)
            override = etree.SubElement(types, f"{{{TYPES}}}Override")
            override.set("PartName", f"/word/{name}.xml")
            override.set("ContentType", f"{WORD_TYPE}.{name}+xml")
            self.members[f"word/{name}.xml"] = etree.tostring(part)
        self.members["word/_rels/document.xml.rels"] = etree.tostring(relations)
        self.members["[Content_Types].xml"] = etree.tostring(types)
        self.members["word/document.xml"] = etree.tostring(self.root)
        return zip_files.pack(self.members, ("[Content_Types].xml",))
