"""What the gate is worth on texts annotated by hand: proper nouns found, and how much a person has to review."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import polars as pl

from verbatim import annotation
from verbatim.gold import Unit
from verbatim.privacy import findings
from verbatim.privacy.names import NameFinder
from verbatim.privacy.passages import Passages, normalise

if TYPE_CHECKING:
    from spacy.language import Language


def measure(nlp: Language, finder: NameFinder, units: Sequence[Unit]) -> pl.DataFrame:
    """Return one row for each gold proper noun and each finding of `units`.

    Columns: unit, form, gold (a proper noun by hand), flagged, kind (of the finding; null: none). A proper noun is
    found when a finding covers it.
    """
    rows = []
    texts = [unit.text for unit in units]
    for number, (unit, text, tokens) in enumerate(zip(units, texts, annotation.annotate(nlp, texts), strict=True)):
        annotated = [(start, end, pos, entity) for start, end, _, pos, entity in tokens]
        found = findings.in_text(text, annotated, finder, Passages(()))
        for start, end, form in _proper_nouns(unit, text):
            kind = next((kind for a, b, kind in found if a <= start and end <= b), None)
            rows.append((number, form, True, kind is not None, kind))
        rows += [(number, text[a:b], False, True, kind) for a, b, kind in found]
    columns = {"unit": pl.Int64, "form": pl.String, "gold": pl.Boolean, "flagged": pl.Boolean, "kind": pl.String}
    return pl.DataFrame(rows, schema=columns, orient="row")


def _proper_nouns(unit: Unit, text: str) -> Iterator[tuple[int, int, str]]:
    at = 0
    for word in unit.words:
        start = text.find(word.form, at)
        if start >= 0:
            at = start + len(word.form)
            if word.pos == "PROPN" and any(c.isalpha() for c in word.form):
                yield start, at, word.form


def told(measured: pl.DataFrame, n_words: int) -> list[str]:
    """Return in French recall, flags and types for a thousand words, and what was missed most."""
    gold = measured.filter("gold")
    flags = measured.filter(~pl.col("gold") & (pl.col("kind") != "public"))
    missed = Counter(gold.filter(~pl.col("flagged"))["form"])
    types = len({normalise(form) for form in flags["form"]})
    seen, known = gold["flagged"].sum(), (gold["kind"] == "public").sum()
    shown = ", ".join(f"{form} ({n})" for form, n in sorted(missed.items(), key=lambda one: (-one[1], one[0]))[:40])
    return [
        f"{gold.height} noms propres dans {n_words} mots",
        f"repérés : {seen / max(gold.height, 1):.1%}, dont {known} connus de tous et gardés d'office",
        f"à examiner : {1000 * flags.height / max(n_words, 1):.1f} passages pour 1 000 mots, {types} types",
        f"manqués : {shown or 'aucun'}",
    ]
