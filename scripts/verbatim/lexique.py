"""The dictionary of French forms shipped with the program, made from Lexique 3.83 (New et al. 2004).

Lexique gives, for 125,000 forms, lemmas with part of speech and frequency in the subtitles of films,
which are close to speech. The table made here keeps what lemmatising needs of it.
"""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

POS = {
    "NOM": "NOUN",
    "VER": "VERB",
    "AUX": "AUX",
    "ADJ": "ADJ",
    "ADJ:num": "NUM",
    "ADV": "ADV",
    "ONO": "INTJ",
    "PRE": "ADP",
    "CON": "CCONJ",
}
POS_BY_PREFIX = {"ADJ": "DET", "ART": "DET", "PRO": "PRON"}
SOURCE_COLUMNS = {
    "1_ortho": "form",
    "3_lemme": "lemma",
    "4_cgram": "category",
    "9_freqfilms2": "films",
    "10_freqlivres": "books",
}


def build_table(source: bytes) -> pl.DataFrame:
    """Return the table (form, pos, lemma, frequency) from the bytes of `Lexique383.txt`.

    The source is tab-separated, in latin-1, with decimal commas. `pos` is a part of speech of
    Universal Dependencies, `frequency` occurrences per million words of film subtitles. Rows of a form
    go from its most to its least frequent reading (subtitles, then books); rows without a part of
    speech are left out. Raises ValueError when a column is missing.
    """
    text = source.decode("latin-1")
    raw = pl.read_csv(io.StringIO(text), separator="\t", infer_schema=False, quote_char=None)
    missing = [name for name in SOURCE_COLUMNS if name not in raw.columns]
    if missing:
        raise ValueError(f"not Lexique 3.83: no column {', '.join(missing)}")
    rows = raw.select(pl.col(old).alias(new) for old, new in SOURCE_COLUMNS.items())
    exact = pl.col("category").replace_strict(POS, default=None, return_dtype=pl.String)
    prefix = pl.col("category").str.slice(0, 3).replace_strict(POS_BY_PREFIX, default=None, return_dtype=pl.String)
    numbers = [
        pl.col(c).str.replace(",", ".").cast(pl.Float64, strict=False).fill_null(0.0) for c in ("films", "books")
    ]
    # The source writes FAUX and VRAI, as a spreadsheet does: all is lowered.
    lowered = [pl.col(c).str.to_lowercase().str.replace_all("œ", "oe") for c in ("form", "lemma")]
    kept = rows.with_columns(pl.coalesce(exact, prefix).alias("pos"), *(n.fill_null(0.0) for n in numbers), *lowered)
    kept = kept.filter(pl.col("pos").is_not_null() & pl.col("lemma").is_not_null() & (pl.col("form") != ""))
    kept = kept.group_by("form", "pos", "lemma").agg(pl.col("films").sum(), pl.col("books").sum())
    kept = kept.sort(["form", "films", "books", "pos", "lemma"], descending=[False, True, True, False, False])
    return kept.select("form", "pos", "lemma", pl.col("films").round(2).alias("frequency"))


def compress(table: pl.DataFrame) -> bytes:
    """Return `table` as tab-separated text under gzip: the same bytes for the same table."""
    return gzip.compress(table.write_csv(separator="\t", quote_style="never").encode(), compresslevel=9, mtime=0)


def read(data: bytes) -> pl.DataFrame:
    """Return the table from the bytes that `compress` gives."""
    columns = {"form": pl.String, "pos": pl.String, "lemma": pl.String, "frequency": pl.Float64}
    return pl.read_csv(gzip.decompress(data), separator="\t", schema=columns, quote_char=None)


@dataclass(frozen=True)
class Lexique:
    """Readings of some forms: parts of speech by decreasing frequency, lemma of (form, pos)."""

    readings: dict[str, tuple[str, ...]]
    lemmas: dict[tuple[str, str], str]
    frequencies: dict[tuple[str, str], float]

    @classmethod
    def of(cls, table: pl.DataFrame, forms: Iterable[str] | None = None) -> Lexique:
        """Return the readings of `forms` (all when None) in a table as `build_table` makes it."""
        if forms is not None:
            table = table.filter(pl.col("form").is_in(pl.Series(sorted(set(forms)), dtype=pl.String).implode()))
        readings: dict[str, list[str]] = {}
        lemmas: dict[tuple[str, str], str] = {}
        frequencies: dict[tuple[str, str], float] = {}
        for form, pos, lemma, frequency in table.iter_rows():
            if (form, pos) not in lemmas:
                lemmas[form, pos] = lemma
                readings.setdefault(form, []).append(pos)
            frequencies[form, pos] = frequencies.get((form, pos), 0.0) + frequency
        return cls({form: tuple(tags) for form, tags in readings.items()}, lemmas, frequencies)


def compounds(table: pl.DataFrame) -> frozenset[str]:
    """Return the forms of `table` that a tokeniser must not cut at their hyphen or apostrophe.

    Left out: what is several words under Universal Dependencies (`l'un`, `jusqu'à`, `celui-là`, `est-ce`,
    `montre-la-moi`).
    """
    form = pl.col("form")
    inner = form.str.contains(r"^[^ ]*\w['-]\w[^ ]*$")
    words = form.str.contains(r"^(?:[dl]'|jusqu'|n'est)|-l[ae]s?-(?:moi|toi)$|-(?:ce|je|là)$") & (form != "jusque-là")
    return frozenset(table.filter(inner & ~words).get_column("form").to_list())
