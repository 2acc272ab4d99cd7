"""Draw who speaks for and against each hypothesis."""

from pathlib import Path

from verbatim import hypotheses, step, tables
from verbatim.figures import canvas
from verbatim.figures import hypotheses as hypotheses_figure


def main(options):
    counts = tables.read("themes/hypothesis_counts", options.counts)
    text = Path(options.declared).read_text(encoding="utf-8-sig") if options.declared else ""
    known = hypotheses.declared(text, options.declared) if options.declared else []
    figure = hypotheses_figure.draw(counts, known, options.settings["palette"])
    canvas.save(figure, options.svg, options.png, options.settings["dpi"])


if __name__ == "__main__":
    step.run(main, "counts", "declared?", "settings", "svg", "png")
