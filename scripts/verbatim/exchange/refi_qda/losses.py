"""What the study holds that a REFI-QDA project does not carry, or carries under another form."""

from __future__ import annotations

import polars as pl

from verbatim.exchange.refi_qda.variables import MEASURES
from verbatim.exchange.refi_qda.writing import KEPT, Study

COLUMNS = ("quoi", "nombre", "devenir", "où c'est resté")
CARRIED, CHANGED, LEFT = "repris tel quel", "repris sous une autre forme", "non repris"


def losses(study: Study) -> pl.DataFrame:
    """Return one row for each kind of thing (French): how many (null: not counted), what became of them, where."""
    rows = [*_codings(study), *_grid(study), *_texts(study), *_results()]
    told = [(what, n, f"{fate} : {how}" if how else fate, where) for what, n, fate, how, where in rows]
    schema = dict(zip(COLUMNS, (pl.String, pl.Int64, pl.String, pl.String), strict=True))
    return pl.DataFrame(told, schema=schema, orient="row")


def _codings(study: Study) -> list[tuple]:
    every, placed = study.codings, study.placed
    doubtful = placed.filter(pl.col("anchor") == "doubtful").height
    suggested = every.filter(pl.col("origin") != "human").height
    aside = every.filter((pl.col("origin") == "human") & pl.col("set_aside").is_not_null()).height
    with_hypothesis = placed["hypothesis"].drop_nulls().len()
    table, files = "results/themes/codings.parquet", "resources/codings/"
    as_note = "une note (Note) dans l'ensemble « Codages perdus » : aucun passage ne les porte plus"
    as_doubt = "codés à la place proposée, avec la note « Place douteuse » et l'ensemble « Codages douteux »"
    remark = "description du passage (« mémo », hypothèse et position), et une note dans l'ensemble de l'hypothèse"
    around = "un passage y tient par ses positions seules"
    return [
        ("codages", placed.height, CARRIED, "passages (PlainTextSelection), un par codage", table),
        ("codeurs", every.filter(KEPT)["coder"].n_unique(), CARRIED, "utilisateurs (User)", files),
        ("mémos de codages", placed["memo"].drop_nulls().len(), CHANGED, "description du passage", table),
        ("hypothèses et positions de codages", with_hypothesis, CHANGED, remark, table),
        ("codages douteux", doubtful, CHANGED, as_doubt, "results/proposals/codings.csv"),
        ("codages perdus", study.lost.height, CHANGED, as_note, "results/proposals/codings.csv"),
        ("codages écartés par une personne", aside, LEFT, "ils compteraient de nouveau", table),
        ("codages suggérés (acceptés ou non)", suggested, LEFT, "ils passeraient pour humains", table),
        ("identifiants de codages", placed.height, CHANGED, "un GUID stable, tiré de l'identifiant", table),
        ("mots autour des codages", placed.height, LEFT, around, "results/themes/anchoring.parquet"),
    ]


def _grid(study: Study) -> list[tuple]:
    themes, grid = study.themes, "resources/grid.yaml"
    many = {
        "indices lexicaux et motifs de thèmes": [t for t in themes if t.cues or t.patterns],
        "exemples supplémentaires de thèmes": [t for t in themes if t.examples],
        "anciens noms de thèmes (was)": [t for t in themes if t.was],
    }
    of_hypotheses = "ensembles (Set) : énoncé, pour, contre, thèmes (MemberCode), codages (MemberNote)"
    n_indicators = sum(len(one.get("indicators", ())) for one in study.hypotheses)
    told = "définition, inclusion, exclusion, exemple et identifiant : lignes de la description du code"
    return [
        ("thèmes", len(themes), CARRIED, "codes (Code) emboîtés, tous codables", grid),
        ("définitions de thèmes", sum(bool(t.definition) for t in themes), CHANGED, told, grid),
        *((what, len(found), LEFT, "", grid) for what, found in many.items()),
        ("hypothèses", len(study.hypotheses), CHANGED, of_hypotheses, "resources/hypotheses.yaml"),
        ("indicateurs lexicaux d'hypothèses", n_indicators, LEFT, "", "resources/hypotheses.yaml"),
    ]


def _texts(study: Study) -> list[tuple]:
    turns, table = study.turns, "results/corpus/turns.parquet"
    masked = "le texte masqué seulement : le texte d'origine ne quitte pas l'étude"
    n_blanks = sum(own.n_blanks for own in study.texts.values())
    n_attributes = len([name for name in study.interviews.columns if name not in MEASURES])
    blanks = "une espace, pour qu'un paragraphe soit un tour et que les positions restent"
    return [
        ("entretiens", len(study.texts), CARRIED, f"sources (TextSource) et cas (Case) ; {masked}", table),
        ("tours", turns.height, CHANGED, "un paragraphe par tour, « locuteur : paroles »", table),
        ("fins de ligne et caractères de contrôle dans un tour", n_blanks, CHANGED, blanks, table),
        ("rôles de locuteurs", turns["speaker"].n_unique(), LEFT, "", "results/corpus/speakers.parquet"),
        ("tours datés (secondes)", turns["start_s"].drop_nulls().len(), LEFT, "", table),
        ("tours rattachés à une question du guide", turns["question"].drop_nulls().len(), LEFT, "", table),
        ("attributs de participants", n_attributes, CHANGED, "variables typées des cas", "resources/interviews.csv"),
    ]


def _results() -> list[tuple]:
    where = "results/exports/<analyse>/corpus_classes.txt"
    files = "resources/verdicts.csv, resources/findings.yaml"
    return [
        ("classes lexicales, profils, graphes, figures", None, LEFT, "le format ne les connaît pas", where),
        ("verdicts et constats", None, LEFT, "le format ne les connaît pas", files),
    ]
