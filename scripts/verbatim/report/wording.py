"""What the tables say in codes, in the reader's words."""

from __future__ import annotations

from verbatim.privacy.identifiers import KINDS
from verbatim.transcripts.accounts import RULES

POS = {
    "NOUN": "nom",
    "VERB": "verbe",
    "ADJ": "adjectif",
    "ADV": "adverbe",
    "AUX": "auxiliaire",
    "PRON": "pronom",
    "DET": "déterminant",
    "ADP": "préposition",
    "CCONJ": "conjonction",
    "SCONJ": "conjonction",
    "NUM": "nombre",
    "PROPN": "nom propre",
    "INTJ": "interjection",
    "PART": "particule",
    "PUNCT": "ponctuation",
    "SYM": "symbole",
    "SPACE": "espace",
    "X": "autre",
}
STATUS = {"active": "actif", "supplementary": "supplémentaire", "ignored": "ignoré"}
REASONS = {
    "no_active_form": "aucune forme active",
    "row_lost": "plus aucune forme commune après une division",
    "small_leaf": "groupe trop petit",
}
# how the page tells the reasons apart from the numbers of classes
NOT_CLASSIFIED = {reason: -1 - i for i, reason in enumerate(REASONS)}
ANCHORS = {"intact": "retrouvé tel quel", "moved": "déplacé", "doubtful": "ancrage douteux", "lost": "passage perdu"}
STANCES = {"for": "pour", "against": "contre", "nuance": "nuance"}
VARIABLES = {"interview": "entretien", "panel": "panel", "question": "question du guide", "speaker": "locuteur"}
NO_PANEL = "sans panel"


def variable(name: str) -> str:
    """Return the name of an attribute as it is shown."""
    return VARIABLES.get(name, name.replace("_", " "))


def attribute(term: str) -> str:
    """Return an attribute=modality term as it is shown."""
    name, _, value = term.partition("=")
    return f"{variable(name)} : {value}"


def identifier_kind(kind: str) -> str:
    """Return the name of a kind of identifier."""
    return KINDS[kind][0] if kind in KINDS else kind


def dropped_rule(rule: str) -> str:
    """Return why characters of a file were set aside."""
    return RULES.get(rule, rule)
