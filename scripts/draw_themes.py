"""Draw the grid theme × interview, who speaks for and against each hypothesis, and how far coders agree."""

from pathlib import Path

from verbatim import grid, hypotheses, step, tables
from verbatim.figures import agreement, canvas
from verbatim.figures import grid as grid_figure
from verbatim.figures import hypotheses as hypotheses_figure


def main(options):
    filled, interviews = tables.read("themes/grid", options.grid), tables.read("corpus/interviews", options.interviews)
    counts = tables.read("themes/hypothesis_counts", options.counts)
    measured = tables.read("themes/agreement", options.agreement)
    themes = grid.themes(Path(options.themes).read_text(encoding="utf-8-sig")) if options.themes else []
    text = Path(options.declared).read_text(encoding="utf-8-sig") if options.declared else ""
    declared = hypotheses.declared(text, options.declared) if options.declared else []
    palette = options.settings["palette"]
    figures = (
        grid_figure.draw(filled, interviews, themes, palette),
        hypotheses_figure.draw(counts, declared, palette),
        agreement.draw(measured, themes, palette),
    )
    for figure, svg, png in zip(figures, options.svg, options.png, strict=True):
        canvas.save(figure, svg, png, options.settings["dpi"])


if __name__ == "__main__":
    inputs = "grid", "interviews", "counts", "agreement", "themes?", "declared?"
    step.run(main, *inputs, "settings", "svg+", "png+")
