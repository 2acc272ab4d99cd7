"""Decisions on what was found: read with the faults of each line, proposed, moved into the study's file.

The study's file holds no clear form of what is masked: only its keyed hash.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from verbatim.privacy.identifiers import KINDS
from verbatim.privacy.passages import DIGEST_LENGTH, digest, digest_normal, normalise, word_sequences
from verbatim.problems import Problem, StudyError, nearest, raise_all

COLUMNS = ("digest", "kind", "decision", "replacement", "text", "reason", "date")
PROPOSAL = ("digest", "kind", "decision", "replacement", "text", "reason", "n", "interviews", "context", "suggestion")
FRENCH = {"accept": "garder", "mask": "masquer", "replace": "remplacer"}
CHOICES = {**{name: name for name in FRENCH}, **{french: name for name, french in FRENCH.items()}}
DIGEST = re.compile(rf"[0-9a-f]{{{DIGEST_LENGTH}}}")
FORMULA = re.compile(r"[=+\-@\t\r]")
SHORTEST_KEY = 32
KEY = "resources/privacy/study.key"
NEW_KEY = f"python3 -c 'import secrets; print(secrets.token_hex(32))' > {KEY}"


@dataclass(frozen=True)
class Decision:
    """What was decided for one type: accept, mask or replace."""

    digest: str
    kind: str
    decision: str
    replacement: str = ""
    text: str = ""
    reason: str = ""
    date: str = ""


def read_key(data: bytes | None, place: str = KEY) -> bytes:
    """Return the key of the study from the bytes of its file (None: there is none).

    Raises StudyError when it is missing or too short to protect anything.
    """
    key = (data or b"").decode("utf-8-sig", "replace").strip()
    if len(key) < SHORTEST_KEY:
        what = "la clé de l'étude manque" if not key else f"la clé de l'étude a moins de {SHORTEST_KEY} caractères"
        mend = f"dans le dossier de l'étude : {NEW_KEY} (make study le fait pour une étude nouvelle)"
        if not key:
            mend = (
                f"si l'étude en avait une, remettez-la (sans elle, les décisions prises sont perdues) ; sinon, {mend}"
            )
        raise StudyError(Problem(place, what, f"un texte secret d'au moins {SHORTEST_KEY} caractères", mend))
    return key.encode()


def read(data: bytes, place: str, key: bytes) -> list[Decision]:
    """Return the decisions of a study's file, in the order of its lines.

    Raises StudyError with every bad line: unknown decision or kind, digest that is none or stands twice,
    replacement missing, clear text of what is masked, text that is not that of the digest, replacement
    that holds what is masked.
    """
    problems: list[Problem] = []
    decisions: list[tuple[str, Decision]] = []
    for where, cells in _rows(data, place, problems, ("digest", "kind", "decision")):
        decision = _decision(where, cells, problems)
        if decision:
            decisions.append((where, decision))
            problems += _text_faults(where, decision, key)
    problems += _faults_together(decisions, key)
    raise_all(problems)
    return [decision for _, decision in decisions]


def read_decided(data: bytes, place: str, key: bytes) -> tuple[list[Decision], int]:
    """Return the decided rows of a proposal, without clear text of what is masked, and how many are not decided.

    The text of what is kept stands only when it is that of its digest: a spreadsheet may have spoilt it.
    """
    problems: list[Problem] = []
    decisions: list[tuple[str, Decision]] = []
    n_left = 0
    for where, cells in _rows(data, place, problems, ("digest", "kind", "decision")):
        if not cells["decision"]:
            n_left += 1
            continue
        decision = _decision(where, cells, problems)
        if decision:
            text = decision.text[1:] if re.match(r"'[=+\-@]", decision.text) else decision.text
            kept = decision.decision == "accept" and digest(key, text) == decision.digest
            decisions.append((where, replace(decision, text=text if kept else "")))
    problems += _faults_together(decisions, key)
    raise_all(problems)
    return [decision for _, decision in decisions], n_left


def _rows(
    data: bytes, place: str, problems: list[Problem], needed: Sequence[str]
) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield (place, cells) of the lines of a CSV file in UTF-8, with commas or semicolons."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        problems.append(Problem(place, "ce n'est pas de l'UTF-8", "CSV UTF-8", "enregistrez-le en « CSV UTF-8 »"))
        return
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if head.count(";") > head.count(",") else ",")
    names = [name.strip().lower() for name in next(reader, [])]
    missing = [name for name in needed if name not in names]
    if missing:
        what = f"colonne(s) absente(s) : {', '.join(missing)}"
        problems.append(Problem(f"{place}, ligne 1", what, ",".join(COLUMNS), "remettez la première ligne"))
        return
    for cells in reader:
        if any(cell.strip() for cell in cells):
            row = dict.fromkeys((*COLUMNS, *PROPOSAL), "")
            row |= {name: _nfc(cell) for name, cell in zip(names, cells, strict=False)}
            yield f"{place}, ligne {reader.line_num}", row


def _nfc(cell: str) -> str:
    return unicodedata.normalize("NFC", cell.strip())


def _decision(where: str, cells: dict[str, str], problems: list[Problem]) -> Decision | None:
    """Return the decision of one line, or add its faults to `problems`."""
    faults = []
    choice = CHOICES.get(cells["decision"].lower())
    if not DIGEST.fullmatch(cells["digest"]):
        mend = "reprenez cette ligne de propositions.csv ou de la page de revue"
        faults.append(Problem(where, "empreinte illisible", f"{DIGEST_LENGTH} chiffres hexadécimaux", mend))
    if choice is None:
        near = nearest(cells["decision"].lower(), CHOICES)
        mend = f"vouliez-vous « {near} » ?" if near else ""
        faults.append(
            Problem(where, f"décision inconnue « {cells['decision']} »", "garder | masquer | remplacer", mend)
        )
    if cells["kind"] not in KINDS:
        near = nearest(cells["kind"], KINDS)
        mend = f"vouliez-vous « {near} » ?" if near else ""
        faults.append(Problem(where, f"genre inconnu « {cells['kind']} »", " | ".join(KINDS), mend))
    if choice == "replace" and not cells["replacement"]:
        mend = "écrivez le pseudonyme dans la colonne replacement, ou choisissez masquer"
        faults.append(Problem(where, "un remplacement sans texte", "remplacer par quoi", mend))
    problems += faults
    if faults:
        return None
    replacement = "" if choice == "accept" else cells["replacement"]
    return Decision(cells["digest"], cells["kind"], choice, replacement, cells["text"], cells["reason"], cells["date"])


def _text_faults(where: str, decision: Decision, key: bytes) -> Iterator[Problem]:
    if not decision.text:
        return
    if decision.decision != "accept":
        mend = "videz la cellule text de cette ligne : l'empreinte suffit"
        yield Problem(where, "le texte en clair d'un passage masqué", "aucun texte", mend)
    elif digest(key, decision.text) != decision.digest:
        mend = "remettez la clé d'origine si elle a changé, sinon videz la cellule text de cette ligne"
        yield Problem(where, "le texte ne répond pas à l'empreinte", "le passage tel que repéré", mend)


def _faults_together(decisions: Sequence[tuple[str, Decision]], key: bytes) -> Iterator[Problem]:
    """Yield digests that stand twice, and replacements that hold what another line masks."""
    seen: dict[str, str] = {}
    hidden = {decision.digest: where for where, decision in decisions if decision.decision != "accept"}
    for where, decision in decisions:
        if decision.digest in seen:
            line = seen[decision.digest].rpartition(", ")[2]
            yield Problem(
                where, f"cette empreinte est déjà à la {line}", "une décision par type", "supprimez l'une des deux"
            )
        seen.setdefault(decision.digest, where)
        words = {normalise(decision.replacement), *(n for *_, n in word_sequences(decision.replacement, 4))}
        other = next((hidden[d] for d in sorted(digest_normal(key, n) for n in words if n) if d in hidden), None)
        if other:
            what = f"le remplacement contient un passage masqué ({other.rpartition(', ')[2]})"
            yield Problem(where, what, "un pseudonyme absent de l'étude", "choisissez un autre pseudonyme")


def substitutes(decisions: Iterable[Decision]) -> dict[str, str]:
    """Return digest -> what stands instead, for all that is masked or replaced.

    A mask without a text of its own is `[personne 1]`, `[lieu 1]`…, numbered in the order of the lines:
    what comes later changes no number.
    """
    numbers: dict[str, int] = {}
    standing: dict[str, str] = {}
    for decision in decisions:
        if decision.decision == "accept":
            continue
        standing[decision.digest] = decision.replacement
        if not decision.replacement:
            label = KINDS[decision.kind][1]
            numbers[label] = numbers.get(label, 0) + 1
            standing[decision.digest] = f"[{label} {numbers[label]}]"
    return standing


def unused(decisions: Sequence[Decision], digests: set[str]) -> list[int]:
    """Return the ranks (from 1) of the decisions that answer none of `digests`."""
    return [rank for rank, decision in enumerate(decisions, 1) if decision.digest not in digests]


def join(standing: Sequence[Decision], decided: Sequence[Decision], date: str) -> list[Decision]:
    """Return the `standing` decisions with those `decided` now, dated, at the end or in the place of earlier ones."""
    joined = {decision.digest: decision for decision in standing}
    joined |= {decision.digest: replace(decision, date=date) for decision in decided}
    return list(joined.values())


def to_csv(decisions: Iterable[Decision]) -> str:
    """Return the study's file of decisions: commas, one line a decision."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([getattr(decision, name) for name in COLUMNS] for decision in decisions)
    return out.getvalue()
