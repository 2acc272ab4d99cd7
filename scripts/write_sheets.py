"""Write the sheets of themes and of interviews as Word documents."""

from verbatim import step
from verbatim.report import material
from verbatim.report.located import Corpus
from verbatim.sheets import interview_sheet, theme_sheet, word_sheets
from verbatim.sheets.coded_study import CodedStudy

HUMAN = ("themes?", "declared?")


def main(options):
    read = {**vars(options), "guide": None, "figures": []}
    study = CodedStudy(Corpus(material.read(read)))
    themes, interviews = theme_sheet.sheets(study), interview_sheet.sheets(study)
    with step.whole_folder(options.sheets) as folder:
        for name in ("themes", "interviews"):
            (folder / name).mkdir()
        for sheet in themes:
            path = folder / "themes" / f"{word_sheets.file_name(sheet.theme.id)}.docx"
            path.write_bytes(word_sheets.theme(study, sheet))
        for sheet in interviews:
            path = folder / "interviews" / f"{word_sheets.file_name(sheet.interview)}.docx"
            path.write_bytes(word_sheets.interview(study, sheet))
        (folder / "fiches_themes.docx").write_bytes(word_sheets.themes(study, themes))
    step.log.info("%d fiches de thèmes et %d d'entretiens", len(themes), len(interviews))


if __name__ == "__main__":
    step.run(main, "tables+", "names+", *HUMAN, "settings", "sheets")
