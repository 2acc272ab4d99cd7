"""Find what may identify somebody in the turns, and lay out the page and the table in which to decide."""

from pathlib import Path

from verbatim import step, tables
from verbatim.privacy import decisions, findings, names, review
from verbatim.problems import raise_all

TEMPLATE = Path(__file__).resolve().parents[1] / "workflow/report/revue.html.j2"


def main(options):
    turns = tables.read("private/turns", options.turns)
    annotation = tables.read_all("private/annotation", options.annotations)
    key = decisions.read_key(Path(options.key).read_bytes() if options.key else None)
    standing = decisions.read(Path(options.decisions).read_bytes(), options.decisions, key) if options.decisions else []
    words = options.settings["words"]
    raise_all([] if words else findings.without_capitals(turns))
    finder = names.finder(turns)
    found = findings.find(turns, annotation, finder, words)
    decided = findings.decide(turns, found, standing, key, finder.vocabulary)
    types = findings.types(decided, turns, finder.vocabulary)
    n_words = sum(len(text.split()) for text in turns["text"])
    step.log.info("%s", findings.tell(types, standing, n_words))
    tables.write("private/findings", decided, options.findings)
    step.write_text(options.review, review.page(types, TEMPLATE.read_text("utf-8"), options.settings["mode"], n_words))
    step.write_text(options.proposal, review.proposal(types))


if __name__ == "__main__":
    step.run(main, "turns", "annotations+", "decisions?", "key?", "settings", "findings", "review", "proposal")
