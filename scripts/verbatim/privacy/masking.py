"""Masking what was decided, and the map from raw to masked places.

Whatever was masked once is masked wherever it stands as whole words, found there or not; nothing else
changes, save the elided word before a pseudonym.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import polars as pl

from verbatim.privacy import elision
from verbatim.privacy.passages import WORD, Passages, normalise
from verbatim.problems import Problem, StudyError, raise_all

log = logging.getLogger("verbatim")

# raw_start, raw_end, start, end: half-open, in characters of the raw and of the masked turn.
Offset = tuple[int, int, int, int]
LOOSE = str.maketrans("_-", "  ")
GATE = {"accept": "n_accepted", "mask": "n_masked", "replace": "n_replaced", None: "n_undecided"}


@dataclass(frozen=True)
class Hidden:
    """A passage of a text that is to be masked."""

    start: int
    end: int
    replacement: str
    kind: str = ""
    decision: str = "mask"


def check_decided(findings: pl.DataFrame, mode: str, review: str) -> None:
    """Raise StudyError when `mode` is block and passages are undecided; `review` is the page to open."""
    undecided = findings.filter(pl.col("decision").is_null())
    if mode != "block" or undecided.is_empty():
        return
    n_types, n = undecided["digest"].n_unique(), undecided.height
    passages = "1 passage attend" if n == 1 else f"{n} passages attendent"
    types = "1 type" if n_types == 1 else f"{n_types} types"
    what = f"{passages} une décision ({types} à examiner)"
    mend = f"ouvrez {review}, décidez, téléchargez, puis : make accept WHAT=privacy FILE=<fichier téléchargé>"
    expected = "garder, masquer ou remplacer, pour chaque type"
    raise StudyError(Problem("barrière de confidentialité", what, expected, mend))


def mask_turns(turns: pl.DataFrame, findings: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Return the tables corpus/turns, private/offsets and corpus/gate.

    `findings` is private/findings: rows decided mask or replace are applied, there and at every other
    occurrence of the same normal form. A word that is also a common noun, always found with a capital
    (`Rose`), is left alone where it has none.
    """
    chosen = findings.filter(pl.col("decision").is_in(["mask", "replace"])).sort("interview", "turn", "start", "end")
    spread = _Spread(chosen)
    own: dict[tuple[str, int], list[Hidden]] = {}
    for row in chosen.iter_rows(named=True):
        passage = Hidden(row["start"], row["end"], row["replacement"], row["kind"], row["decision"])
        own.setdefault((row["interview"], row["turn"]), []).append(passage)
    texts, offsets, hidden = [], [], []
    for interview, turn, text in turns.select("interview", "turn", "text").iter_rows():
        passages = {(h.start, h.end): h for h in spread.find(text)}
        passages |= {(h.start, h.end): h for h in own.get((interview, turn), ())}
        regions = merged(passages.values())
        masked, places = mask_text(text, regions)
        texts.append(masked)
        hidden += regions
        offsets += [(interview, turn, *place) for place in places]
    schema = {"interview": pl.String, "turn": pl.Int64, "raw_start": pl.Int64, "raw_end": pl.Int64}
    schema |= {"start": pl.Int64, "end": pl.Int64}
    masked_turns = turns.with_columns(text=pl.Series(texts, dtype=pl.String))
    return masked_turns, pl.DataFrame(offsets, schema=schema, orient="row"), _gate(findings, hidden)


class _Spread:
    """What was masked, to be found wherever else it stands in turns."""

    def __init__(self, chosen: pl.DataFrame):
        self.substitutes: dict[str, Hidden] = {}
        self.in_lower_case: set[str] = set()
        for row in chosen.iter_rows(named=True):
            normal = normalise(row["text"])
            self.substitutes.setdefault(normal, Hidden(0, 0, row["replacement"], row["kind"], row["decision"]))
            if row["text"] == row["text"].lower():
                self.in_lower_case.add(normal)
        self.index = Passages(self.substitutes)

    def find(self, text: str) -> Iterable[Hidden]:
        for start, end, normal in self.index.find(text):
            said = text[start:end]
            if said == said.lower() and normal not in self.in_lower_case and WORD.fullmatch(normal):
                continue
            known = self.substitutes[normal]
            yield Hidden(start, end, known.replacement, known.kind, known.decision)


def merged(passages: Iterable[Hidden]) -> list[Hidden]:
    """Return `passages` with those that overlap made one, which takes the substitute of the longest."""
    regions: list[list[Hidden]] = []
    for passage in sorted(passages, key=lambda h: (h.start, -h.end)):
        if regions and passage.start < max(h.end for h in regions[-1]):
            regions[-1].append(passage)
        else:
            regions.append([passage])
    whole = []
    for region in regions:
        longest = max(region, key=lambda h: (h.end - h.start, -h.start))
        end = max(h.end for h in region)
        whole.append(Hidden(region[0].start, end, longest.replacement, longest.kind, longest.decision))
    return whole


def mask_text(text: str, regions: Sequence[Hidden]) -> tuple[str, list[Offset]]:
    """Return `text` with its `regions` (in order, apart from each other) replaced, and the map of places."""
    parts: list[str] = []
    offsets: list[Offset] = []
    done = length = 0
    for region in regions:
        adapted = elision.adapt(text, region.start, done, region.replacement)
        if adapted is None:
            log.warning(
                "« l' » devant un remplacement à consonne : écrivez l'article dans le remplacement, si c'en est un"
            )
        start, substitute = adapted or (region.start, region.replacement)
        parts += [text[done:start], substitute]
        begin = length + start - done
        length = begin + len(substitute)
        offsets.append((start, region.end, begin, length))
        done = region.end
    return "".join([*parts, text[done:]]), offsets


def map_span(offsets: Sequence[Offset], start: int, end: int) -> tuple[int, int]:
    """Return where the raw span start…end of a turn stands in its masked text.

    `offsets` are the rows (raw_start, raw_end, start, end) of the turn, in order. A span that cuts a
    masked passage, or lies in one, grows to its whole.
    """
    touched = [offset for offset in offsets if offset[0] < end and start < offset[1]]
    first = touched[0][2] if touched and touched[0][0] <= start else _moved(offsets, start)
    last = touched[-1][3] if touched and touched[-1][1] >= end else _moved(offsets, end)
    return first, last


def _moved(offsets: Sequence[Offset], place: int) -> int:
    before = [offset for offset in offsets if offset[1] <= place]
    return place + before[-1][3] - before[-1][1] if before else place


def span_mapper(offsets: pl.DataFrame) -> Callable[[str, int, int, int], tuple[int, int]]:
    """Return a function (interview, turn, start, end) -> (start, end) by the table private/offsets."""
    columns = ("interview", "turn", "raw_start", "raw_end", "start", "end")
    rows = sorted(offsets.select(columns).iter_rows())
    by_turn = {place: [row[2:] for row in group] for place, group in groupby(rows, key=lambda row: row[:2])}
    return lambda interview, turn, start, end: map_span(by_turn.get((interview, turn), ()), start, end)


def _gate(findings: pl.DataFrame, hidden: Iterable[Hidden]) -> pl.DataFrame:
    counts: dict[str, dict[str, int]] = {}
    kept = findings.filter(pl.col("decision").is_null() | (pl.col("decision") == "accept"))
    seen = [*kept.select("kind", "decision").iter_rows(), *((h.kind, h.decision) for h in hidden)]
    for kind, decision in seen:
        row = counts.setdefault(kind, dict.fromkeys(GATE.values(), 0))
        row[GATE[decision]] += 1
    rows = [{"kind": kind, **row} for kind, row in sorted(counts.items())]
    return pl.DataFrame(rows, schema={"kind": pl.String, **dict.fromkeys(GATE.values(), pl.Int64)})


class Names:
    """What was masked, to be masked in names as well: speakers, attributes, file names, notes.

    There case does not count at all, and hyphens and underscores are spaces.
    """

    def __init__(self, findings: pl.DataFrame):
        """Take private/findings."""
        chosen = findings.filter(pl.col("decision").is_in(["mask", "replace"])).sort(
            "interview", "turn", "start", "end"
        )
        self._substitutes: dict[str, str] = {}
        for text, replacement in chosen.select("text", "replacement").iter_rows():
            self._substitutes.setdefault(normalise(text.translate(LOOSE)), replacement)
        self._index = Passages(self._substitutes)

    def mask(self, name: str | None) -> str | None:
        """Return `name` without what was masked."""
        if name is None:
            return None
        found = self._index.find(name.translate(LOOSE))
        regions = merged(Hidden(start, end, self._substitutes[normal]) for start, end, normal in found)
        for region in reversed(regions):
            name = name[: region.start] + region.replacement + name[region.end :]
        return name

    def mask_inside(self, value: Any) -> Any:
        """Return a JSON value with all its texts masked."""
        if isinstance(value, str):
            return self.mask(value)
        if isinstance(value, Mapping):
            return {self.mask(key): self.mask_inside(inner) for key, inner in value.items()}
        return [self.mask_inside(inner) for inner in value] if isinstance(value, list) else value

    def mask_json(self, text: str) -> str:
        """Return the JSON `text` with all its texts masked."""
        value = json.loads(text)
        masked = self.mask_inside(value)
        return text if masked == value else json.dumps(masked, ensure_ascii=False)


def mask_names(names: Names, turns: pl.DataFrame, speakers: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return turns and speakers with labels of speakers and attributes masked.

    Raises StudyError when an interview's identifier holds what was masked, or when two speakers of an
    interview come to bear the same label.
    """
    identifiers = sorted(set(turns["interview"]) | set(speakers["interview"]))
    mend = "donnez-lui un autre identifiant dans interviews.csv, ou gardez ce passage"
    what = "cet identifiant d'entretien contient un passage masqué"
    problems = [Problem(f"entretien {i}", what, "un code, comme E01", mend) for i in identifiers if names.mask(i) != i]
    texts = [name for name in speakers.columns if name not in ("interview", "role")]
    masked = speakers.with_columns(_masked(speakers, name, names.mask) for name in texts)
    twice = masked.filter(pl.struct("interview", "speaker").is_duplicated())["interview"].unique().sort()
    mend = "donnez à ces personnes des étiquettes différentes, ou des remplacements différents"
    what = "deux personnes portent la même étiquette une fois masquées"
    problems += [Problem(f"entretien {interview}", what, "une étiquette chacune", mend) for interview in twice]
    raise_all(problems)
    return turns.with_columns(_masked(turns, "speaker", names.mask)), masked


def mask_files(names: Names, files: pl.DataFrame) -> pl.DataFrame:
    """Return corpus/files: names of files and notes masked. Raises StudyError when two names become one."""
    masked = files.with_columns(_masked(files, "file", names.mask), _masked(files, "notes", names.mask_json))
    if masked["file"].is_duplicated().any():
        what = "deux fichiers portent le même nom une fois masqués"
        mend = "renommez-les sans nom de personne ni de lieu"
        raise StudyError(Problem("resources/transcripts", what, "un nom chacun", mend))
    return masked


def _masked(frame: pl.DataFrame, name: str, mask: Callable) -> pl.Series:
    return pl.Series(name, [mask(value) for value in frame[name]], dtype=frame[name].dtype)
