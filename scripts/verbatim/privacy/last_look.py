"""The look at each file before it stands in results/: it takes its place only without masked words."""

from __future__ import annotations

from pathlib import Path

from verbatim import step, tables
from verbatim.privacy import scanning
from verbatim.problems import StudyError

PROGRAM = Path(__file__).resolve().parents[3]
PRIVATE = "private"


def refuse(partial: Path, target: Path, findings: Path) -> None:
    """Raise StudyError where what is to be `target`, a file or a folder written as `partial`, holds a masked word.

    `findings`: private/findings; nothing is looked for before people decided on anything, nor in private files. Words
    that the program writes by itself prove nothing (see `scanning.own_words`). Where the words stand is listed beside
    the findings; the message repeats none of them.
    """
    if PRIVATE in target.parts or not findings.is_file():
        return
    words = scanning.masked_words(tables.read("private/findings", findings))
    if not words:
        return
    files = sorted(file for file in partial.rglob("*") if file.is_file()) if partial.is_dir() else [partial]
    names = {file: target / file.relative_to(partial) if partial.is_dir() else target for file in files}
    found = [hit for file, name in names.items() for hit in scanning.search(str(name), file.read_bytes(), words)]
    own = scanning.own_words(PROGRAM, {hit.word for hit in found}) if found else set()
    left = [hit for hit in found if hit.word not in own]
    if left:
        listed = findings.parent / "hits" / f"{target.name}.csv"
        step.write_text(listed, scanning.listed(left, []))
        raise StudyError(scanning.problems(left, str(listed)))
