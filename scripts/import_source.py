"""Read one transcript: its turns, and what became of each of its characters.

By hand: python scripts/import_source.py --file E01.trs [--format trs] [--turns turns.csv] [--account account.csv]
(tables are written as CSV where the name ends so).
"""

from pathlib import Path

from verbatim import settings, step, tables, twins
from verbatim.problems import Problem, raise_all
from verbatim.transcripts import ending_of, read_source


def main(options):
    path = Path(options.file)
    raise_all([] if path.is_file() else [Problem(options.file, "ce fichier n'existe pas")])
    labels = (options.settings or settings.defaults("import"))["interviewer_labels"]
    source = read_source(path.name, path.read_bytes(), labels, ending_of(options.format))
    _write("private/source_turns", source.turns_table(), options.turns)
    _write("private/source_accounts", source.account_table(), options.account)
    step.log.info("%s : %d tours de parole, %d caractères gardés", source.format, len(source.turns), source.n_kept)
    for line in (*source.told(), *source.notes):
        step.log.info("%s", line)


def _write(name, frame, file):
    if file and file.endswith(".csv"):
        step.write_text(file, twins.to_csv(tables.check(name, frame), tables.TABLES[name], "fr"))
    elif file:
        tables.write(name, frame, file)


if __name__ == "__main__":
    step.run(main, "file", "format?", "settings?", "turns?", "account?")
