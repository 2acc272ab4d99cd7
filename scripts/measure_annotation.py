"""Measure annotation on texts annotated by hand: python scripts/measure_annotation.py --gold A.conllu B.conllu."""

from pathlib import Path

from verbatim import annotation, gold, step, wordlists


def main(options):
    sentences = [unit for path in options.gold for unit in gold.read(Path(path).read_text(encoding="utf-8"))]
    for line in gold.report(annotation.load(wordlists.kept_forms()), sentences, wordlists.load()):
        print(line)


if __name__ == "__main__":
    step.run(main, "gold+")
