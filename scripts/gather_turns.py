"""Join the transcripts with interviews.csv and the questions of the guide."""

from pathlib import Path

import yaml

from verbatim import guide, interviews, step, tables

SCHEMA = Path(__file__).parents[1] / "workflow/schemas/guide.schema.yaml"


def main(options):
    sources = [tables.read("private/source_turns", path) for path in options.sources]
    accounts = [tables.read("private/source_accounts", path) for path in options.accounts]
    table = interviews.read_table(Path(options.interviews).read_bytes(), options.interviews)
    turns, speakers, files = interviews.gather(sources, accounts, table, options.settings["interviewer_labels"])
    if options.guide:
        schema = yaml.safe_load(SCHEMA.read_text(encoding="utf-8"))
        guides = guide.read_guide(Path(options.guide).read_bytes(), schema, options.guide)
        turns = guide.match_questions(turns, guides, speakers)
    tables.write("private/turns", turns, options.turns)
    tables.write("private/speakers", speakers, options.speakers)
    tables.write("private/files", files, options.files)
    for note in interviews.notes(files):
        step.log.info("%s", note)
    step.log.info("%d fichiers, %d tours de parole, %d locuteurs", files.height, turns.height, speakers.height)


if __name__ == "__main__":
    step.run(main, "sources+", "accounts+", "interviews", "guide?", "settings", "turns", "speakers", "files")
