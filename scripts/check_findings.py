"""Stop where the words that a finding cites stand no more."""

from verbatim import findings_check, step, tables
from verbatim.problems import raise_all


def main(options):
    passages = tables.read("themes/finding_passages", options.passages)
    codings, found = tables.read("themes/codings", options.codings), tables.read("themes/findings", options.findings)
    raise_all(findings_check.problems(found, passages, codings))
    step.write_text(options.checked, findings_check.told(passages))


if __name__ == "__main__":
    step.run(main, "findings", "passages", "codings", "checked")
