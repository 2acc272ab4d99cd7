"""Say what the study's own corrections of words did to the classes of an analysis."""

from verbatim import step, tables, tokens, wordlists
from verbatim.correction_effects import Classified, classified_without, effects


def main(options):
    own = options.expressions or options.status or options.lemmas
    tables.write(
        "classes/correction_effects",
        found(options) if own else tables.empty("classes/correction_effects"),
        options.effects,
    )


def found(options):
    turns = tables.read("corpus/turns", options.turns)
    raw = tables.read_all("private/annotation", options.annotations)
    masked = tables.read("private/annotation", options.masked)
    speakers = tables.read("corpus/speakers", options.speakers)
    classes = tables.read("classes/segments", options.classes)
    plain = tokens.make(turns, raw, masked, wordlists.load(), **options.words_settings)
    sections = options.selection_settings, options.segments_settings, options.settings, options.compatibility
    open_number = options.settings["number"] == "auto"
    number = classes.filter(classes["found"] > 0)["found"].n_unique() if open_number else None
    before = classified_without(options.analysis, plain, turns, speakers, *sections, number)
    now = tables.read("corpus/tokens", options.tokens), tables.read("corpus/segments", options.segments)
    moved = effects(options.analysis, before, Classified(*now, classes.select("interview", "segment", "class")))
    step.log.info(
        "%s : accord des classes sans et avec les corrections %.3f", options.analysis, moved["ari"].max() or 0
    )
    return moved


if __name__ == "__main__":
    inputs = ("turns", "tokens", "segments", "speakers", "annotations+", "masked", "classes")
    lists = ("expressions?", "status?", "lemmas?")
    sections = ("selection_settings", "segments_settings", "words_settings", "settings", "compatibility")
    step.run(main, *inputs, *lists, "analysis", *sections, "effects")
