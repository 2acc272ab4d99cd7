"""What a similarity graph says of itself in French: what it is of, what is drawn, how it was made."""

from __future__ import annotations

from collections.abc import Mapping

from verbatim.figures import class_titles
from verbatim.similarity import LABELS
from verbatim.typography import decimal, integer

WITHIN = {"segment": "segment", "turn": "tour de parole"}
METHODS = {
    "louvain": "Louvain",
    "greedy": "méthode gloutonne",
    "edge_betweenness": "intermédiarité des liens",
    "walktrap": "marches aléatoires",
    "label_propagation": "propagation d'étiquettes",
}
OTHERS = {
    "tree": "les plus forts des autres liens",
    "backbone": "autres liens gardés par le filtre de disparité",
    "full": "autres liens",
}
COMMON_NOUNS = frozenset({"cooccurrence", "percent", "simple_matching", "phi", "chi2", "phi2", "binomial"})


def index(name: str) -> str:
    """Return the French name of an index of similarity, to be set within a sentence."""
    said = LABELS[name]
    return said[:1].lower() + said[1:] if name in COMMON_NOUNS else said


def plural(n: int, one: str, many: str | None = None) -> str:
    """Return « 1 mot », « 1 234 mots »."""
    return f"{integer(n)} {one if n < 2 else many or one + 's'}"


def weight(value: float, name: str) -> str:
    """Return a weight with as many digits as its index asks for: none for a count."""
    if name == "cooccurrence" or value == round(value):
        return integer(round(value))
    return decimal(value, 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2 if abs(value) >= 0.1 else 3)


def title(about: Mapping, names: Mapping[int, str]) -> str:
    """Return the title of a graph; that of a class, where it is the one given by default, bears the class's name."""
    number = about["subject"] if about["of"] == "class" else None
    if number and about["title"] == f"Classe {number}":
        return class_titles.title(int(number), names)
    return about["title"]


def warnings(about: Mapping) -> list[str]:
    """Return what a reader must know before the graph: why it is small or empty, which words never occur."""
    said = [about["message"]] if about["message"] else []
    if about["absent"]:
        said.append(f"Demandés, mais jamais dits ici : {about['absent']}.")
    return said


def colours(colour: str) -> str:
    """Say what the colours of the words mean."""
    what = "classe" if colour == "class" else f"modalité de « {colour} »"
    return f"Couleur et exposant : {what} que le mot caractérise le plus (χ² > 3,84) ; noir : aucune."


def rows(about: Mapping) -> str:
    """Return « 1 240 segments » or « 530 tours de parole »."""
    return plural(about["n_rows"], *(("segment",) if about["within"] == "segment" else ("tour", "tours de parole")))


def under(about: Mapping) -> str:
    """Return the line under the title: words, links, rows, index."""
    said = [plural(about["n_words"], "mot"), plural(about["n_shown"], "lien"), rows(about)]
    if about["n_alone"]:
        said.append(plural(about["n_alone"], "mot sans lien", "mots sans lien"))
    said.append(f"indice : {index(about['index'])}")
    return " · ".join(said)


def links(about: Mapping, only_tree: bool) -> str:
    """Say what the two kinds of lines are."""
    if only_tree:
        return "Traits : arbre maximum."
    return f"Trait foncé : arbre maximum ; trait clair : {OTHERS[about['form']]}."


def halos(about: Mapping, any_fragile: bool) -> str:
    """Say what the halos are, and how well the communities hold."""
    said = f"Halo : communauté de mots ({METHODS.get(about['method'], about['method'])}"
    if about["modularity"] is not None:
        said += f", modularité {decimal(about['modularity'], 2)}"
    if about["stability"] is not None:
        said += f", stabilité {decimal(about['stability'], 2)}"
    said += "), de la teinte de la majorité de ses mots"
    if any_fragile:
        said += " ; en tirets : communauté qui ne se retrouve guère quand les segments sont tirés de nouveau au sort"
    return said + "."
