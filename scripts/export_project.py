"""Export the study as a REFI-QDA project and its grid as a codebook, and tell what they do not carry."""

from pathlib import Path

from verbatim import grid, hypotheses, step, tables, twins
from verbatim.exchange.refi_qda import grid_codes, losses, writing


def main(options):
    themes = grid.themes(Path(options.grid).read_text(encoding="utf-8-sig")) if options.grid else []
    text = Path(options.hypotheses).read_text(encoding="utf-8-sig") if options.hypotheses else "hypotheses: []"
    palette, about = options.figure_settings["palette"], options.study_settings
    study = writing.Study(
        *(tables.read("corpus/turns", options.turns), tables.read("corpus/interviews", options.interviews)),
        *(tables.read("themes/codings", options.codings), themes, hypotheses.declared(text)),
        *(about["title"], about["date"], palette),
    )
    for path, content in (
        (options.project, writing.project(study)),
        (options.codebook, grid_codes.codebook(themes, palette, writing.ORIGIN)),
        (options.losses, twins.spreadsheet(losses.losses(study), "fr").encode()),
    ):
        with step.whole_file(path) as partial:
            partial.write_bytes(content)
    step.log.info("projet REFI-QDA : %d entretiens, %d codages", len(study.texts), study.placed.height)


if __name__ == "__main__":
    inputs = "turns", "interviews", "codings", "grid?", "hypotheses?", "study_settings", "figure_settings"
    step.run(main, *inputs, "project", "codebook", "losses")
