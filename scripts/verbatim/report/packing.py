"""What travels packed inside the page, and is unpacked by its script: JSON, gzip, base64."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Mapping


def packed(values: Mapping) -> str:
    """Return `values` as text of letters, digits and + / =: the same bytes each time (gzip without a date)."""
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return base64.b64encode(gzip.compress(text.encode(), 9, mtime=0)).decode()
