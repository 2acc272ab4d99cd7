"""Identifiers of REFI-QDA that stay the same from one export to the next."""

from __future__ import annotations

import uuid

NAMESPACE = uuid.UUID("6f1d1c1e-4b54-5d0b-9a35-7f0c7f3f0a11")


def guid(kind: str, own: str) -> str:
    """Return the identifier (UUIDv5, RFC 9562) of what the study calls `own`: the same whatever else it holds."""
    return str(uuid.uuid5(NAMESPACE, f"{kind}\x1f{own}"))


def plain(written: str | None) -> str:
    """Return an identifier of a file in lower case and without braces, so that it can be compared."""
    return (written or "").strip().strip("{}").lower()
