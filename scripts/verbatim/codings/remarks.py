"""What a coder writes about a passage in one text: themes, memo, hypothesis and stance.

`gain_efficacite : mémo libre [alliance : pour]`; several themes stand before the colon, separated by commas, or on a
line each. A theme is named by its identifier or its title, whatever case, accents and spaces.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from verbatim.codings.model import StudyText
from verbatim.hypotheses import STANCES
from verbatim.problems import Problem, nearest

FRENCH = {"for": "pour", "against": "contre", "nuance": "nuance"}
BEARING = re.compile(r"\s*\[\s*(?P<hypothesis>[\w-]+)\s*(?::\s*(?P<stance>\w+)\s*)?\]\s*\Z")
COLON = re.compile(r"\s*:\s*")
GRAMMAR = "thème : mémo [hypothèse : pour, contre ou nuance]"


@dataclass(frozen=True)
class Remark:
    """One theme that a text gives to its passage, with its memo, and the hypothesis and stance that it tells."""

    theme: str
    memo: str | None = None
    hypothesis: str | None = None
    stance: str | None = None


def parse(text: str, study: StudyText, place: str) -> tuple[list[Remark], list[Problem]]:
    """Return what `text` says of its passage, and its faults; `place` is where it stands, for messages.

    Each line that begins with themes begins anew; a line without any goes on with the memo before. A line that begins
    with what is no theme, where none came before, is a fault.
    """
    remarks: list[Remark] = []
    problems: list[Problem] = []
    for line in (line.strip() for line in text.replace("\r", "\n").split("\n")):
        if not line:
            continue
        head, memo = _head(line)
        themes = [theme_of(name, study) for name in head]
        if all(themes):
            bearing = bears_on(memo, place)
            problems += bearing[3]
            remarks += [Remark(theme, *bearing[:3]) for theme in themes]
        elif remarks:
            memo, *told, faults = bears_on(line, place)
            problems += faults
            remarks[-1] = _longer(remarks[-1], memo, *told)
        else:
            problems += [_unknown(name, study, place) for name, theme in zip(head, themes, strict=True) if not theme]
    if not remarks and not problems:
        problems.append(Problem(place, "commentaire vide", GRAMMAR, "écrivez-y un thème de la grille, ou ôtez-le"))
    return remarks, problems


def bears_on(text: str | None, place: str) -> tuple[str | None, str | None, str | None, list[Problem]]:
    """Return memo, hypothesis and stance (for, against, nuance) of a text that names no theme, and its faults."""
    text = (text or "").strip()
    found = BEARING.search(text)
    if not found:
        return text or None, None, None, []
    memo, said = text[: found.start()].strip() or None, found["stance"]
    stance = STANCES.get(said.lower(), said.lower()) if said else None
    if stance is not None and stance not in FRENCH:
        return memo, None, None, [Problem(place, f"position inconnue « {said} »", "pour | contre | nuance")]
    return memo, found["hypothesis"], stance, []


def write(theme: str | None, memo: str | None, hypothesis: str | None, stance: str | None) -> str:
    """Return the text that `parse` reads back; without theme, the one that `bears_on` does."""
    bearing = f"[{hypothesis} : {FRENCH[stance]}]" if hypothesis and stance else f"[{hypothesis}]" if hypothesis else ""
    words = " ".join(part for part in (" ".join((memo or "").split()), bearing) if part)
    if theme is None:
        return words
    return f"{theme} : {words}" if words else theme


def theme_of(name: str, study: StudyText) -> str | None:
    """Return the theme that `name` means: an identifier or a title, case, accents, spaces and hyphens apart."""
    if name in study.titles:
        return name
    wanted = _folded(name)
    by_name = {_folded(title): theme for theme, title in reversed([*study.titles.items()])}
    return {**by_name, **{_folded(theme): theme for theme in study.titles}}.get(wanted)


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold().replace("œ", "oe"))
    return " ".join(re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c))))


def _head(line: str) -> tuple[list[str], str]:
    """Return the names before the first colon (of the whole line where there is none) and what follows it."""
    colon = COLON.search(line)
    bearing = BEARING.search(line)
    if colon is None or (bearing and colon.start() > bearing.start()):
        end = bearing.start() if bearing else len(line)
        return _names(line[:end]), line[end:]
    return _names(line[: colon.start()]), line[colon.end() :]


def _names(text: str) -> list[str]:
    return [name.strip() for name in re.split(r"[,;]", text) if name.strip()] or [text.strip()]


def _longer(remark: Remark, memo: str | None, hypothesis: str | None, stance: str | None) -> Remark:
    whole = " ".join(part for part in (remark.memo, memo) if part) or None
    return Remark(remark.theme, whole, hypothesis or remark.hypothesis, stance or remark.stance)


def _unknown(name: str, study: StudyText, place: str) -> Problem:
    near = nearest(name, [*study.titles, *study.titles.values()])
    mend = f"vouliez-vous « {near} » ?" if near else ""
    return Problem(place, f"thème inconnu « {name[:60]} »", GRAMMAR, mend)
