"""Annotate again the turns that masking changed."""

from pathlib import Path

from verbatim import annotation_cache, step, tables


def main(options):
    raw = tables.read("private/turns", options.raw)
    masked = tables.read("corpus/turns", options.masked)
    annotated = annotation_cache.annotate(annotation_cache.changed(raw, masked), Path(options.cache), "masked-")
    tables.write("private/annotation", annotated, options.annotation)


if __name__ == "__main__":
    step.run(main, "raw", "masked", "cache", "annotation")
