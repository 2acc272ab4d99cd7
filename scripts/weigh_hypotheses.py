"""List the passages for, against and nuancing each hypothesis."""

from pathlib import Path

from verbatim import hypotheses, step, tables


def main(options):
    codings = tables.read("themes/codings", options.codings)
    known = hypotheses.declared(Path(options.declared).read_text(encoding="utf-8")) if options.declared else []
    tables.write("themes/hypotheses", hypotheses.weigh(codings, [h["id"] for h in known]), options.hypotheses)


if __name__ == "__main__":
    step.run(main, "codings", "declared?", "hypotheses")
