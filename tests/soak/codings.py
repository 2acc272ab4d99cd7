"""Throw damaged files at every reader of codings: `python tests/soak/codings.py` (see damaging.py)."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

for folder in ("scripts", "tests", "tests/unit"):
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / folder))

import odfdo  # noqa: E402
import openpyxl  # noqa: E402
import test_other_programs as others  # noqa: E402
from damaging import CONTAINERS, Attack, main  # noqa: E402
from damaging import TEXTS as MANY  # noqa: E402

import refi_study as made  # noqa: E402
from coded_study import STUDY, TEXTS, WORD  # noqa: E402
from commented_documents import Document  # noqa: E402
from verbatim import anchoring, codings  # noqa: E402
from verbatim.exchange.refi_qda.writing import project  # noqa: E402
from verbatim.problems import StudyError  # noqa: E402

ROWS = (
    ("interview", "turn", "quote", "theme", "memo", "hypothesis", "stance"),
    ("E01", "2", "j'étais perdue", "isolement", "un mémo ; deux", "", ""),
    ("E02", "2", "c'est ce que", "Gain d'efficacité", "à « voir »", "alliance", "pour"),
)


def table():
    """Return a table of codings."""
    return "c.csv", "\n".join(";".join(row) for row in ROWS).encode()


def workbook():
    """Return a workbook of codings."""
    book, stream = openpyxl.Workbook(), BytesIO()
    for row in ROWS:
        book.active.append(row)
    book.save(stream)
    return "c.xlsx", stream.getvalue()


def word():
    """Return a commented .docx."""
    document = Document(WORD["E01"])
    document.mark(1, 2, "j'étais perdue", text="isolement : un mémo")
    document.mark(2, 4, "Seule, oui.", text="rituels\nnote : à revoir", author="Paul")
    return "E01.docx", document.save()


def open_document():
    """Return a commented .odt."""
    document, stream = odfdo.Document("text"), BytesIO()
    document.body.clear()
    for n, (_, who, said) in enumerate((("", "Enq", "Comment ?"), ("", "B", "Au début j'étais perdue, voilà")), 1):
        paragraph = odfdo.Paragraph(f"[{n}] {who} : {said}")
        if n == 2:
            paragraph.insert_annotation(body="isolement : un mémo", creator="Claire", content="perdue")
        document.body.append(paragraph)
    document.save(stream)
    return "E01.odt", stream.getvalue()


def refi():
    """Return a project of ours."""
    return "e.qdpx", project(made.study())


def foreign():
    """Return a project of another program."""
    inner = made.selection(20, 40, words="depuis") + made.selection(60, 75, "fermeture", user="Marie")
    return "e.qde", made.qde(made.source(inner, content=made.plain())).encode()


def taguette():
    """Return a project of Taguette."""
    return "e.sqlite3", others.taguette_project(others.page(), others.HIGHLIGHTS)


def qualcoder():
    """Return a project of QualCoder."""
    return "e.qda", others.qualcoder_project(others.CODED, made.plain())


SOUND = {
    "csv": ([table], MANY),
    "xlsx": ([workbook], CONTAINERS),
    "docx": ([word], CONTAINERS),
    "odt": ([open_document], CONTAINERS),
    "qdpx": ([refi], CONTAINERS),
    "qde": ([foreign], CONTAINERS),
    "sqlite3": ([taguette], CONTAINERS),
    "qda": ([qualcoder], CONTAINERS),
}


def anchored(file: str, data: bytes) -> str | None:
    """Read codings; where nothing is wrong with the file, each must have a place or be called lost."""
    study = made.study_text() if file.startswith("e.") else STUDY
    documents = made.study_text().documents if file.startswith("e.") else TEXTS
    reading = codings.read(data, f"resources/codings/x/{file}", "x", study)
    if reading.problems:
        raise StudyError(reading.problems)
    known = [one for one in reading.codings if one.interview in documents]
    found = anchoring.anchor(known, documents, {}, None)
    return None if len(found) == len(known) else "a coding is neither placed nor lost"


if __name__ == "__main__":
    main(Attack("codings", SOUND, anchored))
