"""Measure how codings are found again in transcripts that were edited. Nothing here is a test.

`python tests/bench/anchors.py results/corpus/turns.parquet --seeds 4`: codings of 1 to 45 words are laid on the turns
of participants, the transcripts edited at random (letters, words, turns merged, split and put in, apostrophes,
decomposed accents), and each coding is found again, with the words around it and without. The truth is the map of the
edits. One line for each rate of edited characters and length of codings: shares of each status; `wrong`, called intact
or moved though less than 0.8 of the passage (intersection over union) is the true one; `found`, of the codings of which
half the letters survive in one turn: intact, moved, or doubtful with the true passage proposed.
"""

from __future__ import annotations

import argparse
import random
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import polars as pl

from verbatim import anchors

RATES = (0.0, 0.01, 0.03, 0.05)
LENGTHS = (1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 45)
PER_INTERVIEW = 40
LETTERS = "abcdefghijklmnopqrstuvwxyzéè "
FILLERS = (" euh", " voilà", " du coup", " bon ben")
# A character as it stands now, with the turn and the place that it comes from; None when it was put in.
Letter = tuple[str, tuple[int, int] | None]


def edited(turns: Mapping[int, str], rate: float, rng: random.Random) -> dict[int, list[Letter]]:
    """Return the turns with about `rate` of their characters edited, and turns merged, split and put in."""
    lines = [_typed(turn, text, rate, rng) for turn, text in turns.items()]
    style = rng.random() if rate else 0.6
    return {n: _restyled(line, style) for n, line in enumerate(_redivided(lines, rate, rng), 1)}


def _typed(turn: int, text: str, rate: float, rng: random.Random) -> list[Letter]:
    line: list[Letter] = []
    place = 0
    while place < len(text):
        own, draw = (text[place], (turn, place)), rng.random() / rate if rate else 1.0
        place += 1
        if draw < 0.5:
            line.append((rng.choice(LETTERS), own[1]))
        elif draw < 0.7:
            continue
        elif draw < 0.9:
            line += [own, (rng.choice(LETTERS), None)]
        elif draw < 0.92:
            end = text.find(" ", place)
            place = end if end > 0 else len(text)
        elif draw < 0.94:
            line += [*((letter, None) for letter in rng.choice(FILLERS)), own]
        else:
            line.append(own)
    return line


def _redivided(lines: list[list[Letter]], rate: float, rng: random.Random) -> list[list[Letter]]:
    done: list[list[Letter]] = []
    k = 0
    while k < len(lines):
        draw = rng.random() / rate if rate else 3.0
        if draw < 1 and k + 1 < len(lines):
            done.append([*lines[k], (" ", None), *lines[k + 1]])
            k += 1
        elif 1 <= draw < 2 and len(lines[k]) > 20:
            cut = rng.randrange(5, len(lines[k]) - 5)
            done += [lines[k][:cut], lines[k][cut:]]
        elif 2 <= draw < 2.5:
            done += [[(letter, None) for letter in "Oui, d'accord."], lines[k]]
        else:
            done.append(lines[k])
        k += 1
    return done


def _restyled(line: list[Letter], style: float) -> list[Letter]:
    if style < 0.3:
        return [("’" if letter == "'" else letter, origin) for letter, origin in line]
    if style < 0.5:
        return [("'" if letter == "’" else letter, origin) for letter, origin in line]
    if style > 0.7:
        return [(part, origin) for letter, origin in line for part in unicodedata.normalize("NFD", letter)]
    return line


def truth(lines: Mapping[int, list[Letter]], span: anchors.Span) -> tuple[anchors.Span | None, int]:
    """Return where the largest part of `span` stands now in one turn, and how many of its letters are there."""
    best, most = None, 0
    for turn, line in lines.items():
        kept = [(n, origin[1]) for n, (_, origin) in enumerate(line) if origin and origin[0] == span.turn]
        kept = [(n, place) for n, place in kept if span.start <= place < span.end]
        n_letters = len({place for _, place in kept})
        if n_letters > most:
            best, most = anchors.Span(turn, kept[0][0], kept[-1][0] + 1), n_letters
    return best, most


def is_right(found: anchors.Span | None, true: anchors.Span | None) -> bool:
    """Say whether intersection over union of two passages is at least 0.8."""
    if found is None or true is None or found.turn != true.turn:
        return False
    common = min(found.end, true.end) - max(found.start, true.start)
    return common >= 0.8 * (max(found.end, true.end) - min(found.start, true.start))


def codings(turns: Mapping[int, str], spoken: list[int], rng: random.Random) -> Iterator[tuple[anchors.Span, int]]:
    """Yield passages of whole words of the turns `spoken`, with their number of words."""
    for _ in range(PER_INTERVIEW if spoken else 0):
        turn = rng.choice(spoken)
        words = list(re.finditer(r"\S+", turns[turn]))
        n = min(rng.choice(LENGTHS), len(words))
        first = rng.randrange(0, len(words) - n + 1)
        yield anchors.Span(turn, words[first].start(), words[first + n - 1].end()), n


def measure(corpus: pl.DataFrame, seed: int, tables: dict[tuple, Counter]) -> None:
    """Add to `tables` (words around, rate, length) -> counts of codings."""
    rng = random.Random(seed)
    for rate in RATES:
        for _, own in corpus.group_by("interview", maintain_order=True):
            turns = dict(zip(own["turn"], own["text"], strict=True))
            participant = own.filter((pl.col("role") == "participant") & (pl.col("text").str.count_matches(r"\S+") > 5))
            old, lines = anchors.document(turns), edited(turns, rate, rng)
            new = anchors.document({turn: "".join(letter for letter, _ in line) for turn, line in lines.items()})
            for span, n_words in codings(turns, participant["turn"].to_list(), rng):
                true = truth(lines, span)
                held = anchors.holding(old, span)
                for around, kept in ((True, held), (False, anchors.Selector(held.quote, turn=held.turn))):
                    count = tables.setdefault((around, rate, n_words >= 5), Counter())
                    _count(count, kept, new, span, *true)


def _count(
    count: Counter, held: anchors.Selector, new: anchors.Document, span: anchors.Span, true: anchors.Span, kept: int
) -> None:
    begun = time.perf_counter()
    found = anchors.find(held, new)
    count["seconds"] += time.perf_counter() - begun
    right, sure = is_right(found.span, true), found.status in ("intact", "moved")
    survives = kept >= (span.end - span.start) / 2
    count.update(n=1, wrong=sure and not right, survive=survives, **{found.status: 1})
    count["found"] += survives and (sure or (found.status == "doubtful" and right))
    if sure and not right:
        print("wrong:", held, found, true, new.words(found.span))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("turns", nargs="+", type=Path, help="corpus/turns of a study, made by a run")
    parser.add_argument("--seeds", type=int, default=1, help="how many times each is edited")
    options = parser.parse_args()
    tables: dict[tuple, Counter] = {}
    for path in options.turns:
        corpus = pl.read_parquet(path).sort("interview", "turn")
        for seed in range(options.seeds):
            measure(corpus, seed, tables)
    print("around rate words      n  intact  moved doubtful  lost  wrong survive   found      ms")
    for (around, rate, is_long), count in sorted(tables.items(), key=lambda item: (not item[0][0], item[0][1:])):
        shares = "  ".join(f"{100 * count[status] / count['n']:5.1f}" for status in anchors.STATUSES)
        found = 100 * count["found"] / max(1, count["survive"])
        each = 1000 * count["seconds"] / count["n"]
        print(
            f"{'with' if around else 'none':6} {100 * rate:3.0f}% {'>= 5' if is_long else '< 5':5} {count['n']:6d}   "
            f"{shares}  {count['wrong']:5d} {count['survive']:7d}  {found:6.2f}  {each:6.2f}"
        )


if __name__ == "__main__":
    main()
