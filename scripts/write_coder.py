"""Write the page in which people code in their browser, offline."""

from pathlib import Path

from verbatim import grid, hypotheses, step, tables
from verbatim.report import coder_page

TEMPLATES = Path(__file__).parents[1] / "workflow" / "report"


def main(options):
    frames = {
        "turns": tables.read("corpus/turns", options.turns),
        "speakers": tables.read("corpus/speakers", options.speakers),
        "gate": tables.read("corpus/gate", options.gate),
        "codings": tables.read("themes/codings", options.codings),
    }
    declared = grid.read(Path(options.grid).read_text(encoding="utf-8-sig")) if options.grid else grid.Grid()
    text = Path(options.hypotheses).read_text(encoding="utf-8-sig") if options.hypotheses else ""
    known = hypotheses.declared(text) if text else []
    html = coder_page.page(frames, declared, known, options.settings, TEMPLATES)
    step.write_text(options.page, html)
    step.log.info("%s : %.1f Mo", options.page, len(html.encode()) / 1e6)


if __name__ == "__main__":
    step.run(main, "turns", "speakers", "gate", "codings", "grid?", "hypotheses?", "settings", "page")
