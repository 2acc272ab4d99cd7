"""Look for what may identify somebody in files and folders, zips and PDF opened.

By hand: python scripts/scan_outputs.py --paths results/report E01.docx (telephones, accounts, addresses… by kind); with
--findings results/private/findings.parquet, for what the study masked. The workflow looks so at all that it publishes,
and moves to a private folder (--held) the files in which something stayed.
"""

import json
from pathlib import Path

from verbatim import step, tables
from verbatim.privacy import scanning
from verbatim.problems import Problem, raise_all

PROGRAM = Path(__file__).resolve().parents[1]


def main(options):
    paths = [Path(path) for path in options.paths]
    raise_all([Problem(str(path), "ce fichier ou ce dossier n'existe pas") for path in paths if not path.exists()])
    files = sorted({file for path in paths for file in (scanning.files_below(path) if path.is_dir() else [path])})
    words = scanning.masked_words(tables.read("private/findings", options.findings)) if options.findings else None
    found = [hit for file in files for hit in _look(file, words)]
    own = scanning.own_words(PROGRAM, {hit.word for hit in found}) if words else set()
    left = [hit for hit in found if hit.word not in own]
    if words is None:
        print(scanning.told(left, len(files)))
        return
    if options.hits:
        step.write_text(options.hits, scanning.listed(left, [hit for hit in found if hit.word in own]))
    if options.held:
        scanning.withhold({Path(hit.file) for hit in left}, Path(options.held))
    raise_all(scanning.problems(left, options.hits or "--hits"))
    summary = {"fichiers": len(files), "octets": sum(f.stat().st_size for f in files), "mots cherchés": len(words)}
    if options.scan:
        step.write_text(options.scan, json.dumps(summary, ensure_ascii=False, indent=2, sort_keys=True) + "\n")
    step.log.info("%d fichiers relus, aucun mot masqué n'y est resté", len(files))


def _look(file, words):
    data = file.read_bytes()
    return scanning.identify(str(file), data) if words is None else scanning.search(str(file), data, words)


if __name__ == "__main__":
    step.run(main, "paths+", "findings?", "hits?", "held?", "scan?")
