"""Say what characterises each class: profiles, typical segments, correspondence analysis, nearest classes."""

from pathlib import Path

from verbatim import step, tables
from verbatim.reinert.characterisation import characterise
from verbatim.reinert.groups import read_groups


def main(options):
    found = characterise(
        tables.read("corpus/segments", options.segments),
        tables.read("lexicon/segment_lemmas", options.segment_lemmas),
        tables.read("lexicon/lemmas", options.lemmas),
        tables.read("corpus/speakers", options.speakers),
        tables.read("classes/segments", options.classes),
        options.analysis,
        options.settings,
        read_groups(Path(options.groups).read_bytes()) if options.groups else (),
    )
    if found.profiles.is_empty():
        step.log.info("attention : aucune classe dans l'analyse « %s », les profils sont vides", options.analysis)
    tables.write("classes/profiles", found.profiles, options.profiles)
    tables.write("classes/typical_segments", found.typical, options.typical)
    tables.write("classes/correspondence", found.correspondence, options.correspondence)
    tables.write("classes/nearest", found.nearest, options.nearest)


if __name__ == "__main__":
    inputs = "segments", "segment_lemmas", "lemmas", "speakers", "classes", "groups?", "analysis", "settings"
    step.run(main, *inputs, "profiles", "typical", "correspondence", "nearest")
