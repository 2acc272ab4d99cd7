"""Annotation kept from run to run, one file for each interview, so that what is not new costs nothing.

A file is named after the interview and the digest of all that its annotation depends on: text, model,
versions and the code of annotation. A kept file changes no byte of any result, only the time it takes.
"""

from __future__ import annotations

import ast
import hashlib
import json
import logging
import re
import time
from collections.abc import Callable, Iterable, Iterator
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from verbatim import annotation, noise, tables, wordlists
from verbatim.problems import Problem, StudyError

if TYPE_CHECKING:
    from spacy.language import Language

log = logging.getLogger("verbatim")


def of_shard(turns: pl.DataFrame, shard: int, shards: int) -> pl.DataFrame:
    """Return the turns of the interviews that fall to `shard` (from 0) among `shards`: by SHA-256 of the id."""
    names = turns["interview"].unique().sort().to_list()
    chosen = [name for name in names if int(hashlib.sha256(name.encode()).hexdigest(), 16) % shards == shard]
    return turns.filter(pl.col("interview").is_in(chosen))


def changed(raw: pl.DataFrame, masked: pl.DataFrame) -> pl.DataFrame:
    """Return the turns of `masked` whose text is not that of the same turn of `raw`."""
    before = raw.select("interview", "turn", before="text")
    both = masked.join(before, on=["interview", "turn"], how="left", maintain_order="left")
    return both.filter(pl.col("text").ne_missing(pl.col("before"))).drop("before")


def annotate(
    turns: pl.DataFrame, folder: Path, prefix: str = "", load: Callable[[], Language] | None = None
) -> pl.DataFrame:
    """Return the table private/annotation of `turns`, reading kept files and making those that lack.

    The model is loaded (by `load`) only when a file lacks. Files of the same interview for other texts,
    models or code are removed; `prefix` keeps two kinds of text of one interview apart. Raises
    StudyError when the model is not installed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    recipe = _recipe()
    load = load or (lambda: annotation.load(wordlists.kept_forms()))
    nlp: Language | None = None
    parts, n_words, seconds = [tables.empty("private/annotation")], 0, 0.0
    for (interview,), own in turns.sort("interview", "turn").group_by("interview", maintain_order=True):
        stem = f"{prefix}{interview}"
        path = folder / f"{stem}-{_key(own, recipe)}.parquet"
        part = _kept(path)
        if part is None:
            nlp = nlp or load()
            begun = time.perf_counter()
            part = tables.check("private/annotation", frame(nlp, own))
            seconds += time.perf_counter() - begun
            n_words += part.height
            tables.write("private/annotation", part, path)
        parts.append(part)
        _forget_others(folder, stem, path)
    speed = f", {n_words / seconds:.0f} mots/s" if seconds else ""
    log.info("%d mots annotés%s, %d entretiens", n_words, speed, len(parts) - 1)
    return pl.concat(parts)


def frame(nlp: Language, turns: pl.DataFrame) -> pl.DataFrame:
    """Return the annotation of `turns` (interview, turn, text) with the columns of private/annotation."""
    texts = turns["text"].to_list()
    places = zip(turns["interview"], turns["turn"], texts, annotation.annotate(nlp, texts), strict=True)
    schema = tables.empty("private/annotation").schema
    rows = [
        (interview, turn, number, start, end, text[start:end], lemma or text[start:end], pos or "X", entity)
        for interview, turn, text, words in places
        for number, (start, end, lemma, pos, entity) in enumerate(words, 1)
    ]
    return pl.DataFrame(rows, schema=schema, orient="row")


def _kept(path: Path) -> pl.DataFrame | None:
    """Return what is kept at `path`; None when there is nothing, or nothing that can be read."""
    if not path.exists():
        return None
    try:
        return tables.read("private/annotation", path)
    except (pl.exceptions.PolarsError, tables.TableError, OSError):
        return None


def _key(turns: pl.DataFrame, recipe: str) -> str:
    said = turns.select("turn", "text").rows()
    return hashlib.sha256(json.dumps([recipe, said], ensure_ascii=False).encode()).hexdigest()[:16]


def _recipe() -> str:
    """Return a digest of all that annotation depends on besides the text."""
    parts = [annotation.MODEL, *_versions(annotation.MODEL, "spacy"), *sorted(wordlists.kept_forms())]
    parts.append(repr(tables.TABLES["private/annotation"]))
    for module in (annotation, noise):
        parts.append(ast.dump(ast.parse(Path(module.__file__).read_text(encoding="utf-8"))))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _versions(*packages: str) -> Iterator[str]:
    for package in packages:
        try:
            yield f"{package}=={metadata.version(package)}"
        except metadata.PackageNotFoundError as error:
            mend = "réinstallez le programme : pip install --require-hashes -r requirements.lock"
            raise StudyError(Problem("installation", f"« {package} » n'est pas installé", "", mend)) from error


def _forget_others(folder: Path, stem: str, kept: Path) -> None:
    own = re.compile(re.escape(stem) + r"-[0-9a-f]{16}\.parquet")
    for path in _files(folder):
        if path != kept and own.fullmatch(path.name):
            path.unlink(missing_ok=True)


def _files(folder: Path) -> Iterable[Path]:
    return sorted(folder.glob("*.parquet"))
