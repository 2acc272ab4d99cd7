"""Numbers as French journals print them."""

from __future__ import annotations

THIN = "\u202f"


def integer(value: int) -> str:
    """Return 1234567 as « 1 234 567 » (narrow no-break spaces)."""
    return f"{value:,}".replace(",", THIN)


def decimal(value: float | None, digits: int = 1) -> str:
    """Return 1234.56 as « 1 234,6 »; minus zero is zero, and nothing is a dash."""
    if value is None:
        return "—"
    text = f"{value:,.{digits}f}"
    return (text if float(text.replace(",", "")) else text.lstrip("-")).replace(",", THIN).replace(".", ",")


def percent(share: float | None, digits: int = 1) -> str:
    """Return 0.125 as « 12,5 % »; nothing is a dash."""
    if share is None:
        return "—"
    return f"{decimal(100 * share, digits)}{THIN}%"


def probability(p: float) -> str:
    """Return p with three decimals, « < 0,001 » below."""
    return f"<{THIN}0,001" if p < 0.001 else decimal(p, 3)
