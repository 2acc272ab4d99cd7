"""What a step's code is, as a digest: so that editing a kernel reruns what used it, and nothing else.

The digest of a script covers the syntax trees, without comments and docstrings, of the script and of
every module of this library that it imports, transitively; the declarations of the tables whose
names these write out; and the locked versions of the third-party packages that they import. Touching,
reformatting or commenting changes nothing.
"""

from __future__ import annotations

import ast
import functools
import hashlib
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

from verbatim.tables import TABLES

LIBRARY = "verbatim"
STAGES = ("private", "corpus", "lexicon", "vocabulary", "audit", "classes", "solidity", "graphs", "themes")
DECLARATIONS = {f"{LIBRARY}.tables.{module}" for module in ("catalogue", *STAGES)}


def digest(script: Path, lock: Path) -> str:
    """Return the digest (16 hexadecimal digits) of `script`, whose library lies beside it.

    `lock` is the requirements.lock from which versions of packages are read.
    """
    sources = [script, *(module for module in closure(script))]
    tables = sorted({name for source in sources for name in _facts(source)[2]})
    packages = sorted({name for source in sources for name in _facts(source)[1]})
    versions = locked_versions(lock)
    distributions = _distributions()
    parts = [_facts(source)[0] for source in sources]
    parts += [repr(TABLES[name]) for name in tables]
    for package in packages:
        names = sorted(set(distributions.get(package, [package])))
        parts += [f"{name}=={versions.get(_normal(name), '')}" for name in names]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def closure(script: Path) -> list[Path]:
    """Return the files of the library that `script` imports, transitively, sorted; not declarations."""
    root = script.parent
    found: set[Path] = set()
    queue = [script]
    while queue:
        for module in _facts(queue.pop())[3]:
            path = _file(root, module)
            if path and module not in DECLARATIONS and path not in found:
                found.add(path)
                queue.append(path)
    return sorted(found)


def _file(root: Path, module: str) -> Path | None:
    base = root.joinpath(*module.split("."))
    for path in (base.with_suffix(".py"), base / "__init__.py"):
        if path.is_file():
            return path
    return None


def _facts(path: Path) -> tuple[str, frozenset[str], frozenset[str], frozenset[str]]:
    """Return (dump without docstrings, third-party packages, tables named, modules of the library)."""
    return _read_facts(path, path.stat().st_mtime_ns, path.stat().st_size)


@functools.cache
def _read_facts(path: Path, *_version: int) -> tuple[str, frozenset[str], frozenset[str], frozenset[str]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    modules = set(_imports(tree))
    own = {m for m in modules if m.split(".")[0] == LIBRARY}
    others = {m.split(".")[0] for m in modules - own} - set(sys.stdlib_module_names)
    named = {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)} & set(TABLES)
    return ast.dump(_without_docstrings(tree)), frozenset(others), frozenset(named), frozenset(own)


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            if node.module.split(".")[0] == LIBRARY:
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _without_docstrings(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            value = first.value if isinstance(first, ast.Expr) else None
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                node.body = node.body[1:] or [ast.Pass()]
    return tree


@functools.cache
def locked_versions(lock: Path) -> dict[str, str]:
    """Return normalised package name -> versions (with their markers) in a requirements lock."""
    versions: dict[str, str] = {}
    for line in lock.read_text(encoding="utf-8").splitlines():
        found = re.match(r"([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^]]*\])?==([^\\]+)", line)
        if found:
            name = _normal(found[1])
            versions[name] = (versions.get(name, "") + " " + found[2].strip()).strip()
    return versions


@functools.lru_cache(maxsize=1)
def _distributions() -> dict[str, list[str]]:
    return dict(packages_distributions())


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def files_digest(folder: Path) -> str:
    """Return the digest of the names and bytes of all files below `folder` (or of one file)."""
    digest = hashlib.sha256()
    found = folder.rglob("*") if folder.is_dir() else [folder]
    for path in sorted(p for p in found if p.is_file() and "__pycache__" not in p.parts):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
