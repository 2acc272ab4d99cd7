"""Record versions, settings and the digests of sources and results."""

import json

from verbatim import provenance, step, tables


def main(options):
    files = tables.read("corpus/files", options.files)
    results = {path: provenance.sha256(path) for path in [*options.tables, options.report]}
    record = provenance.record(options.settings, files, results)
    step.write_text(options.record, json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    step.run(main, "files", "report", "tables+", "settings", "record")
