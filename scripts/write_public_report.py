"""Write the version of the report that others may read, and the list of verbatims to sign."""

from pathlib import Path

from verbatim import step, wordlists
from verbatim.figures import canvas, dendrogram
from verbatim.problems import raise_all
from verbatim.public_report import page, signed_list, verbatims
from verbatim.public_report.study import PublicStudy
from verbatim.public_report.view import View
from verbatim.report import material
from verbatim.report.located import Corpus
from verbatim.sheets.coded_study import CodedStudy

TEMPLATES = Path(__file__).parents[1] / "workflow" / "report"
HUMAN = ("themes?", "declared?", "signed?")
WORDS = 12


def main(options):
    read = material.read({**vars(options), "guide": None, "figures": []})
    signatures, problems = signed_list.read(Path(options.signed).read_bytes()) if options.signed else ([], [])
    raise_all(problems)
    signed = {one.passage: one for one in signatures}
    own = options.settings["publication"]
    study = PublicStudy(CodedStudy(Corpus(read)), own["smallest_group"])
    rare = verbatims.rare_words(study.participants_words, wordlists.dictionary(), own["smallest_group"])
    view = View(study, verbatims.Rule(**own, signed=signed, rare=rare, words=study.words))
    figures = {one["id"]: _figure(view, one["id"]) for one in view.analyses if one["enough"]}
    step.write_text(options.report, page.html(view, options.settings["study"], figures, TEMPLATES))
    step.write_text(options.proposal, signed_list.to_csv(verbatims.proposal(view.all_shown, signed)))
    step.log.info("%(whole)d verbatims entiers, %(short)d raccourcis, %(held)d retenus", view.counts())


def _figure(view, name):
    tables = (view.material.table(table, name) for table in ("classes/tree", "classes/segments"))
    names, palette = view.material.class_names[name], view.material.settings["figures"]["palette"]
    return canvas.as_svg(dendrogram.draw(*tables, view.shared_profiles(name), WORDS, palette, names))


if __name__ == "__main__":
    step.run(main, "tables+", "names+", *HUMAN, "settings", "report", "proposal")
