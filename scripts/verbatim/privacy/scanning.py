"""The last look at what is published: no masked word may stand in it, in any form of file."""

from __future__ import annotations

import ast
import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from verbatim.class_names.reading import guarded
from verbatim.privacy import identifiers
from verbatim.privacy.contents import BARE, PLAIN, contents
from verbatim.privacy.passages import ends_word
from verbatim.problems import Problem

SHORTEST = 2
MACHINERY = re.compile(
    r"(?:fontTable|styles|theme\d*|[wW]ebSettings|settings|numbering|_Types\])\.xml|\.rels|docProps/app"
)
SHOWN = 40


@dataclass(frozen=True)
class Hit:
    """A passage found in a published file: `word` as it stands there, `kind` of identifier, `place` inside the file."""

    file: str
    place: str
    word: str
    kind: str
    n: int


def masked_words(findings: pl.DataFrame) -> dict[str, str]:
    """Return the passages that people decided to mask or replace, as written in the turns, and the kind of each.

    `findings` is private/findings. Passages of one letter are left out: they are in every text.
    """
    chosen = findings.filter(pl.col("decision").is_in(["mask", "replace"])).sort("text", "kind")
    words = {unicodedata.normalize("NFC", text): kind for text, kind in chosen.select("text", "kind").iter_rows()}
    return {text: kind for text, kind in words.items() if len(text) >= SHORTEST}


def search(name: str, data: bytes, words: dict[str, str]) -> Iterator[Hit]:
    """Yield the `words` (passage -> kind) that stand in a file as whole words, case kept, its name included."""
    asked = sorted(words)
    for place, text in [("nom du fichier", unicodedata.normalize("NFC", name)), *contents(name, data)]:
        for word, n in _counts(text, asked):
            yield Hit(name, place, word, words[word], n)


def _counts(text: str, asked: Sequence[str]) -> Iterator[tuple[str, int]]:
    if not asked or not text:
        return
    present = pl.Series([text]).str.extract_many(asked, overlapping=True)[0].unique().sort()
    for word in present:
        n, at = 0, text.find(word)
        while at >= 0:
            n += ends_word(text, at) and ends_word(text, at + len(word))
            at = text.find(word, at + 1)
        if n:
            yield word, n


def identify(name: str, data: bytes) -> Iterator[Hit]:
    """Yield the identifiers with a form of their own (telephones, addresses, accounts…) that a file says.

    What a format writes for itself (styles, fonts, settings of a document) is not read.
    """
    read = {place.removesuffix(PLAIN).removesuffix(BARE).rstrip("/"): text for place, text in contents(name, data)}
    for place, text in read.items():
        if MACHINERY.search(place):
            continue
        found: dict[tuple[str, str], int] = {}
        for line in text.splitlines():
            for start, end, kind in identifiers.find(line):
                found[line[start:end], kind] = found.get((line[start:end], kind), 0) + 1
        for (word, kind), n in sorted(found.items()):
            yield Hit(name, place, word, kind, n)


def own_words(program: Path, words: Iterable[str]) -> set[str]:
    """Return those of `words` that the program itself writes, whatever the study: they prove nothing.

    They stand in its templates, schemas or in a text of its code that is no docstring.
    """
    asked = sorted(words)
    texts = [file.read_text(encoding="utf-8") for folder in ("report", "schemas") for file in _files(program, folder)]
    texts += [text for file in sorted((program / "scripts").rglob("*.py")) for text in _constants(file)]
    text = "\n".join(texts).encode("utf-8", "replace").decode()
    return {word for word, _ in _counts(text, asked)}


def _files(program: Path, folder: str) -> list[Path]:
    return [file for file in sorted((program / "workflow" / folder).rglob("*")) if file.is_file()]


def _constants(file: Path) -> Iterator[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and node.body
        if isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


def files_below(folder: Path) -> list[Path]:
    """Return the files of a results folder that are published: not those of `private`, nor hidden ones."""
    found = (file for file in folder.rglob("*") if file.is_file())
    parts = ((file, file.relative_to(folder).parts) for file in found)
    return sorted(file for file, names in parts if names[0] != "private" and not any(n.startswith(".") for n in names))


def withhold(files: Iterable[Path], folder: Path) -> None:
    """Move `files` below `folder`, under the same path: what must not be read does not stay where it is read."""
    for file in sorted(files):
        target = folder / file.relative_to(file.anchor)
        target.parent.mkdir(parents=True, exist_ok=True)
        file.replace(target)


def told(hits: Sequence[Hit], n_files: int) -> str:
    """Return in French, kind by kind, the identifiers found in files."""
    lines = [f"{n_files} fichier(s) lus, {len(hits)} identifiant(s)"]
    for kind, (title, _) in identifiers.KINDS.items():
        own = [hit for hit in hits if hit.kind == kind]
        lines += [f"{title} : {len(own)}"] if own else []
        lines += [f"  {hit.word}  ({hit.n} fois, {hit.file}{f', {hit.place}' if hit.place else ''})" for hit in own]
    return "\n".join(lines)


def listed(hits: Sequence[Hit], common: Sequence[Hit]) -> str:
    """Return as CSV what was found: masked words that stayed, then those that the program writes by itself."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(("fichier", "endroit", "mot", "sorte", "fois", "remarque"))
    for remark, rows in (("resté", hits), ("mot que le programme écrit lui-même : à vérifier à l'œil", common)):
        for hit in rows:
            cells = (hit.file, hit.place, hit.word, identifiers.KINDS[hit.kind][1], hit.n, remark)
            writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in cells])
    return out.getvalue()


def problems(hits: Sequence[Hit], where: str) -> list[Problem]:
    """Return one problem for each file that holds a masked word; the words themselves are not repeated.

    `where` says which file lists them.
    """
    by_file: dict[str, list[Hit]] = {}
    for hit in hits:
        by_file.setdefault(hit.file, []).append(hit)
    told = []
    for file, own in sorted(by_file.items()):
        kinds = sorted({identifiers.KINDS[hit.kind][1] for hit in own})
        what = f"{sum(hit.n for hit in own)} passage(s) masqués y sont restés ({', '.join(kinds)})"
        told.append(
            Problem(
                file,
                what,
                "aucun",
                f"la liste est dans {where}, qui ne se publie pas ; le fichier a été retiré des résultats",
            )
        )
    return told[:SHOWN]
