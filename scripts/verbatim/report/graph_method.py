"""What the report says of how a similarity graph was made, in French."""

from __future__ import annotations

from collections.abc import Mapping

from verbatim.report.wording import variable
from verbatim.similarity import ASSOCIATIONS, LABELS
from verbatim.typography import decimal, integer

PLACES = {"segment": ("segment", "segments"), "turn": ("tour de parole", "tours de parole")}
COMMON_NOUNS = frozenset({"cooccurrence", "percent", "simple_matching", "phi", "chi2", "phi2", "binomial"})
FEWEST = 2
# Adjusted Rand index from which groupings are held to agree (Steinley 2004): moderate, and good.
LOOSE, STABLE = 0.65, 0.80
# a: rows with both words; b, c: with one of them; d: with neither; n: all rows
FORMULAS = {
    "cooccurrence": "a, qui favorise les mots fréquents",
    "percent": "a / n",
    "russel": "a / n",
    "jaccard": "a / (a + b + c)",
    "kulczynski1": "a / (b + c)",
    "kulczynski2": "(a / (a + b) + a / (a + c)) / 2",
    "mountford": "2a / (ab + ac + 2bc)",
    "fager": "a / √((a + b)(a + c)) − √max(a + b, a + c) / 2",
    "simple_matching": "(a + d) / n",
    "hamman": "(a + d − b − c) / n",
    "faith": "(a + d / 2) / n",
    "tanimoto": "(a + d) / (a + 2b + 2c + d)",
    "dice": "2a / (2a + b + c)",
    "phi": "(ad − bc) / √((a + b)(a + c)(b + d)(c + d))",
    "stiles": "log[n(|ad − bc| − n / 2)² / ((a + b)(a + c)(b + d)(c + d))]",
    "michael": "4(ad − bc) / ((a + d)² + (b + c)²)",
    "mozley": "an / ((a + b)(a + c))",
    "yule": "(ad − bc) / (ad + bc)",
    "yule2": "(√ad − √bc) / (√ad + √bc)",
    "ochiai": "a / √((a + b)(a + c))",
    "simpson": "a / min(a + b, a + c)",
    "braun_blanquet": "a / max(a + b, a + c)",
    "chi2": "n(ad − bc)² / ((a + b)(a + c)(b + d)(c + d))",
    "phi2": "χ² / n",
    "tschuprow": "√(χ² / n)",
    "cramer": "√(χ² / n)",
    "pearson": "√(χ² / (n + χ²))",
    "binomial": "probabilité que le hasard fasse moins de a rencontres",
}
METHODS = {
    "louvain": "Louvain (Blondel et coll. 2008)",
    "greedy": "agglomération gloutonne de la modularité (Clauset et coll. 2004)",
    "edge_betweenness": "retrait des liens de plus grande intermédiarité (Girvan et Newman 2002)",
    "walktrap": "marches aléatoires (Pons et Latapy 2005)",
    "label_propagation": "propagation d'étiquettes (Raghavan et coll. 2007)",
}


def index(name: str) -> str:
    """Return the French name of an index of similarity, to be set within a sentence."""
    said = LABELS[name]
    return said[:1].lower() + said[1:] if name in COMMON_NOUNS else said


def count(n: int, within: str) -> str:
    """Return « 1 segment », « 676 segments », « 120 tours de parole »."""
    one, many = PLACES[within]
    return f"{integer(n)} {one if n < 2 else many}"


def counts(about: Mapping) -> str:
    """Return the line under the title of a graph: words, links, rows, index."""
    n, lone = about["n_words"], about["n_alone"]
    said = [f"{integer(n)} mot{'s' * (n > 1)}", f"{integer(about['n_shown'])} lien{'s' * (about['n_shown'] > 1)}"]
    if lone:
        said.append(f"{integer(lone)} mot{'s' * (lone > 1)} sans lien")
    return " · ".join([*said, count(about["n_rows"], about["within"]), f"indice : {index(about['index'])}"])


def told(about: Mapping, settings: Mapping) -> list[tuple[str, str]]:
    """Return (subject, sentence) for everything that a reader must know to make the graph again.

    `about`: its row of graphs/summary; `settings`: those of the section `graphs` that hold for it.
    """
    found = [
        ("Mots", _words(about, settings)),
        ("Rencontre", _meeting(about)),
        ("Indice", _index(about["index"])),
        ("Liens dessinés", _links(about, settings)),
        ("Communautés", _communities(about, settings)),
        ("Arbre maximum", f"somme des poids : {_weight(about['tree_weight'])}. {_pieces(about)}"),
        ("Couleur", _colour(about["colour"])),
    ]
    return found if about["n_words"] else found[:3]


def _words(about: Mapping, settings: Mapping) -> str:
    least = f"dits dans {count(settings['minimum_frequency'], about['within'])} au moins"
    most = f"{integer(settings['words'])} au plus, {least}"
    match about["of"]:
        case "corpus":
            return f"les plus caractéristiques de chaque classe, puis les plus fréquents ; {most}."
        case "word":
            return f"« {about['subject']} » et les mots les plus liés à lui ; {most}."
        case "list":
            return "ceux de la liste que donne l'étude."
    kind = {"class": "de la classe", "modality": "de la modalité", "theme": "du thème"}[about["of"]]
    return f"les plus caractéristiques {kind} (χ²), comptés dans ses seuls segments ; {most}."


def _meeting(about: Mapping) -> str:
    if about["within"] == "turn":
        return "deux mots se rencontrent quand un participant les dit dans le même tour de parole."
    return "deux mots se rencontrent quand ils sont dits dans le même segment."


def _index(name: str) -> str:
    said = f"{LABELS[name]} : {FORMULAS[name]}, où a compte les segments (ou les tours) avec les deux mots"
    if name not in ("cooccurrence", "binomial"):
        said += ", b et c ceux avec un seul, d ceux sans aucun, n tous"
    if name in ASSOCIATIONS:
        said += ". Deux mots qui se rencontrent moins que par hasard ne sont pas liés"
    return f"{said}."


def _links(about: Mapping, settings: Mapping) -> str:
    match about["form"]:
        case "tree":
            said = "l'arbre maximum, qui relie tous les mots par les liens les plus forts"
            said += f", et les {integer(settings['more'])} autres liens les plus forts" * bool(settings["more"])
        case "backbone":
            alpha = decimal(settings["alpha"], 2)
            said = f"l'arbre maximum et ce que garde le filtre de disparité au seuil {alpha} (Serrano et coll. 2009)"
        case _:
            said = "tous"
    if settings["significant"]:
        alpha = decimal(settings["alpha"], 2)
        said += f" ; seulement ceux plus fréquents que le hasard (hypergéométrique, p ajusté < {alpha})"
    if settings["threshold"]:
        said += f" ; de poids supérieur à {decimal(settings['threshold'], 2)}"
    return f"{said}. Paires de mots qui se rencontrent : {integer(about['n_pairs'])}."


def _communities(about: Mapping, settings: Mapping) -> str:
    said = f"méthode : {METHODS.get(about['method'], about['method'])}, sur les liens dessinés"
    if about["modularity"] is not None:
        said += f" ; modularité {decimal(about['modularity'], 2)}"
    if about["stability"] is not None:
        draws = integer(settings["resamples"])
        said += f" ; indice de Rand ajusté moyen sur {draws} rééchantillons : {decimal(about['stability'], 2)}"
        said += " (1 : toujours les mêmes communautés ; 0 : pas plus que par hasard)"
    return f"{said}."


def doubt(about: Mapping) -> str:
    """Return how far the communities of a graph may be relied on, or nothing where that was not measured."""
    rand = about["stability"]
    if rand is None or about["n_communities"] < FEWEST:
        return ""
    said = (
        "se retrouvent bien" if rand >= STABLE else "se retrouvent en partie" if rand >= LOOSE else "changent beaucoup"
    )
    warning = "" if rand >= STABLE else " : ne les lisez pas seules"
    return (
        f"Dans ce graphe, les communautés {said} quand les segments sont tirés de nouveau au sort "
        f"(indice de Rand ajusté moyen {decimal(rand, 2)}){warning}."
    )


def _weight(value: float) -> str:
    return integer(round(value)) if value == round(value) else decimal(value, 2)


def _pieces(about: Mapping) -> str:
    if about["n_pieces"] < 2:
        return "Le graphe est d'un seul tenant."
    return f"Le graphe est en {integer(about['n_pieces'])} morceaux, mots seuls compris."


def _colour(colour: str) -> str:
    what = "la classe" if colour == "class" else f"la modalité de « {variable(colour)} »"
    return f"{what} que le mot caractérise le plus (plus grand χ², au-delà de 3,84) ; gris : aucune."
