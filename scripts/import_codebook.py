"""Make a grid of the codes of another program: a REFI-QDA codebook or project, or Taguette's table of tags.

The grid is written where there is none; where there is one, a proposal beside it, never over a file.
"""

from pathlib import Path

from verbatim import grid, step
from verbatim.codings import taguette
from verbatim.exchange.refi_qda import grid_file, read_codebook


def main(options):
    book, target = Path(options.codebook), Path(options.grid)
    read = taguette.codebook if book.suffix.lower() == ".csv" else read_codebook
    codes = read(book.read_bytes(), book.name)
    known = grid.themes(target.read_text(encoding="utf-8-sig"), str(target)) if target.is_file() else []
    text = grid_file.to_yaml(codes, known)
    grid.themes(text, book.name)
    written, n = target, 1
    while written.exists():
        written = target.with_name(f"{target.stem}_proposition{f'_{n}' if n > 1 else ''}{target.suffix}")
        n += 1
    step.write_text(written, text)
    step.log.info("%d codes → %s", len(codes), written)


if __name__ == "__main__":
    step.run(main, "codebook", "grid")
