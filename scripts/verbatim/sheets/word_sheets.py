"""The sheets of themes and of interviews as Word documents."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Sequence

from matplotlib import pyplot as plt

from verbatim.figures import time_line as drawing
from verbatim.report.wording import ANCHORS
from verbatim.sheets import choosing, comparison
from verbatim.sheets.coded_study import CodedStudy
from verbatim.sheets.interview_sheet import InterviewSheet
from verbatim.sheets.own_words import OwnWord
from verbatim.sheets.passages import Passage
from verbatim.sheets.theme_sheet import Group, ThemeSheet, group_title
from verbatim.sheets.word_document import About, WordDocument
from verbatim.typography import integer, percent

DPI = 160
STANCES = {"for": "pour", "against": "contre", "nuance": "nuance"}
OVERWRITTEN = (
    "Écrivez ici votre synthèse. Verbatim refait ce fichier à chaque exécution : enregistrez-le d'abord sous un autre "
    "nom, hors de results/."
)
NUMBERS_OF_PAGES = "Pour les numéros de page : clic droit sur cette liste, « Mettre à jour les champs »."


def about(study: CodedStudy) -> About:
    """Return what every document says of the study."""
    own = study.material.settings["study"]
    warnings = (
        ["Étude inventée : les entretiens, les personnes et les lieux sont imaginaires."] if own["invented"] else []
    )
    if study.material.n_undecided:
        warnings.append("Non vérifié : des passages qui pourraient identifier quelqu'un n'ont pas été décidés.")
    return About(own["title"], tuple(own["authors"]), own["date"], tuple(warnings))


def file_name(identifier: str) -> str:
    """Return a name that every system takes for the file of a theme or interview."""
    if re.fullmatch(r"[A-Za-z0-9_-]{1,64}", identifier):
        return identifier
    kept = re.sub(r"[^A-Za-z0-9_-]+", "_", identifier)[:40]
    return f"{kept}_{hashlib.sha256(identifier.encode()).hexdigest()[:8]}"


def theme(study: CodedStudy, sheet: ThemeSheet) -> bytes:
    """Return the document of one theme."""
    document = WordDocument(f"Fiche thème : {sheet.theme.title}", about(study))
    _write_theme(document, study, sheet)
    return document.data()


def themes(study: CodedStudy, sheets: Sequence[ThemeSheet]) -> bytes:
    """Return one document of all themes, with a table of contents."""
    document = WordDocument("Fiches des thèmes", about(study), section_level=3)
    document.title("Fiches des thèmes")
    document.text(study.material.settings["study"]["title"])
    if sheets:
        document.contents()
        document.caption(NUMBERS_OF_PAGES)
    else:
        document.text("L'étude n'a pas encore de grille d'analyse ni de codages.")
    for sheet in sheets:
        document.page_break()
        _write_theme(document, study, sheet, 1 + min(sheet.theme.level, 1))
    return document.data()


def _write_theme(document: WordDocument, study: CodedStudy, sheet: ThemeSheet, level: int = 1) -> None:
    if sheet.mothers:
        document.caption(" › ".join(one.title for one in sheet.mothers))
    document.heading(sheet.theme.title, level)
    document.text(sheet.summary)
    _definition(document, sheet)
    document.section("Votre synthèse")
    document.space(OVERWRITTEN)
    if sheet.is_coded:
        document.section("Qui en parle")
        _groups(document, sheet.groups)
        _compared(document, sheet)
        _around(document, study, sheet)
        _verbatims(document, study, sheet)
        _all(document, sheet)


def _definition(document: WordDocument, sheet: ThemeSheet) -> None:
    own = sheet.theme
    examples = [text for text in (own.example, *own.examples) if text]
    for label, text in (
        ("Définition", own.definition),
        ("Inclut", own.inclusion),
        ("Exclut", own.exclusion),
        ("Exemples" if len(examples) > 1 else "Exemple", " ; ".join(examples)),
        ("Sous-thèmes", ", ".join(f"{part.title} ({integer(n)})" for part, n in sheet.parts)),
        ("Hypothèses", " ; ".join(one["title"] for one in sheet.hypotheses)),
    ):
        if text:
            document.labelled(label, text)


def _groups(document: WordDocument, groups: Sequence[Group]) -> None:
    head = ("Groupe", "Présence", "Passages", "Part des mots", "En parlent", "N'en parlent pas")
    rows = []
    for group in groups:
        row = group.row
        between = f" ({percent(row['low'], 0)} à {percent(row['high'], 0)})" if row else ""
        rows.append(
            (
                group_title(group),
                f"{integer(len(group.holding))} sur {integer(group.n)}{between}",
                integer(sum(n for _, n in group.holding)),
                percent(group.share),
                ", ".join(f"{interview} ({integer(n)})" for interview, n in group.holding) or "—",
                ", ".join(group.without) or "—",
            )
        )
    document.table(head, rows, (3.0, 2.7, 2.2, 2.0, 3.5, 2.8))
    document.caption(
        "Entretiens codés seulement. Présence : entretiens où le thème est codé, et intervalle exact à 95 % (Clopper "
        "et Pearson) ; entre parenthèses à droite, les passages de chaque entretien."
    )


def _compared(document: WordDocument, sheet: ThemeSheet) -> None:
    document.section("Convergences")
    document.bullets(sheet.convergences or ["Rien qui réponde à la règle."])
    document.caption(comparison.CONVERGENCES)
    document.section("Divergences")
    document.bullets([*sheet.divergences, *([sheet.undecided] if sheet.undecided else [])] or ["Rien de tel."])
    document.caption(comparison.DIVERGENCES)
    document.section("Cas contraires")
    document.bullets(sheet.contrary_interviews)
    for case in sheet.contrary:
        document.quote(case.passage.longest["quote"], f"{_source(case.passage)} · {case.why}")
    if not sheet.contrary and not sheet.contrary_interviews:
        document.bullets(["Aucun."])
    document.caption(comparison.CONTRARY)


def _around(document: WordDocument, study: CodedStudy, sheet: ThemeSheet) -> None:
    document.section("Autour du thème")
    document.labelled("Mots propres à ses passages", _words(sheet.words) or "aucun")
    document.caption(
        "Spécificité d'au moins 2 contre le reste des entretiens codés (Lafon 1980) ; deux occurrences au moins."
    )
    if sheet.pairs:
        document.labelled("Thèmes rencontrés dans les mêmes tours", "")
        document.bullets(sheet.pairs)
    if sheet.classes:
        document.labelled("Classes de mots qui l'attirent", "")
        named = [(f"{study.material.title(a)} · ", *sentence) for a, told in sheet.classes.items() for sentence in told]
        document.bullets(named)
    if sheet.agreement:
        document.labelled("Accord entre codeurs", " ; ".join(sheet.agreement))


def _words(words: Sequence[OwnWord]) -> str:
    return ", ".join(f"{w.lemma} ({integer(w.f)} sur {integer(w.F)})" for w in words)


def _verbatims(document: WordDocument, study: CodedStudy, sheet: ThemeSheet) -> None:
    document.section("Verbatims choisis")
    for one in sheet.verbatims:
        where = f"{one.coding['interview']}, tour {one.coding['turn']}"
        memo = f" · mémo : {one.coding['memo']}" if one.coding["memo"] else ""
        document.quote(one.coding["quote"], f"{where} · {one.reason}{memo}")
    if not sheet.verbatims:
        document.text("Aucun passage ne répond à la règle.")
    document.caption(choosing.rule(study.material.settings["themes"]["verbatims"]))


def _all(document: WordDocument, sheet: ThemeSheet) -> None:
    document.section("Tous les passages")
    if sheet.parts:
        document.text("Ceux des sous-thèmes sont dans leurs fiches ; voici ceux qui ne sont codés qu'ici.")
    for passage in sheet.passages:
        document.quote(passage.longest["quote"], _told(passage))
    if not sheet.passages:
        document.text("Aucun passage n'est codé directement sous ce thème.")


def _source(passage: Passage) -> str:
    return f"{passage.interview}, tour {passage.turn}"


def _told(passage: Passage) -> str:
    """Return where a passage is, who coded it, how sure its place is, its stances and memos."""
    anchors = sorted({ANCHORS[row["anchor"]] for row in passage.codings if row["anchor"] != "intact"})
    stances = sorted({STANCES[stance] for stance in passage.stances})
    memos = [f"mémo de {row['coder']} : {row['memo']}" for row in passage.codings if row["memo"]]
    parts = [_source(passage), f"codé par {' et '.join(passage.coders)}", *anchors, ", ".join(stances), *memos]
    return " · ".join(part for part in parts if part)


def interview(study: CodedStudy, sheet: InterviewSheet) -> bytes:
    """Return the document of one interview."""
    document = WordDocument(f"Fiche entretien : {sheet.interview}", about(study))
    document.heading(f"Entretien {sheet.interview}", 1)
    for speaker, own in sheet.people:
        told = " ; ".join(f"{name} : {value}" for name, value in own) or "aucun attribut"
        document.labelled(speaker, told)
    document.labelled("Parole", _speech(sheet))
    document.section("Votre synthèse")
    document.space(OVERWRITTEN)
    _course(document, study, sheet)
    document.section("Mots propres")
    document.text(_words(sheet.words) or "Aucun mot ne distingue sûrement cet entretien.")
    document.caption("Spécificité d'au moins 2 contre les autres entretiens (Lafon 1980) ; deux occurrences au moins.")
    _themes(document, sheet)
    _stances(document, sheet)
    _typical(document, study, sheet)
    return document.data()


def _speech(sheet: InterviewSheet) -> str:
    told = f"{integer(sheet.n_words)} mots dits par les participants, {percent(sheet.share, 0)} de l'entretien"
    whose = f"du panel « {sheet.panel} »" if sheet.panel else "sans panel"
    usual = f" (dans les {integer(sheet.n_usual)} entretiens {whose} : {percent(sheet.usual, 0)})"
    return f"{told}{usual if sheet.n_usual > 1 else ''} ; {integer(sheet.n_turns)} tours de parole."


def _course(document: WordDocument, study: CodedStudy, sheet: InterviewSheet) -> None:
    document.section("Fil de l'entretien")
    if not sheet.line.lanes:
        document.text("Ni classe ni codage dans cet entretien.")
        return
    lanes = [(lane.label, lane.number, lane.spans) for lane in sheet.line.lanes]
    palette = study.material.settings["figures"]["palette"]
    figure = drawing.draw(sheet.line.length, sheet.line.turns, lanes, palette)
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=DPI, metadata={"Software": None})
    plt.close(figure)
    document.picture(out.getvalue(), f"Fil de l'entretien {sheet.interview} : où viennent ses classes et ses thèmes")
    title = f"Classes de l'analyse « {study.material.title(sheet.analysis)} », puis thèmes. " if sheet.analysis else ""
    document.caption(f"{title}Lecture : de gauche à droite, l'entretien du premier mot au dernier.")


def _themes(document: WordDocument, sheet: InterviewSheet) -> None:
    document.section("Thèmes")
    if not sheet.is_coded:
        document.text("Personne n'a encore codé cet entretien.")
        return
    rows = [
        ("   " * one.theme.level + one.theme.title, integer(len(one.passages)), percent(one.share))
        for one in sheet.themes
    ]
    document.table(("Thème", "Passages", "Part des mots"), rows, (10.2, 3, 3))
    if sheet.absent:
        document.labelled("Thèmes dont il n'est pas question", ", ".join(one.title for one in sheet.absent))
    for one in sheet.themes:
        own = [p for p in one.passages if any(row["theme"] == one.theme.id for row in p.codings)]
        if own:
            document.heading(one.theme.title, 3)
        for passage in own:
            document.quote(passage.longest["quote"], _told(passage))


def _stances(document: WordDocument, sheet: InterviewSheet) -> None:
    if not sheet.stances:
        return
    document.section("Hypothèses")
    for hypothesis, sides in sheet.stances:
        document.heading(hypothesis["title"], 3)
        for stance, passages in sides.items():
            for passage in passages:
                document.quote(passage.longest["quote"], f"{STANCES[stance]} · {_source(passage)}")


def _typical(document: WordDocument, study: CodedStudy, sheet: InterviewSheet) -> None:
    if not sheet.typical:
        return
    document.section("Segments typiques")
    for analysis, own in sheet.typical.items():
        document.labelled("Analyse", study.material.title(analysis))
        for one in own:
            quote = study.corpus.quotation(sheet.interview, one.segment)
            words = "".join(text for text, _ in quote["pieces"])
            label = study.material.class_label(analysis, one.number)
            rank = "1er" if one.rank == 1 else f"{one.rank}e"
            document.quote(words, f"{label} · {rank} segment typique de la classe · tour {quote['turn']}")
