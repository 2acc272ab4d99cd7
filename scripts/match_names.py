"""Follow the names that people gave to classes into this run, and say what changed since the accepted one."""

from pathlib import Path

from verbatim import step, tables
from verbatim.class_names import accepted, following, reading


def main(options):
    analysis, run = options.analysis, None
    if options.accepted_segments and options.accepted_profiles:
        files = [Path(path) for path in (options.accepted_segments, options.accepted_profiles)]
        run = accepted.read(*(path.read_bytes() for path in files), f"resources/accepted/{analysis}")
    known = {analysis: (run.run, run.classes)} if run else {}
    rows = reading.read(Path(options.class_names).read_bytes(), accepted=known) if options.class_names else []
    found = following.follow(
        analysis,
        [row for row in rows if row.analysis == analysis],
        run,
        tables.read("corpus/segments", options.segments),
        tables.read("classes/segments", options.classes),
        tables.read("classes/profiles", options.profiles),
        tables.read("lexicon/lemmas", options.lemmas),
        Path(options.key).read_bytes(),
        options.settings["bound"],
    )
    for remark in found.remarks:
        step.log.info("%s", remark)
    tables.write("classes/names", found.names, options.names)
    tables.write("classes/counterparts", found.counterparts, options.counterparts)
    tables.write("classes/moves", found.moves, options.moves)
    tables.write("classes/form_changes", found.form_changes, options.form_changes)
    step.write_text(options.proposal, found.proposal)


if __name__ == "__main__":
    inputs = "segments", "classes", "profiles", "lemmas", "key", "class_names?", "accepted_segments?"
    outputs = "names", "counterparts", "moves", "form_changes", "proposal"
    step.run(main, *inputs, "accepted_profiles?", "analysis", "settings", *outputs)
