"""The accepted run of an analysis: where its segments and classes were, without a word of them.

Texts and lemmas stand as keyed digests (HMAC-SHA256 with the study's key): who has the corpus and the
key recognises them, nobody reads them.
"""

from __future__ import annotations

import codecs
import hashlib
import hmac
import io
from dataclasses import dataclass

import polars as pl

from verbatim.problems import Problem, StudyError

DIGEST_LENGTH = 16
MARKING = 3.84
PLACE = ["interview", "segment"]
SEGMENTS = {
    "interview": pl.String,
    "segment": pl.Int64,
    "start": pl.Int64,
    "end": pl.Int64,
    "digest": pl.String,
    "class": pl.Int64,
    "run": pl.String,
}
PROFILES = {"class": pl.Int64, "digest": pl.String, "chi2": pl.Float64}


@dataclass(frozen=True)
class AcceptedRun:
    """What `make accept` remembered of a run.

    `run`: its name (see `run_name`); `segments`: columns of SEGMENTS, `start` and `end` being the words
    of the interview's participants before it and up to its end, `class` the class as found, before any
    merging, 0 = unclassified; `profiles`: columns of PROFILES, the forms over MARKING of each class.
    """

    run: str
    segments: pl.DataFrame
    profiles: pl.DataFrame

    @property
    def classes(self) -> list[int]:
        """The numbers of its classes; those whose every segment was withdrawn since included."""
        return sorted({*self.segments["class"].unique(), *self.profiles["class"].unique()} - {0})


def digests(key: bytes, texts: pl.Series) -> pl.Series:
    """Return the keyed digests of `texts`; `key` is what the study's key file holds."""
    secret = key.removeprefix(codecs.BOM_UTF8).strip()
    found = [hmac.digest(secret, text.encode(), "sha256").hex()[:DIGEST_LENGTH] for text in texts]
    return pl.Series(texts.name, found, dtype=pl.String)


def placed_segments(classes: pl.DataFrame, corpus: pl.DataFrame, key: bytes) -> pl.DataFrame:
    """Return the segments of a run as they are remembered and compared, in their order.

    `classes` is classes/segments, `corpus` is corpus/segments. Columns interview, segment, start, end,
    digest, found (the class before merging) and class. Positions count the words of the interview's
    participants, punctuation included, so that they are the same however the segments are cut.
    """
    ordered = corpus.sort(PLACE).with_columns(end=pl.col("n_tokens").cum_sum().over("interview"))
    placed = ordered.with_columns(start=pl.col("end") - pl.col("n_tokens"))
    own = classes.select(*PLACE, "found", "class").join(placed, on=PLACE, how="left").sort(PLACE)
    digest = digests(key, own["text"]).alias("digest")
    return own.with_columns(digest).select(*PLACE, "start", "end", "digest", "found", "class")


def run_name(classes: pl.DataFrame) -> str:
    """Return the name of a run: the digest of which segment was found in which class.

    It begins with a letter, so that no spreadsheet takes it for a number. Merging changes nothing in it.
    """
    text = classes.select(*PLACE, "found").sort(PLACE).write_csv()
    return f"r{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def segments_csv(placed: pl.DataFrame, run: str) -> str:
    """Return the text of resources/accepted/<analysis>/segments.csv for `placed_segments` of a run."""
    kept = placed.with_columns(pl.col("found").alias("class"), pl.lit(run).alias("run"))
    return kept.select(*SEGMENTS).sort(PLACE).write_csv()


def profiles_csv(profiles: pl.DataFrame, key: bytes) -> str:
    """Return the text of resources/accepted/<analysis>/profiles.csv for rows of (class, term, chi2)."""
    marking = profiles.filter(pl.col("chi2") > MARKING)
    kept = marking.with_columns(digests(key, marking["term"]).alias("digest"), pl.col("chi2").round(4))
    return kept.select(*PROFILES).sort("class", "chi2", "digest", descending=[False, True, False]).write_csv()


def nothing_accepted() -> AcceptedRun:
    """Return the accepted run of an analysis that has none."""
    return AcceptedRun("", pl.DataFrame(schema=SEGMENTS), pl.DataFrame(schema=PROFILES))


def read(segments: bytes, profiles: bytes, folder: str) -> AcceptedRun:
    """Return the accepted run of which `segments` and `profiles` are the files; `folder` is for messages.

    Raises StudyError when they are not as make accept wrote them; a change of separator by a spreadsheet
    is no harm.
    """
    faults: list[Problem] = []
    frames = [
        _read_csv(segments, f"{folder}/segments.csv", SEGMENTS, faults),
        _read_csv(profiles, f"{folder}/profiles.csv", PROFILES, faults),
    ]
    runs = sorted(set(frames[0]["run"])) if not faults else [""]
    if len(runs) > 1:
        faults.append(_fault(f"{folder}/segments.csv", "plusieurs acceptations mêlées", SEGMENTS))
    if faults:
        raise StudyError(faults)
    return AcceptedRun(runs[0] if runs else "", frames[0].sort(PLACE), frames[1])


def _read_csv(data: bytes, place: str, columns: dict, faults: list[Problem]) -> pl.DataFrame:
    """Return the file's columns in their types, or add what is wrong with it to `faults`."""
    try:
        text = data.decode("utf-8-sig")
        head = text.partition("\n")[0]
        separator = ";" if head.count(";") > head.count(",") else ","
        read = pl.read_csv(io.BytesIO(text.encode()), separator=separator, infer_schema=False)
        plain = [pl.col(name).str.strip_chars() for name in columns]
        frame = read.select(plain).with_columns(pl.col(c).str.replace(",", ".") for c in columns if c == "chi2")
        frame = frame.cast(columns)
        what = "des cellules vides" if sum(frame.null_count().row(0)) else ""
        if "segment" in columns and frame.select(pl.struct(PLACE).is_duplicated().any()).item():
            what = "un segment est écrit deux fois"
    except (UnicodeDecodeError, pl.exceptions.PolarsError):
        what, frame = "ce fichier n'est plus tel que make accept l'a écrit", pl.DataFrame(schema=columns)
    if what:
        faults.append(_fault(place, what, columns))
    return frame


def _fault(place: str, what: str, columns: dict) -> Problem:
    folder = place.rpartition("/")[0]
    mend = f"reprenez-le d'une sauvegarde ; à défaut, supprimez {folder}/ puis : make run, make accept WHAT=classes"
    return Problem(place, what, f"les colonnes {', '.join(columns)}", mend)
