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
    "trees_disagree": "les deux arbres ne s'accordent pas",
}
# how the page tells the reasons apart from the numbers of classes
NOT_CLASSIFIED = {reason: -1 - i for i, reason in enumerate(REASONS)}
PEELED = {
    "other_language": "autre langue ou vocabulaire étranger au corpus",
    "same_words": "formule presque identique",
    "one_interview": "un seul entretien",
    "rare_words": "mots rares",
    "few": "petit groupe",
}
# Hennig (2007): below 0.60 a cluster should not be trusted, from 0.75 it is a valid, stable one.
STABLE, FRAGILE = 0.75, 0.60
NAME_STATUS = {"matched": "retrouvé", "doubtful": "à vérifier", "orphan": "orphelin"}
PARAMETERS = {
    "number": "Nombre de classes",
    "size": "Taille des segments",
    "minimum_frequency": "Fréquence minimale",
    "unit": "Lemmes ou formes",
    "mode": "Simple ou double",
}
ANCHORS = {"intact": "retrouvé tel quel", "moved": "déplacé", "doubtful": "ancrage douteux", "lost": "passage perdu"}
STANCES = {"for": "pour", "against": "contre", "nuance": "nuance"}
VARIABLES = {
    **{"interview": "entretien", "panel": "panel", "question": "question du guide"},
    **{"speaker": "locuteur", "class": "classe"},
}
NO_PANEL = "sans panel"


def verdict(jaccard: float) -> str:
    """Return what a mean Jaccard index says of a class (Hennig 2007)."""
    return "stable" if jaccard >= STABLE else "à discuter" if jaccard >= FRAGILE else "fragile"


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
