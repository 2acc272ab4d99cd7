"""Classify an analysis with other settings: one chunk of the trials of the parameter laboratory."""

from verbatim import step, tables
from verbatim.laboratory import record, trials


def main(options):
    turns = tables.read("corpus/turns", options.turns)
    tokens = tables.read("corpus/tokens", options.tokens)
    speakers = tables.read("corpus/speakers", options.speakers)
    planned = trials.plan(options.laboratory_settings, options.compatibility)
    mine = trials.deal(planned, int(options.chunk), options.laboratory_settings["chunks"])
    step.log.info("%s : %d essais sur %d", options.analysis, mine.height, planned.height)
    part = options.selection_settings, options.segments_settings["within"]
    found = trials.sweep(mine, turns, tokens, speakers, *part, options.settings, options.compatibility)
    with step.whole_file(options.trials) as partial, partial.open("wb") as file:
        record.save(found, file)


if __name__ == "__main__":
    sections = "selection_settings", "segments_settings", "settings", "laboratory_settings"
    step.run(main, "turns", "tokens", "speakers", "analysis", *sections, "compatibility", "chunk", "trials")
