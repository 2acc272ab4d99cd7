"""A project of another program turned into codings of the study."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from verbatim.anchors import comparable
from verbatim.codings.model import COLUMNS, Coding, Reading, StudyText, Unread, own_id, row_digest
from verbatim.codings.project_codes import is_ours, themes_of
from verbatim.codings.project_remarks import Remark, remark_of
from verbatim.codings.remarks import FRENCH
from verbatim.codings.source_alignment import Held, Laid
from verbatim.codings.source_matching import Interviews
from verbatim.exchange.qda_project import Application, Passage, Project, Source
from verbatim.exchange.refi_qda.identifiers import guid
from verbatim.exchange.refi_qda.positions import said_words
from verbatim.problems import Problem, nearest

# Words that a passage's name says are its own when they are as long as its positions tell, give or take so much.
AS_LONG = 0.1


@dataclass(frozen=True)
class _Context:
    """What every coding of a file shares."""

    project: Project
    place: str
    coders: Mapping[str, str]
    folder: str
    themes: Mapping[str, str]
    study: StudyText
    is_ours: bool


def to_reading(project: Project, place: str, coder: str, study: StudyText) -> Reading:
    """Return the codings of `project`, a file at `place` in the folder of `coder`, its faults and what is not kept."""
    interviews = Interviews(study.documents)
    chosen = [(source, _interviews(source, interviews, project)) for source in project.sources if _n_applied(source)]
    used = Counter(a.code for s, own in chosen if own for p in s.passages for a in p.applications)
    themes = themes_of(project, used, study)
    context = _Context(project, place, _coders(project, coder), coder, themes, study, is_ours(project, study))
    _leave_unknown(chosen, project, place, study)
    found: list[tuple[Coding, tuple]] = []
    for source, own in chosen:
        if own:
            found += _of_source(source, own, context)
    codings = _distinct(found, project)
    _leave_uncoded(project)
    return Reading(codings, project.problems, _unread(project, place))


def _unread(project: Project, place: str) -> list[Unread]:
    """Return what is not kept, a row for each thing; of several reasons, the first and that there are others."""
    found: dict[str, Unread] = {}
    for (what, why), n in sorted(project.unread.items()):
        known = found.get(what)
        reason = why if known is None else f"{known.why.removesuffix(' ; …')} ; …"
        found[what] = Unread(place, what, n + (known.n if known else 0), reason)
    return list(found.values())


def _leave_uncoded(project: Project) -> None:
    for source in project.sources:
        for passage in source.passages:
            if not passage.applications:
                what = "annotations sans code" if passage.remarks else "passages sans code"
                project.leave(what, "rien ne dit quel thème leur donner")


def _n_applied(source: Source) -> int:
    return sum(len(passage.applications) for passage in source.passages) + len(source.whole)


def _coders(project: Project, folder: str) -> dict[str, str]:
    """Return guid -> coder: the folder's when one person coded; else, and for users of ours, each one's own name."""
    users = {user: project.users.get(user, "") for user in project.coding_users}
    ours = {user: name for user, name in users.items() if user == guid("user", name)}
    if len(users) == 1 and not ours:
        return dict.fromkeys(users, folder)
    tidy = {user: " ".join(name.replace("/", " ").split()) or folder for user, name in users.items()}
    return {user: folder if name.casefold() == folder.casefold() else name for user, name in tidy.items()}


def _interviews(source: Source, interviews: Interviews, project: Project) -> list[str]:
    """Return the interviews that a source holds; its words decide, its name where they tell nothing."""
    named, is_exact = interviews.named(source)
    spoken = interviews.spoken(source)
    if spoken and is_exact and named not in spoken:
        others = ", ".join(spoken)
        what = f"la source « {source.name} » porte le nom de l'entretien {named}, mais ce sont les mots de {others}"
        mend = "renommez la source dans le logiciel d'origine, ou vérifiez interviews.csv"
        project.problems.append(Problem(source.place, what, "un nom et un texte du même entretien", mend))
        return []
    return [named] if named and is_exact else spoken or ([named] if named else [])


def _leave_unknown(chosen: list, project: Project, place: str, study: StudyText) -> None:
    """Say which sources are of no interview; when none is of any, that is a fault."""
    for source, own in chosen:
        if not own:
            near = nearest(source.name, study.documents) if source.name else None
            why = "aucun entretien de l'étude n'a ce nom ni ce texte" + (f" (« {near} » ?)" if near else "")
            project.leave(f"codages de la source « {source.name} »", why, _n_applied(source))
    if chosen and not any(own for _, own in chosen) and not project.problems:
        names = " | ".join(sorted({source.name for source, _ in chosen})[:5])
        what = f"aucune des sources codées n'est un entretien de l'étude ({names})"
        mend = "nommez chaque source comme son entretien, ou donnez à l'étude les mêmes transcriptions"
        project.problems.append(Problem(place, what, " | ".join(sorted(study.documents)[:8]), mend))


def _of_source(source: Source, interviews: list[str], context: _Context) -> Iterator[tuple[Coding, tuple]]:
    """Yield the codings of a source, each with what tells its passage from others."""
    documents = context.study.documents
    every = {one: Laid(source.text, documents[one]) if source.text else None for one in interviews}
    project = context.project
    if source.whole:
        why = "un codage de l'étude tient à des mots : codez-y un passage"
        project.leave(f"codages de tout l'entretien {', '.join(interviews)}", why, len(source.whole))
    for passage in source.passages:
        if not passage.applications:
            continue
        interview = _likeliest(passage, every)
        held = _held(passage, source, every[interview], project)
        for application in passage.applications if held else ():
            coding = _coding(passage, application, held, interview, context)
            if coding:
                yield coding, (source.guid, passage.start, passage.end, passage.words)


def _likeliest(passage: Passage, every: Mapping[str, Laid | None]) -> str:
    """Return the interview, of those that a file holds, that has most of a passage's words."""
    if len(every) == 1:
        return next(iter(every))
    if passage.start is None:
        return next((one for one, laid in every.items() if laid and laid.said(passage.words, None)), next(iter(every)))
    return max(every, key=lambda one: every[one].share(passage.start, passage.end))


def _held(passage: Passage, source: Source, laid: Laid | None, project: Project) -> Held | None:
    """Return what holds a passage: its place in the source's text, or the words that the file says it has."""
    n = len(passage.applications)
    words, is_cut = said_words(passage.words)
    if laid and passage.start is not None:
        if passage.start == passage.end:
            project.leave("passages vides", "aucun mot n'y est choisi", n)
            return None
        held = laid.held(passage.start, passage.end)
        if passage.is_quoted and words and (held is None or comparable(held.quote)[0] != comparable(passage.words)[0]):
            held = laid.said(passage.words, passage.start) or Held(passage.words, "", "", None, None)
        if held is None:
            project.leave("passages sans parole", "ils ne couvrent qu'un nom de locuteur ou un blanc", n)
        return held
    sure = passage.is_quoted or (
        passage.start is not None
        and abs(len(passage.words) - (passage.end - passage.start)) <= AS_LONG * len(passage.words)
    )
    if words and not is_cut and sure:
        return (laid and laid.said(passage.words, None)) or Held(passage.words, "", "", None, None)
    why = f"{source.missing} : ses mots ne sont pas connus" if source.missing else "ses mots ne sont pas connus"
    project.leave(f"codages de « {source.name} » sans texte", why, n)
    return None


def _coding(passage: Passage, application: Application, held: Held, interview: str, context: _Context) -> Coding | None:
    """Return one coding; None where its code is no theme (said elsewhere)."""
    project = context.project
    if application.code in project.cases and application.code not in context.themes:
        project.leave("passages de cas (Case)", "un cas n'est pas un thème")
        return None
    if application.code not in project.codes:
        why = f"le fichier ne dit pas lequel ({passage.place})"
        project.leave("codages dont le code n'est pas dans le fichier", why)
        return None
    theme = context.themes.get(application.code)
    if theme is None:
        return None
    remark = remark_of(application.remarks, context.is_ours, passage.place)
    project.problems += remark.problems
    coder = context.coders.get(application.user, context.folder)
    return _made(passage, held, interview, theme, coder, remark, context.place)


def _made(passage: Passage, held: Held, interview: str, theme: str, coder: str, remark: Remark, file: str) -> Coding:
    about = (remark.memo, remark.hypothesis, remark.stance)
    # The id is that of the same row in a table in French.
    said = (remark.memo or "", remark.hypothesis or "", FRENCH.get(remark.stance or "", ""))
    told = ("", interview, "" if held.turn is None else str(held.turn), held.quote, theme, *said)
    cells = dict(zip(COLUMNS, told, strict=True))
    holding = {"before": held.before, "after": held.after, "start": "" if held.start is None else str(held.start)}
    return Coding(
        *(passage.place, coder, own_id(cells, coder), interview, held.turn, held.quote, theme, *about),
        **{"before": held.before, "after": held.after, "start": held.start},
        **{"file": file, "row": row_digest({**cells, **holding})},
    )


def _distinct(found: list[tuple[Coding, tuple]], project: Project) -> list[Coding]:
    """Return the codings, each once and with its number in the file; the later ones of one id get a number in it."""
    kept: list[Coding] = []
    seen: dict[str, list[tuple]] = {}
    for coding, passage in found:
        same = seen.setdefault(coding.coding, [])
        if passage in same:
            project.leave(
                "codages donnés deux fois", "le même passage, le même code, la même personne : gardé une fois"
            )
            continue
        same.append(passage)
        name = coding.coding if len(same) == 1 else f"{coding.coding}-{len(same)}"
        kept.append(_renamed(coding, name, len(kept) + 1))
    return kept


def _renamed(coding: Coding, name: str, line: int) -> Coding:
    return Coding(**{**coding.__dict__, "coding": name, "line": line})
