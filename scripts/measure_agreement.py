"""Measure how far coders agree, and list what they do not agree on, side by side."""

from pathlib import Path

from verbatim import anchoring, grid, step, tables
from verbatim.coder_agreement import decisions, discordances, proposal, study, units
from verbatim.problems import raise_all


def main(options):
    codings, turns = tables.read("themes/codings", options.codings), tables.read("corpus/turns", options.turns)
    tokens, segments = tables.read("corpus/tokens", options.tokens), tables.read("corpus/segments", options.segments)
    declared = grid.read(Path(options.grid).read_text(encoding="utf-8-sig")) if options.grid else grid.Grid()
    decided, problems = decisions.read(Path(options.decided).read_bytes()) if options.decided else ([], [])
    raise_all(problems)
    compared = units.compare(codings, turns, tokens, segments, options.settings["unit"])
    measured = study.measure(compared, codings, declared.themes, options.settings)
    resolved = {one.discordance: decisions.RESOLUTION[one.decision] for one in decided}
    found = discordances.find(compared, codings, resolved)
    step.log.info("%d entretiens codés à plusieurs, %d désaccords", len(compared.interviews), found.height)
    tables.write("themes/agreement", measured, options.agreement)
    tables.write("themes/discordances", found, options.discordances)
    tables.write("themes/resolutions", decisions.resolutions(decided, codings), options.resolutions)
    texts = anchoring.documents(turns.filter(turns["interview"].is_in(list(compared.interviews))))
    step.write_text(options.proposal, proposal.to_csv(found, codings, declared.titles, texts))


if __name__ == "__main__":
    inputs = "codings", "turns", "tokens", "segments", "grid?", "decided?", "settings"
    step.run(main, *inputs, "agreement", "discordances", "resolutions", "proposal")
