"""Say what a changed transcript would do to codings: how many stand, moved, are doubtful or lost. Writes nothing."""

from pathlib import Path

import yaml

from verbatim import codings, reanchoring, settings, step
from verbatim.problems import Problem, raise_all
from verbatim.transcripts import read_source


def main(options):
    table, path = Path(options.codings), Path(options.transcript)
    missing = [file for file in (options.codings, options.transcript) if not Path(file).is_file()]
    raise_all([Problem(file, "ce fichier n'existe pas") for file in missing])
    found, problems = codings.read_table(table.read_bytes(), options.codings, table.resolve().parent.name)
    raise_all(problems)
    interview = reanchoring.chosen_interview(found, options.interview, path.name)
    source = read_source(path.name, path.read_bytes(), _labels())
    print(reanchoring.told(found, interview, reanchoring.transcript(source, interview)))


def _labels():
    """The labels of interviewers: those of the study in this folder, or else those that every study begins with."""
    config = Path("config.yaml")
    if not config.is_file():
        return settings.defaults("import")["interviewer_labels"]
    schema = yaml.safe_load(settings.SCHEMA.read_text(encoding="utf-8"))
    return settings.load(config.read_text(encoding="utf-8-sig"), schema, config.name)["import"]["interviewer_labels"]


if __name__ == "__main__":
    step.run(main, "codings", "transcript", "interview?")
