"""Classify resamples of the interviews and of the segments, and seek the classes there: a part of them."""

from verbatim import step, tables
from verbatim.stability import record
from verbatim.stability.bootstrap import resample_analysis


def main(options):
    found = resample_analysis(
        tables.read("corpus/segments", options.segments),
        tables.read("lexicon/segment_lemmas", options.segment_lemmas),
        tables.read("lexicon/lemmas", options.lemmas),
        options.compatibility,
        options.settings,
        options.stability_settings,
        int(options.chunk),
        tell,
    )
    with step.whole_file(options.draws) as partial:
        record.write(found, partial)


def tell(done, of_all):
    if done * 10 // of_all > (done - 1) * 10 // of_all:
        step.log.info("%d rééchantillons sur %d", done, of_all)


if __name__ == "__main__":
    inputs = "segments", "segment_lemmas", "lemmas", "analysis", "compatibility", "settings"
    step.run(main, *inputs, "stability_settings", "chunk", "draws")
