"""Find the words that the findings cite, and draft the citations of others."""

from pathlib import Path

from verbatim import anchoring, findings, findings_draft, grid, hypotheses, step, tables
from verbatim.privacy.masking import Names


def main(options):
    codings, turns = tables.read("themes/codings", options.codings), tables.read("corpus/turns", options.turns)
    mask = Names(tables.read("private/findings", options.findings)).mask
    text = Path(options.declared).read_text(encoding="utf-8-sig") if options.declared else ""
    known = hypotheses.declared(text, options.declared) if options.declared else []
    written = Path(options.written).read_text(encoding="utf-8-sig") if options.written else ""
    found = findings.read(written, [one["id"] for one in known], options.written) if options.written else []
    tables.write("themes/findings", findings.table(found, mask), options.cited)
    themes = grid.read(Path(options.grid).read_text(encoding="utf-8-sig")) if options.grid else grid.Grid()
    whole = anchoring.documents(turns.filter(turns["interview"].is_in(findings.interviews(found, codings))))
    cited = findings.passages(found, codings, whole, mask, themes.current)
    tables.write("themes/finding_passages", cited, options.passages)
    weighed = tables.read("themes/hypotheses", options.hypotheses)
    step.write_text(options.proposal, findings_draft.to_yaml(known, weighed, codings))


if __name__ == "__main__":
    inputs = ("codings", "turns", "findings", "hypotheses", "grid?", "declared?", "written?")
    step.run(main, *inputs, "cited", "passages", "proposal")
