"""The resamples of an analysis: a part of them, dealt by their number."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import polars as pl
from scipy.sparse import csr_array

from verbatim.reinert.candidates import labels_by_number, numbers_tried
from verbatim.reinert.incidence import SEGMENT, active_forms, count_matrix
from verbatim.stability.chance import by_chance
from verbatim.stability.draws import Found, draw
from verbatim.stability.record import KINDS, Resamples
from verbatim.stability.resampling import resample, without

# Of thousands of short texts, none makes a class, and leaving out each would take longer than all the rest.
MOST_LEFT_OUT = 200


def resample_analysis(
    segments: pl.DataFrame,
    segment_lemmas: pl.DataFrame,
    lemmas: pl.DataFrame,
    compatibility: str,
    settings: dict,
    plan: dict,
    chunk: int,
    tell: Callable[[int, int], None] = lambda done, all_of_them: None,
) -> Resamples:
    """Return the resamples that part `chunk` (from 0) of `plan["chunks"]` makes.

    `segments` is corpus/segments, the others the tables of the analysis; `settings` the section `classes`, `plan`
    the section `stability`. Each interview is left out once; where there are more than 200, those with most segments.
    Dealt by number: how many parts there are changes no draw. `tell(done, of all)` is called after each.
    """
    rows = segments.select(SEGMENT).join(segment_lemmas.select(SEGMENT), on=SEGMENT, how="semi").sort(SEGMENT)
    forms = active_forms(lemmas, 1, lemmas.height + 1)
    counts = count_matrix(rows, segment_lemmas, lemmas, "active", forms)
    names = rows["interview"].unique().sort()
    owners = rows["interview"].replace_strict(names, np.arange(len(names)), return_dtype=pl.Int64).to_numpy()
    known = set(active_forms(lemmas, settings["minimum_frequency"], settings["max_forms"]))
    kept = np.flatnonzero([form in known for form in forms])
    table = csr_array(counts[:, kept] > 0, dtype=float)
    tried = labels_by_number(table, owners, numbers_tried(settings, compatibility), settings, compatibility)
    start = Resamples(
        interviews=tuple(names.to_list()),
        owners=owners,
        segments=rows["segment"].to_numpy(),
        forms=tuple(forms),
        labels={number: own.labels for number, own in tried.items()},
        n_splits={number: own.n_splits for number, own in tried.items()},
        present=np.zeros(len(owners), dtype=np.int64),
    )
    how = compatibility, settings
    mixed, chance = by_chance(counts, owners, start.telling, tried, how, plan, chunk)
    start = replace(start, mixed=mixed, chance=chance)
    wanted = [settings["number"]] if settings["number"] in tried else list(tried)
    return _fill(start, counts, wanted, how, plan, chunk, tell)


def _fill(
    start: Resamples, counts: csr_array, detailed: list[int], how: tuple[str, dict], plan: dict, chunk: int, tell
) -> Resamples:
    """Return `start` with the draws of the part."""
    compatibility, settings = how
    own = list(_planned(start.owners, plan, chunk))
    draws: dict[str, list[int]] = {kind: [] for kind in KINDS}
    crossings: dict[tuple[str, int], list[np.ndarray]] = {(kind, k): [] for kind in KINDS for k in start.labels}
    members = {k: np.zeros((len(start.owners), start.classes(k)), dtype=np.int64) for k in detailed}
    marked: dict[int, list[np.ndarray]] = {k: [] for k in detailed}
    present = np.zeros(len(start.owners), dtype=np.int64)
    for done, (kind, number, rows, texts) in enumerate(own, start=1):
        asked = detailed if kind == start.telling else ()
        found = draw(counts, start.labels, rows, texts, settings, compatibility, asked)
        draws[kind].append(number)
        for k, said in found.items():
            crossings[kind, k].append(said.crossing)
        for k in asked:
            _add(found[k], members[k])
            marked[k].append(_packed(found[k], len(start.forms), start.classes(k)))
        present += np.bincount(rows, minlength=len(present)) > 0 if asked else 0
        tell(done, len(own))
    return replace(
        start,
        present=present,
        draws={kind: np.array(numbers, dtype=np.int64) for kind, numbers in draws.items()},
        crossings={key: _stack(all_, np.int32, *(start.classes(key[1]) + 1,) * 2) for key, all_ in crossings.items()},
        members=members,
        characteristic={
            k: _stack(all_, np.uint8, -(-len(start.forms) * start.classes(k) // 8)) for k, all_ in marked.items()
        },
    )


def _stack(arrays: list[np.ndarray], kind: type, *shape: int) -> np.ndarray:
    return np.array(arrays, dtype=kind).reshape(len(arrays), *shape)


def _planned(owners: np.ndarray, plan: dict, chunk: int) -> Iterator[tuple[str, int, np.ndarray, np.ndarray]]:
    """Yield kind, number, rows and texts of each draw of a part; of interviews only where there are several."""
    n_interviews = int(owners.max(initial=-1)) + 1
    several = n_interviews > 1
    for number in range(chunk, plan["resamples"], plan["chunks"]):
        if several:
            yield "interviews", number, *resample(owners, "interviews", plan["seed"], number)
        if len(owners):
            yield "segments", number, *resample(owners, "segments", plan["seed"], number)
    largest = _largest(owners) if several and plan["resamples"] else []
    for number in largest[chunk :: plan["chunks"]]:
        yield "left_out", number, *without(owners, number)


def _largest(owners: np.ndarray) -> list[int]:
    """Return the interviews to leave out, in order: those with most segments (equals: the first)."""
    return sorted(np.argsort(-np.bincount(owners), kind="stable")[:MOST_LEFT_OUT].tolist())


def _add(found: Found, members: np.ndarray) -> None:
    inside = found.members > 0
    members[found.present[inside], found.members[inside] - 1] += 1


def _packed(found: Found, n_forms: int, n_classes: int) -> np.ndarray:
    """Return whether each form is characteristic of each class, in bits, form after form."""
    form, number = found.characteristic
    flags = np.zeros((n_forms, n_classes), dtype=bool)
    flags[form, number - 1] = True
    return np.packbits(flags)
