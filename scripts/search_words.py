"""Show a word, a lemma or a sequence of them in context, or count it (run in the study's folder, after a run)."""

from pathlib import Path

from verbatim import concordance, step, tables, twins
from verbatim.problems import Problem, StudyError

RESULTS = Path("results")


def main(options):
    def read(name):
        if name == "classes/segments":
            return tables.read("classes/segments", path(name, options.analysis or only_analysis()))
        return tables.read(name, path(name))

    found = concordance.answer(read, options.ask, options.where, options.by, with_classes=bool(options.analysis))
    if not options.by:
        found = concordance.sort(found, options.order or "position")
    for out in options.out:
        if out.endswith(".parquet"):
            with step.whole_file(out) as partial:
                found.write_parquet(partial)
        else:
            step.write_text(out, twins.spreadsheet(found, "fr"))
    if not options.out:
        print(concordance.tell_counts(found) if options.by else concordance.tell(found))
    print(f"{found.height} {'lignes' if options.by else 'occurrences'}", *options.out, sep=" : ")


def only_analysis():
    names = sorted(p.parent.name for p in RESULTS.glob("classes/*/segments.parquet"))
    if len(names) != 1:
        mend = "ajoutez --analysis et son nom"
        raise StudyError(Problem("analyse", "les classes sont celles d'une analyse", " | ".join(names), mend))
    return names[0]


def path(name, analysis=""):
    stage, own = name.split("/")
    found = RESULTS / stage / analysis / f"{own}.parquet"
    if not found.is_file():
        raise StudyError(Problem(str(found), "introuvable", "les résultats de l'étude", "lancez d'abord : make run"))
    return found


if __name__ == "__main__":
    step.run(main, "ask", "order?", "analysis?", "where*", "by?", "out*")
