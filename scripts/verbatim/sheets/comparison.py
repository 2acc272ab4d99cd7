"""What interviews share in a theme, where they part, and the cases that go against the others."""

from __future__ import annotations

from dataclasses import dataclass

from verbatim.report.wording import variable as named
from verbatim.sheets.coded_study import CodedStudy
from verbatim.sheets.own_words import OwnWord
from verbatim.sheets.passages import Passage
from verbatim.sheets.sentences import Asked, Sentence, count, equals, listed
from verbatim.typography import integer, probability

MOST, HALF, FEW, AGREED, LEAST = 2 / 3, 1 / 2, 1 / 3, 3 / 4, 3
SURE = 0.05
STANCES = {"for": "pour", "against": "contre"}
SHARED_WORDS = 8

CONVERGENCES = (
    "Règle : un thème présent dans les deux tiers au moins des entretiens codés et dans la moitié au moins de ceux de "
    "chaque groupe comparé ; une position que prennent trois quarts au moins des passages situés sur une hypothèse, "
    "dans trois entretiens au moins et dans chaque groupe ; un mot propre au thème que disent, dans ses passages, les "
    "deux tiers au moins des entretiens où il est présent."
)
DIVERGENCES = (
    "Règle : les groupes dont la présence du thème, ou sa part des mots, diffère (p exact <\u00a00,05) ; les "
    "hypothèses sur lesquelles ses passages s'opposent ; les groupes dont la majorité prend des positions contraires."
)
CONTRARY = (
    "Règle : les passages de la position la plus rare, pour ou contre, d'une hypothèse, quand ils sont un tiers au "
    "plus des deux ; les entretiens à rebours de leur groupe (le thème y manque quand deux tiers au moins du groupe en "
    "parlent, ou s'y trouve quand un tiers au plus en parle), dans les groupes d'au moins trois entretiens codés."
)


@dataclass(frozen=True)
class Contrary:
    """A passage that goes against the others, and why."""

    passage: Passage
    why: str


def convergences(study: CodedStudy, theme: str, words: list[OwnWord]) -> list[Sentence]:
    """Return what most interviews share, as the rule CONVERGENCES has it."""
    found = []
    holding = set(holders(study, theme))
    if _is_shared(study, holding):
        told = count(len(holding), "entretien codé", "entretiens codés", t=theme)
        whole = f" sur {integer(len(study.coded))}{_shares(study, holding)}."
        found.append(("Le thème est présent dans ", told, whole))
    parts = [
        (t, held) for t in study.themes if t.parent == theme and _is_shared(study, held := set(holders(study, t.id)))
    ]
    if parts:
        told = listed([(f"« {t.title} » (", count(len(held), "entretien", t=t.id), ")") for t, held in parts])
        found.append(
            (f"Sous-thème{'s' if len(parts) > 1 else ''} présent{'s' if len(parts) > 1 else ''} de même : ", *told, ".")
        )
    found += [sentence for h in study.material.hypotheses if (sentence := _agreed(study, theme, h))]
    shared = [w for w in words if holding and len(w.interviews) >= max(2, MOST * len(holding))][:SHARED_WORDS]
    if shared:
        told = listed([(_word(theme, w), f" ({integer(len(w.interviews))})") for w in shared])
        found.append(("Mots propres au thème, et entretiens qui les y disent : ", *told, "."))
    return found


def _word(theme: str, word: OwnWord) -> Asked:
    return Asked(word.lemma, {"t": theme, "w": word.lemma, "p": word.pos})


def holders(study: CodedStudy, theme: str) -> list[str]:
    """Return the interviews that hold a theme, or one below it."""
    return sorted({passage.interview for passage in study.passages.get(theme, [])})


def _is_shared(study: CodedStudy, held: set[str]) -> bool:
    everywhere = all(
        len(held & set(own)) >= HALF * len(own) for modalities in study.groups.values() for own in modalities.values()
    )
    return everywhere and len(study.coded) >= 2 and len(held) >= MOST * len(study.coded)


def _shares(study: CodedStudy, held: set[str]) -> str:
    parts = [
        f"{modality} {integer(len(held & set(own)))} sur {integer(len(own))}"
        for modalities in study.groups.values()
        for modality, own in modalities.items()
    ]
    return f" ({', '.join(parts)})" if parts else ""


def _agreed(study: CodedStudy, theme: str, hypothesis: dict) -> Sentence | None:
    sides = {stance: study.stances(theme, hypothesis["id"], stance) for stance in ("for", "against", "nuance")}
    total = sum(map(len, sides.values()))
    stance = max(STANCES, key=lambda s: len(sides[s]))
    held = {passage.interview for passage in sides[stance]}
    if not total or len(sides[stance]) < AGREED * total or len(held) < LEAST:
        return None
    if not all(held & set(own) for modalities in study.groups.values() for own in modalities.values()):
        return None
    told = count(len(sides[stance]), "passage", t=theme, h=hypothesis["id"], s=stance)
    verb = "va" if len(sides[stance]) < 2 else "vont"
    direction = "dans le sens de" if stance == "for" else "contre"
    return (
        *(told, f" sur {integer(total)} {verb} {direction} l'hypothèse « {hypothesis['title']} », dans "),
        f"{integer(len(held))} entretiens.",
    )


def divergences(study: CodedStudy, theme: str) -> list[Sentence]:
    """Return where interviews part, as the rule DIVERGENCES has it."""
    found = [s for row in study.row("themes/contrasts", theme) if (s := _contrast(study, theme, row))]
    for hypothesis in study.material.hypotheses:
        found += _opposed(study, theme, hypothesis)
    return found


def smallest(study: CodedStudy, theme: str) -> str:
    """Return, where no group differs, what the tests say all the same."""
    rows = study.row("themes/contrasts", theme)
    if not rows:
        return ""
    least = min(min(row["p_presence"], row["p_amount"]) for row in rows)
    if least < SURE:
        return ""
    n = rows[0]["n_interviews"]
    return (
        f"Aucun groupe ne se distingue (plus petit p : {probability(least)}) ; avec {integer(n)} entretiens "
        "comparés, seul un écart très grand se verrait."
    )


def _contrast(study: CodedStudy, theme: str, row: dict) -> Sentence | None:
    told = []
    for measure, name in (("presence", "présence"), ("amount", "part des mots")):
        p, adjusted = row[f"p_{measure}"], row[f"p_{measure}_adjusted"]
        if p < SURE:
            drawn = "" if row[f"exact_{measure}"] else " par tirages"
            sure = "" if adjusted < SURE else ", une piste seulement"
            told.append(f"{name} ({equals(p)}{drawn}, ajusté {probability(adjusted)}{sure})")
    if not told:
        return None
    cells = [r for r in study.row("themes/groups", theme) if r["variable"] == row["variable"]]
    groups = [
        (
            f"{r['modality']} ",
            count(r["n_codings"], "passage", t=theme, m=f"{row['variable']}={r['modality']}"),
            f" dans {integer(r['n_holding'])} des {integer(r['n_interviews'])} entretiens",
        )
        for r in cells
    ]
    return (f"Selon {named(row['variable'])}, diffère : {' ; '.join(told)}. ", *listed(groups, " ; "), ".")


def _opposed(study: CodedStudy, theme: str, hypothesis: dict) -> list[Sentence]:
    sides = {stance: study.stances(theme, hypothesis["id"], stance) for stance in STANCES}
    if not all(sides.values()):
        return []
    counts = [
        (count(len(own), "passage", t=theme, h=hypothesis["id"], s=s), f" {STANCES[s]}") for s, own in sides.items()
    ]
    found: list[Sentence] = [
        (f"Sur l'hypothèse « {hypothesis['title']} », les positions s'opposent : ", *listed(counts), ".")
    ]
    for variable, modalities in study.groups.items():
        majorities = {m: _majority(sides, set(own)) for m, own in modalities.items()}
        if {"for", "against"} <= set(majorities.values()):
            term = {m: {"t": theme, "h": hypothesis["id"], "m": f"{variable}={m}"} for m in modalities}
            own = [
                (
                    f"{m}, plutôt {STANCES[side]} (",
                    count(_n(sides[side], set(modalities[m])), "passage", s=side, **term[m]),
                    f" sur {integer(sum(_n(one, set(modalities[m])) for one in sides.values()))})",
                )
                for m, side in majorities.items()
                if side
            ]
            told = listed(own, " ; ")
            found.append((f"Selon {named(variable)}, la majorité n'est pas du même côté : ", *told, "."))
    return found


def _n(passages: list[Passage], interviews: set[str]) -> int:
    return sum(passage.interview in interviews for passage in passages)


def _majority(sides: dict[str, list[Passage]], interviews: set[str]) -> str:
    n = {stance: _n(own, interviews) for stance, own in sides.items()}
    return "" if n["for"] == n["against"] else max(n, key=lambda stance: n[stance])


def contrary(study: CodedStudy, theme: str) -> tuple[list[Contrary], list[Sentence]]:
    """Return the passages, and the interviews, that go against the others, as the rule CONTRARY has it."""
    found: list[Contrary] = []
    for hypothesis in study.material.hypotheses:
        sides = {stance: study.stances(theme, hypothesis["id"], stance) for stance in STANCES}
        rarer = min(STANCES, key=lambda s: len(sides[s]))
        if 0 < len(sides[rarer]) <= FEW * sum(map(len, sides.values())):
            why = f"{STANCES[rarer]} l'hypothèse « {hypothesis['title']} »"
            found += [Contrary(passage, why) for passage in sides[rarer]]
    return found, _against_group(study, theme)


def _against_group(study: CodedStudy, theme: str) -> list[Sentence]:
    held = set(holders(study, theme))
    found: list[Sentence] = []
    for modalities in study.groups.values():
        for modality, own in modalities.items():
            inside = [i for i in own if i in held]
            absent = [i for i in own if i not in held]
            if len(own) < LEAST or not inside or not absent:
                continue
            share = f"{integer(len(inside))} sur {integer(len(own))}"
            if len(inside) >= MOST * len(own):
                found.append((f"{modality} : {share} en parlent, mais non ", *listed(absent), "."))
            elif len(inside) <= FEW * len(own):
                told = listed([Asked(i, {"t": theme, "i": i}) for i in inside])
                found.append(
                    (f"{modality} : {share} seulement en parle{'nt' if len(inside) > 1 else ''}, ", *told, ".")
                )
    return found
