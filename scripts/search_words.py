"""Show a word, a lemma or a sequence of them in context (run in the study's folder, after a run)."""

from pathlib import Path

from verbatim import concordance, step, tables, twins
from verbatim.problems import Problem, StudyError

RESULTS = Path("results")


def main(options):
    found = concordance.search(read("corpus/tokens"), read("corpus/turns"), options.ask)
    classes = read("classes/segments", options.analysis) if options.analysis else None
    found = concordance.placed(concordance.sort(found, options.order or "position"), read("corpus/segments"), classes)
    if not options.out:
        print(concordance.tell(found))
    elif options.out.endswith(".parquet"):
        with step.whole_file(options.out) as partial:
            found.write_parquet(partial)
    else:
        step.write_text(options.out, twins.spreadsheet(found, "fr"))
    print(f"{found.height} occurrences" + (f" : {options.out}" if options.out else ""))


def read(name, analysis=""):
    stage, own = name.split("/")
    path = RESULTS / stage / analysis / f"{own}.parquet"
    if not path.is_file():
        raise StudyError(Problem(str(path), "introuvable", "les résultats de l'étude", "lancez d'abord : make run"))
    return tables.read(name, path)


if __name__ == "__main__":
    step.run(main, "ask", "order?", "analysis?", "out?")
