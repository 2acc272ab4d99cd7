"""Export the classes: coloured corpus, corpus in IRaMuTeQ's format, one text per class."""

from pathlib import Path

from verbatim import crossing, step, tables
from verbatim.class_names.shown import shown
from verbatim.counted_codings import COUNTED
from verbatim.exchange.class_corpus import by_class, starred_corpus
from verbatim.exchange.coloured_corpus import Heading, coloured_corpus


def main(options):
    tokens, turns = tables.read("corpus/tokens", options.tokens), tables.read("corpus/turns", options.turns)
    segments = tables.read("corpus/segments", options.segments)
    classes = tables.read("classes/segments", options.classes)
    study, undecided = options.study_settings, tables.read("corpus/gate", options.gate)["n_undecided"].sum()
    names = shown(tables.read("classes/names", options.names)) if options.names else {}
    about = study["title"], options.title or options.analysis, options.settings["palette"], names
    heading = Heading(*about, study["invented"], undecided)
    typical = tables.read("classes/typical_segments", options.typical)
    step.write_text(options.coloured, coloured_corpus(tokens, turns, segments, classes, typical, heading))
    speakers = tables.read("corpus/speakers", options.speakers)
    codings = tables.read("themes/codings", options.codings) if options.codings else tables.empty("themes/codings")
    touched = crossing.touched(codings.filter(COUNTED), segments, tokens)
    step.write_text(options.corpus, starred_corpus(segments, classes, speakers, touched))
    texts = by_class(segments, classes)
    folder = Path(options.by_class)
    folder.mkdir(parents=True, exist_ok=True)
    for old in {*folder.glob("classe_*.txt")} - {folder / name for name in texts}:
        old.unlink()
    for name, text in texts.items():
        step.write_text(folder / name, text)


if __name__ == "__main__":
    inputs = "segments", "turns", "tokens", "classes", "speakers", "gate", "names?", "typical", "codings?", "analysis"
    step.run(main, *inputs, "title?", "settings", "study_settings", "coloured", "corpus", "by_class")
