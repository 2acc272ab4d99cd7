"""Measure how far apart the vocabularies of modalities are, by Labbé's distance."""

from verbatim import step, tables
from verbatim.vocabulary import distances


def main(options):
    segment_lemmas = tables.read("lexicon/segment_lemmas", options.segment_lemmas)
    segments = tables.read("corpus/segments", options.segments)
    speakers = tables.read("corpus/speakers", options.speakers)
    study = (options.analysis, segment_lemmas, segments, speakers)
    least = options.settings["distance_minimum_frequency"]
    found = distances.measure(*study, options.specificities_settings["variables"], least)
    tables.write("lexicon/distances", found, options.distances)
    step.log.info("%s : %d couples de modalités", options.analysis, found.height)


if __name__ == "__main__":
    inputs = ("segment_lemmas", "segments", "speakers", "analysis", "settings", "specificities_settings")
    step.run(main, *inputs, "distances")
