"""Run a study and say in French how it goes; Snakemake's own words go to the study's logs/."""

import sys
from pathlib import Path

from verbatim import progress, step

PROGRAM = Path(__file__).resolve().parents[1]


def main(options):
    sys.exit(progress.run(PROGRAM, Path(options.study), options.cores or "all", resume=options.resume))


if __name__ == "__main__":
    step.run(main, "study", "cores?", "resume!")
