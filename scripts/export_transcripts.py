"""Give every transcript as a Word document, masked, to be coded in comments."""

from pathlib import Path

from verbatim import grid, hypotheses, step, tables
from verbatim.exchange.coding_documents import Coded, document


def main(options):
    turns, gate = tables.read("corpus/turns", options.turns), tables.read("corpus/gate", options.gate)
    themes = grid.themes(Path(options.grid).read_text(encoding="utf-8-sig")) if options.grid else []
    known = hypotheses.declared(Path(options.hypotheses).read_text(encoding="utf-8-sig")) if options.hypotheses else []
    named = [(one["id"], one["title"]) for one in known]
    about = options.settings
    coded = Coded(about["title"], themes, named, about["invented"], int(gate["n_undecided"].sum()))
    with step.whole_folder(options.folder) as folder:
        for (interview,), own in turns.group_by("interview", maintain_order=True):
            (folder / f"{interview}.docx").write_bytes(document(own, coded))
    step.log.info("%d entretiens à coder dans Word", turns["interview"].n_unique())


if __name__ == "__main__":
    step.run(main, "turns", "gate", "grid?", "hypotheses?", "settings", "folder")
