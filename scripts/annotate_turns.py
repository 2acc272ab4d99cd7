"""Annotate the turns of one share of the interviews with the language model."""

from pathlib import Path

from verbatim import annotation_cache, step, tables


def main(options):
    turns = tables.read("private/turns", options.turns)
    own = annotation_cache.of_shard(turns, int(options.shard), int(options.shards))
    annotated = annotation_cache.annotate(own, Path(options.cache))
    tables.write("private/annotation", annotated, options.annotation)


if __name__ == "__main__":
    step.run(main, "turns", "shard", "shards", "cache", "annotation")
