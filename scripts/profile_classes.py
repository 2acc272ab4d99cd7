"""Say what characterises each class: profiles, typical segments, correspondence analysis."""

from verbatim import step, tables
from verbatim.reinert.characterisation import characterise


def main(options):
    found = characterise(
        tables.read("corpus/segments", options.segments),
        tables.read("lexicon/segment_lemmas", options.segment_lemmas),
        tables.read("lexicon/lemmas", options.lemmas),
        tables.read("corpus/speakers", options.speakers),
        tables.read("classes/segments", options.classes),
        options.analysis,
        options.settings,
    )
    if found.profiles.is_empty():
        step.log.info("attention : aucune classe dans l'analyse « %s », les profils sont vides", options.analysis)
    tables.write("classes/profiles", found.profiles, options.profiles)
    tables.write("classes/typical_segments", found.typical, options.typical)
    tables.write("classes/correspondence", found.correspondence, options.correspondence)


if __name__ == "__main__":
    inputs = "segments", "segment_lemmas", "lemmas", "speakers", "classes", "analysis", "settings"
    step.run(main, *inputs, "profiles", "typical", "correspondence")
