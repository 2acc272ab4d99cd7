"""Write the report: one HTML page that is read offline."""

from pathlib import Path

from verbatim import step
from verbatim.report import material, render

TEMPLATES = Path(__file__).parents[1] / "workflow" / "report"
HUMAN = ("themes?", "declared?", "guide?")


def main(options):
    html = render.page(material.read(vars(options)), TEMPLATES)
    step.write_text(options.report, html)
    step.log.info("%s : %.1f Mo", options.report, len(html.encode()) / 1e6)


if __name__ == "__main__":
    step.run(main, "tables+", "names+", *HUMAN, "figures*", "settings", "report")
