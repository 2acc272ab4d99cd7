"""Suggest codings: sentences that hold the cues of a theme, and what that is worth against what people coded."""

from pathlib import Path

from verbatim import anchoring, grid, step, tables
from verbatim.problems import raise_all
from verbatim.theme_suggestions import decisions, pointing, proposal, suggesting


def main(options):
    turns, tokens = tables.read("corpus/turns", options.turns), tables.read("corpus/tokens", options.tokens)
    codings = tables.read("themes/codings", options.codings)
    declared = grid.read(Path(options.grid).read_text(encoding="utf-8-sig")) if options.grid else grid.Grid()
    decided, problems = decisions.rows(Path(options.decisions).read_bytes()) if options.decisions else ([], [])
    raise_all(problems)
    made = suggesting.suggest(turns, tokens, codings, declared, decided, options.least_settings)
    new = made.suggestions.filter(made.suggestions["state"] == "new")
    step.log.info("%d passages suggérés, dont %d à décider", made.suggestions.height, new.height)
    tables.write("themes/suggestions", made.suggestions, options.suggestions)
    tables.write("themes/suggestion_quality", made.quality, options.quality)
    tables.write("themes/suggestion_curve", made.curve, options.curve)
    tables.write("themes/cues", made.cues, options.cues)
    read = pointing.coded_interviews(codings)
    texts = anchoring.documents(turns.filter(turns["interview"].is_in(new["interview"].unique().to_list())))
    step.write_text(options.proposal, proposal.to_csv(made.suggestions, declared.titles, texts, read))


if __name__ == "__main__":
    inputs = "turns", "tokens", "codings", "grid?", "decisions?", "least_settings"
    step.run(main, *inputs, "suggestions", "quality", "curve", "cues", "proposal")
