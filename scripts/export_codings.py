"""Give all codings, the grid and its themes as an Excel workbook."""

from pathlib import Path

from verbatim import anchoring, grid, step, tables
from verbatim.exchange.coding_workbook import workbook


def main(options):
    codings, filled = tables.read("themes/codings", options.codings), tables.read("themes/grid", options.filled)
    themes = grid.themes(Path(options.grid).read_text(encoding="utf-8-sig")) if options.grid else []
    documents = anchoring.documents(tables.read("corpus/turns", options.turns))
    written = workbook(codings, filled, themes, documents, options.settings["title"])
    with step.whole_file(options.workbook) as partial:
        partial.write_bytes(written)
    step.log.info("%d codages dans le classeur", codings.height)


if __name__ == "__main__":
    step.run(main, "codings", "filled", "turns", "grid?", "settings", "workbook")
