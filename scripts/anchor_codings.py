"""Read the coders' tables and find each passage again in the masked text."""

from pathlib import Path

from verbatim import anchoring, codings, codings_proposal, grid, hypotheses, privacy, recodings, step, tables
from verbatim.coder_agreement import decisions as resolutions
from verbatim.privacy.masking import Names
from verbatim.problems import raise_all
from verbatim.theme_suggestions import decisions


def main(options):
    turns, raw = tables.read("corpus/turns", options.turns), tables.read("private/turns", options.raw)
    to_masked = privacy.span_mapper(tables.read("private/offsets", options.offsets))
    mask = Names(tables.read("private/findings", options.findings)).mask if options.findings else str
    masked = anchoring.documents(turns)
    declared = grid.read(Path(options.grid).read_text(encoding="utf-8-sig")) if options.grid else grid.Grid()
    chosen = recodings.decisions(Path(options.decided).read_bytes(), declared) if options.decided else {}
    read = _readings(options, masked, declared)
    resolved, problems = resolutions.read(Path(options.resolved).read_bytes()) if options.resolved else ([], [])
    raise_all(problems)
    found, changes = recodings.apply([coding for one in read for coding in one.codings], declared, chosen)
    anchored = anchoring.anchor(found, masked, anchoring.documents(raw), to_masked)
    step.log.info("%d codages : %s", len(anchored), anchoring.counts(anchored))
    table = resolutions.set_aside(anchoring.codings_table(anchored, masked, mask), resolved)
    tables.write("themes/codings", table, options.codings)
    if options.anchoring:
        tables.write("themes/anchoring", anchoring.anchoring_table(anchored, masked, mask), options.anchoring)
    if options.proposal:
        step.write_text(options.proposal, codings_proposal.to_csv(anchored, masked, mask))
    if options.unread:
        tables.write("themes/unread", codings.unread_table(read, mask), options.unread)
    if options.recodings:
        tables.write("themes/recodings", recodings.table(changes), options.recodings)
        step.write_text(options.dealing, recodings.to_csv(changes, anchored, declared, masked, mask))


def _readings(options, masked, declared):
    known = hypotheses.declared(Path(options.hypotheses).read_text(encoding="utf-8")) if options.hypotheses else []
    # A theme that the grid has renamed, merged or split is named by its old identifier only.
    study = codings.StudyText({old: old for old in declared.current} | declared.titles, masked)
    read = [codings.read(Path(file).read_bytes(), file, codings.folder_coder(file), study) for file in options.files]
    told = codings.differing_authors([*zip(options.files, read, strict=True)])
    read.append(codings.Reading(unread=told))
    if options.suggestions:
        read.append(decisions.read(Path(options.suggestions).read_bytes(), options.suggestions, study))
    found = [coding for one in read for coding in one.codings]
    names = {"theme": set(declared.current), "hypothesis": {h["id"] for h in known}, "interview": set(masked)}
    raise_all([*(problem for one in read for problem in one.problems), *codings.check(found, names)])
    return read


if __name__ == "__main__":
    decided = "decided?", "resolved?", "suggestions?"
    outputs = "codings", "anchoring?", "proposal?", "unread?", "recodings?", "dealing?"
    step.run(main, "files*", "grid?", "hypotheses?", "turns", "raw", "offsets", "findings?", *decided, *outputs)
