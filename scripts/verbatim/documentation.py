"""The generated parts of the documentation: tables, settings, rules."""

from __future__ import annotations

import re

from verbatim.settings import describe
from verbatim.tables import TABLES

HEADS = {
    "en": ("Setting", "Default", "Takes", "What it does"),
    "fr": ("Réglage", "Défaut", "Accepte", "Ce qu'il fait"),
}


def tables_page() -> str:
    """Return docs/TABLES.md: every table with columns, types, units and meaning."""
    parts = [
        "# Tables",
        "",
        "Generated from `scripts/verbatim/tables/` by `make docs`; do not edit. Each table stands in",
        "`results/<name>.parquet`; those whose key begins with `analysis` stand once for each analysis, in",
        "`results/<stage>/<analysis>/<table>.parquet`. Published tables have a CSV twin in `results/tables/`.",
    ]
    for table in TABLES.values():
        parts += ["", f"## {table.name}", "", table.meaning, "", f"Key: {', '.join(f'`{k}`' for k in table.key)}.", ""]
        parts += ["| column | type | unit | meaning |", "|---|---|---|---|"]
        for column in table.columns:
            kind = column.type + (", may be empty" if column.nullable else "")
            parts.append(f"| `{column.name}` | {kind} | {column.unit} | {column.meaning.replace('|', '/')} |")
        if table.invariants:
            parts += ["", "Always: " + "; ".join(f"`{condition}`" for condition in table.invariants) + "."]
    return "\n".join(parts) + "\n"


def settings_table(schema: dict, language: str) -> str:
    """Return the Markdown table of all settings in `language` (en or fr)."""
    rows = [f"| {' | '.join(HEADS[language])} |", "|---|---|---|---|"]
    for name, default, takes, text in describe(schema, language):
        cells = (f"`{name}`", f"`{default}`" if default != "—" else default, takes, text)
        rows.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(rows)


def fill_marks(text: str, parts: dict[str, str]) -> str:
    """Return `text` with what stands between `<!-- name:begin -->` and `<!-- name:end -->` replaced."""
    for name, part in parts.items():
        pattern = re.compile(f"(<!-- {name}:begin -->\n).*?(<!-- {name}:end -->)", re.DOTALL)
        text = pattern.sub(lambda found, part=part: f"{found[1]}{part}\n{found[2]}", text)
    return text
