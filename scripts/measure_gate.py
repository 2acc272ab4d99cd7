"""Measure the privacy gate on texts annotated by hand: python scripts/measure_gate.py --gold A.conllu B.conllu."""

from pathlib import Path

from verbatim import annotation, gold, step, wordlists
from verbatim.privacy import measuring, names


def main(options):
    nlp, finder = annotation.load(wordlists.kept_forms()), names.shipped_finder()
    for path in options.gold:
        units = gold.read(Path(path).read_text(encoding="utf-8"))
        for title, own in (("avec ponctuation", units), ("sans ponctuation", gold.without_punctuation(units))):
            n_words = sum(len(unit.text.split()) for unit in own)
            print(f"{Path(path).name}, {title}")
            for line in measuring.told(measuring.measure(nlp, finder, own), n_words):
                print(f"  {line}")


if __name__ == "__main__":
    step.run(main, "gold+")
