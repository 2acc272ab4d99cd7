"""Choose the verbatims that stand for each theme on its sheet."""

from pathlib import Path

from verbatim import grid, step, tables
from verbatim.sheets import chosen_verbatims


def main(options):
    codings = tables.read("themes/codings", options.codings)
    interviews = tables.read("corpus/interviews", options.interviews)
    themes = grid.themes(Path(options.grid).read_text(encoding="utf-8-sig"), options.grid) if options.grid else []
    found = chosen_verbatims.table(codings, interviews, themes, **options.settings)
    step.log.info("%d verbatims choisis pour %d thèmes", found.height, found["theme"].n_unique())
    tables.write("themes/chosen_verbatims", found, options.chosen)


if __name__ == "__main__":
    step.run(main, "codings", "interviews", "grid?", "settings", "chosen")
