"""Mask what was decided, in turns, speakers and names of files: the gate before anything is published."""

from verbatim import step, tables
from verbatim.privacy import masking


def main(options):
    findings = tables.read("private/findings", options.findings)
    masking.check_decided(findings, options.settings["mode"], options.review)
    turns, offsets, gate = masking.mask_turns(tables.read("private/turns", options.raw_turns), findings)
    names = masking.Names(findings)
    turns, speakers = masking.mask_names(names, turns, tables.read("private/speakers", options.raw_speakers))
    files = masking.mask_files(names, tables.read("private/files", options.raw_files))
    step.log.info("%d passages masqués ou remplacés, %d non décidés", offsets.height, gate["n_undecided"].sum())
    tables.write("corpus/turns", turns, options.turns)
    tables.write("corpus/speakers", speakers, options.speakers)
    tables.write("corpus/files", files, options.files)
    tables.write("corpus/gate", gate, options.gate)
    tables.write("private/offsets", offsets, options.offsets)


if __name__ == "__main__":
    inputs = ("raw_turns", "raw_speakers", "raw_files", "findings", "review", "settings")
    step.run(main, *inputs, "turns", "speakers", "files", "gate", "offsets")
