"""Read one transcript: its turns, and what became of each of its characters."""

from pathlib import Path

from verbatim import step, tables
from verbatim.transcripts import read_source


def main(options):
    path = Path(options.file)
    source = read_source(path.name, path.read_bytes(), options.settings["interviewer_labels"])
    tables.write("private/source_turns", source.turns_table(), options.turns)
    tables.write("private/source_accounts", source.account_table(), options.account)
    step.log.info("%s : %d tours de parole, %d caractères gardés", source.format, len(source.turns), source.n_kept)
    for note in source.notes:
        step.log.info("%s", note)


if __name__ == "__main__":
    step.run(main, "file", "settings", "turns", "account")
