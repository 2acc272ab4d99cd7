"""Throw damaged files at every reader of transcripts: `python tests/soak/transcripts.py` (see damaging.py)."""

from __future__ import annotations

import sys
from functools import partial
from io import BytesIO
from pathlib import Path

for folder in ("scripts", "tests"):
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / folder))

from damaging import CONTAINERS, TEXTS, Attack, main  # noqa: E402

import transcript_writers as written  # noqa: E402
from verbatim.transcripts import read_source  # noqa: E402

TURNS = [
    ("ENQ", "alors, l'été dernier [rire] c’est quoi ?"),
    ("A01", "ben euh (..) 12 fois, voilà : « oui » à 00:12, pff…"),
    ("ENQ", "d'accord"),
    ("A01", "cœur, Œdipe & <cie> ; -*theme **** 0001 *x_y"),
]


def account(file: str, data: bytes) -> str | None:
    """Read a transcript; its account must add up."""
    source = read_source(file, data, ["ENQ"])
    told = source.n_kept + sum(source.dropped.values()) + source.n_unread
    return None if told == source.n_characters else "the account does not add up"


def answers(_):
    """Return a table of answers."""
    return (
        "e.csv",
        'id;sexe;Que pensez-vous de tout cela ?\n1;f;"Rien, ou ""presque""; voilà tout"\n2;h;Je ne sais pas'.encode(),
    )


def chat(turns):
    """Return a CHAT file."""
    said = "".join(f"*{who}:\t{text} &-euh [//] +... \x15{i}00_{i}50\x15\n" for i, (who, text) in enumerate(turns))
    return "e.cha", f"@UTF8\n@Begin\n@Participants:\tA01 X\n{said}%com:\tx\n@End\n".encode()


def workbook(_):
    """Return a workbook of answers."""
    import openpyxl

    book, stream = openpyxl.Workbook(), BytesIO()
    for row in (["id", "Que pensez-vous de cela ?"], [1, "Rien du tout, vraiment rien"], [2, "=1+1"]):
        book.active.append(row)
    book.save(stream)
    return "e.xlsx", stream.getvalue()


def open_sheet(_):
    """Return an OpenDocument sheet of answers."""
    import odfdo

    document, stream = odfdo.Document("spreadsheet"), BytesIO()
    table = odfdo.Table("a")
    table.set_values([["id", "Que pensez-vous de cela ?"], ["1", "Rien du tout, vraiment rien"]])
    document.body.clear()
    document.body.append(table)
    document.save(stream)
    return "e.ods", stream.getvalue()


# reader -> (writers of sound files, how many inputs)
WRITERS = {
    "txt": ([written.as_text, written.as_old_text, written.as_exported_text], TEXTS),
    "iramuteq": ([written.as_starred], TEXTS),
    "vtt": ([written.as_voices], TEXTS),
    "srt": ([written.as_subtitles], TEXTS),
    "whisper": ([written.as_recognised, written.as_recognised_words], TEXTS),
    "textgrid": ([written.as_grid, written.as_short_grid], TEXTS),
    "chat": ([chat], TEXTS),
    "csv": ([answers], TEXTS),
    "html": ([written.as_page], TEXTS),
    "rtf": ([written.as_rich_text], TEXTS),
    "elan": ([written.as_elan], CONTAINERS),
    "trs": ([written.as_transcriber], CONTAINERS),
    "tei": ([written.as_tei], CONTAINERS),
    "docx": ([written.as_word, written.as_table], CONTAINERS),
    "odt": ([written.as_open_document], CONTAINERS),
    "xlsx": ([workbook], CONTAINERS),
    "ods": ([open_sheet], CONTAINERS),
}
SOUND = {name: ([partial(write, TURNS) for write in writers], n) for name, (writers, n) in WRITERS.items()}

if __name__ == "__main__":
    main(Attack("transcripts", SOUND, account))
