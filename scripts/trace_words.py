"""Trace whose word each one is: the interviewer's, taken up by the participant, or the participant's own."""

from verbatim import lexicon, priming, step, tables


def main(options):
    turns = tables.read("corpus/turns", options.turns)
    segments = tables.read("corpus/segments", options.segments)
    speakers = tables.read("corpus/speakers", options.speakers)
    kept = lexicon.select(segments, turns, speakers, options.selection_settings, options.analysis)
    traced = priming.table(options.analysis, tables.read("corpus/tokens", options.tokens), turns, kept)
    if not (turns["role"] == "interviewer").any():
        step.log.warning("aucune parole d'enquêteur dans l'étude : tous les mots sont ceux des participants")
    taken = traced.filter(traced["origin"] == "taken_up").height
    step.log.info("%s : %d mots sur %d repris de l'enquêteur", options.analysis, taken, traced.height)
    tables.write("lexicon/priming", traced, options.priming)


if __name__ == "__main__":
    step.run(main, "tokens", "turns", "segments", "speakers", "analysis", "selection_settings", "priming")
