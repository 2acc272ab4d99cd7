"""Read the researcher's verdicts and propose a table to write the next ones in."""

from pathlib import Path

from verbatim import hypotheses, step, tables, verdicts
from verbatim.privacy.masking import Names


def main(options):
    weighed = tables.read("themes/hypotheses", options.hypotheses)
    mask = Names(tables.read("private/findings", options.findings)).mask
    text = Path(options.declared).read_text(encoding="utf-8-sig") if options.declared else ""
    known = hypotheses.declared(text, options.declared) if options.declared else []
    data = Path(options.written).read_bytes() if options.written else None
    read = verdicts.read(data, [one["id"] for one in known], options.written) if data is not None else []
    table = verdicts.table(read, weighed, mask)
    tables.write("themes/verdicts", table, options.verdicts)
    step.write_text(options.proposal, verdicts.to_csv(known, weighed, table))


if __name__ == "__main__":
    step.run(main, "hypotheses", "findings", "declared?", "written?", "verdicts", "proposal")
