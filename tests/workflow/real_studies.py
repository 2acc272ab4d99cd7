"""Studies made from the real corpora of ../shared, as a researcher would lay them out."""

import csv
import re
import shutil
from pathlib import Path

from places import SHARED

CONFIG = """\
study: {{title: "{title}", date: 2025-06-30}}
analyses:
  ensemble: {{title: Ensemble}}
privacy: {{mode: warn}}
specificities: {{variables: [{variables}]}}
"""


def _settle(folder: Path, title: str, variables: str) -> None:
    (folder / "config.yaml").write_text(CONFIG.format(title=title, variables=variables), encoding="utf-8")
    (folder / "resources/privacy").mkdir()
    (folder / "resources/privacy/study.key").write_text("a key for tests only, thirty-two characters", encoding="utf-8")


def artisans(folder: Path) -> None:
    """Lay out the interviews with craftspeople: one row for each docx, the messy table's own columns kept.

    A docx's name loses its ending `_traitement…` and has spaces where the table has underscores; a docx
    `…ab` joins the rows `…a` and `…b` and takes the first.
    """
    source = SHARED / "corpora/artisans"
    (folder / "resources/transcripts").mkdir(parents=True)
    with (source / "recap_entretien.csv").open(encoding="utf-8-sig", newline="") as file:
        head, *rows = list(csv.reader(file))
    by_name = {row[1].strip(): row for row in rows}
    joined = []
    for path in sorted(source.glob("*.docx")):
        shutil.copy(path, folder / "resources/transcripts")
        name = re.sub(r"_traitement.*", "", path.stem).replace(" ", "_")
        row = by_name.get(name) or by_name[re.sub(r"ab$", "a", name)]
        joined.append([re.sub(r"[^A-Za-z0-9_-]+", "_", name.removeprefix("Entretien_01_")), path.name, *row])
    with (folder / "resources/interviews.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([["interview", "file", *head], *joined])
    _settle(folder, "Artisans", "materiau, statut")


def grand_debat(folder: Path) -> None:
    """Lay out the 693 comments of one IRaMuTeQ file: a single row, each text an interview."""
    (folder / "resources/transcripts").mkdir(parents=True)
    shutil.copy(SHARED / "corpora/grand_debat/corpus_complet.txt", folder / "resources/transcripts")
    (folder / "resources/interviews.csv").write_text("interview,file\n,corpus_complet.txt\n", encoding="utf-8")
    _settle(folder, "Grand débat", "")
