"""Lay out the folder of a new study: settings, tables to fill in, guide, grid, a word of help."""

import datetime
import secrets
from pathlib import Path

import yaml

from verbatim import scaffold, step
from verbatim.problems import Problem, StudyError

PROGRAM = Path(__file__).resolve().parents[1]


def main(options):
    folder = Path(options.folder)
    if folder.exists() and any(folder.iterdir()):
        mend = "choisissez un autre nom, ou videz ce dossier vous-même"
        raise StudyError(Problem(str(folder), "ce dossier existe et n'est pas vide", "un dossier nouveau", mend))
    schema = yaml.safe_load((PROGRAM / "workflow/schemas/config.schema.yaml").read_text(encoding="utf-8"))
    today = datetime.date.today().isoformat()
    for path, text in scaffold.files(schema, folder.name, today, secrets.token_hex(32)).items():
        step.write_text(folder / path, text)
    print(f"Étude créée dans {folder}. Ouvrez {folder / 'README.md'} : cinq étapes.")


if __name__ == "__main__":
    step.run(main, "folder")
