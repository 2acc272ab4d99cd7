"""The data from which the page shows verbatims and whole interviews on demand.

Kept short because it holds the whole corpus once: words are numbers, offsets are relative.
"""

from __future__ import annotations

import json
from collections import defaultdict

import polars as pl

from verbatim.counted_codings import HUMAN
from verbatim.report.located import Corpus
from verbatim.report.material import Material
from verbatim.report.wording import ANCHORS, NOT_CLASSIFIED, POS, REASONS, STANCES
from verbatim.report.words_page import specific


def data(corpus: Corpus) -> dict:
    """Return everything that the script of the page reads.

    `interviews`: speakers (code, panel, {attribute: value}; panel null for an interviewer), turns
    (speaker's place, text, question, start in seconds), tokens of each turn (for each counted word:
    characters since the end of the one before, length, number of the word) and segments (speaker's
    place, first turn, first character, last turn, last character excluded), `others`: tokens of each
    turn that do not count, punctuation and what the interviewer says, coded as `tokens`. `words`: lemma
    and part of speech, those that count first; `statuses`, a letter for each. `analyses`: for each
    interview the class of each segment (0 and below: unclassified, by reason; null: not in the
    analysis), the words (number, occurrences, segments, interviews, 1 when active) and what is `specific`
    of each modality (see `words_page.specific`). `codings`:
    interview's place, turn, start, end, theme's place, coder, anchor, memo, words where lost. `weighed`: hypothesis ->
    places in `codings` of those that count for it.
    """
    material = corpus.material
    words = known_words(corpus)
    numbers = {pair: i for i, pair in enumerate(words.select("lemma", "pos").iter_rows())}
    themes = {theme.id: i for i, theme in enumerate(material.shown_themes)}
    return {
        "words": list(numbers),
        "statuses": "".join(status[0] for status in words["status"]),
        "interviews": _interviews(corpus, numbers),
        "analyses": [_analysis(material, name, numbers) for name in material.analyses],
        "themes": [[theme.id, theme.title] for theme in material.shown_themes],
        "codings": _codings(material, themes),
        "hypotheses": [[one["id"], one["title"]] for one in material.hypotheses],
        "weighed": _weighed(material),
        "questions": {q.id: q.text for guide in material.guides for q in guide.questions},
        "pos": POS,
        "reasons": [[NOT_CLASSIFIED[reason], text] for reason, text in REASONS.items()],
        "anchors": ANCHORS,
        "stances": STANCES,
    }


def as_script(values: dict) -> str:
    """Return `values` as JSON that can stand inside a script element, whatever was said."""
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def known_words(corpus: Corpus) -> pl.DataFrame:
    """Return lemma, pos and status of all words said: those that count, then the others, each in order."""
    own = ["lemma", "pos", "status"]
    counted = corpus.words.select(own).unique(own[:2], keep="first", maintain_order=True).sort(own)
    others = corpus.material.table("corpus/tokens").select(own).unique(own[:2], keep="first", maintain_order=True)
    return pl.concat([counted, others.join(counted, on=own[:2], how="anti").sort(own)])


def _interviews(corpus: Corpus, numbers: dict[tuple[str, str], int]) -> list[dict]:
    tokens = _tokens(corpus.words, numbers)
    keys = ["interview", "turn", "start"]
    rest = corpus.material.table("corpus/tokens").join(corpus.words.select(keys), on=keys, how="anti")
    others = _tokens(rest, numbers)
    segments: dict[str, list[list]] = defaultdict(list)
    speakers = _speakers(corpus)
    for (interview, _), at in corpus.segments.items():
        place = list(speakers[interview]).index(at.speaker)
        segments[interview].append([place, at.first_turn, at.start, at.last_turn, at.end])
    found = []
    for interview, turns in corpus.turns.items():
        places = {speaker: i for i, speaker in enumerate(speakers[interview])}
        rows = [[places[t["speaker"]], t["text"], t["question"], t["start_s"]] for t in turns]
        found.append(
            {
                "id": interview,
                "speakers": list(speakers[interview].values()),
                "turns": [[*row[:2], *([] if row[2:] == [None, None] else row[2:])] for row in rows],
                "tokens": [tokens.get((interview, t["turn"]), []) for t in turns],
                "others": [others.get((interview, t["turn"]), []) for t in turns],
                "segments": segments.get(interview, []),
            }
        )
    return found


def _speakers(corpus: Corpus) -> dict[str, dict[str, list]]:
    """Interview -> speaker -> [code, role, panel, attributes], in the order of the table."""
    material = corpus.material
    found: dict[str, dict[str, list]] = {interview: {} for interview in corpus.turns}
    for row in material.table("corpus/speakers").iter_rows(named=True):
        own = {name: row[name] for name in material.attributes if row[name] is not None}
        interviewer = int(row["role"] == "interviewer")
        found.setdefault(row["interview"], {})[row["speaker"]] = [row["speaker"], interviewer, row["panel"], own]
    for interview, turns in corpus.turns.items():
        for turn in turns:
            known = [turn["speaker"], int(turn["role"] == "interviewer"), None, {}]
            found[interview].setdefault(turn["speaker"], known)
    return found


def _tokens(words: pl.DataFrame, numbers: dict[tuple[str, str], int]) -> dict[tuple[str, int], list[int]]:
    found: dict[tuple[str, int], list[int]] = defaultdict(list)
    ends: dict[tuple[str, int], int] = {}
    columns = ("interview", "turn", "start", "end", "lemma", "pos")
    for interview, turn, start, end, lemma, pos in words.sort(columns[:3]).select(columns).iter_rows():
        at = interview, turn
        found[at] += [start - ends.get(at, 0), end - start, numbers[lemma, pos]]
        ends[at] = end
    return found


def _analysis(material: Material, name: str, numbers: dict[tuple[str, str], int]) -> dict:
    classes = material.table("classes/segments", name).with_columns(
        pl.col("class") + pl.col("reason").replace_strict(NOT_CLASSIFIED, default=0, return_dtype=pl.Int64)
    )
    labels: dict[str, dict[int, int]] = defaultdict(dict)
    for interview, segment, number in classes.select("interview", "segment", "class").iter_rows():
        labels[interview][segment] = number
    sizes = dict(material.table("corpus/segments").group_by("interview").len().iter_rows())
    lemmas = material.table("lexicon/lemmas", name).sort(
        ["n_occurrences", "lemma", "pos"], descending=[True, False, False]
    )
    return {
        "id": name,
        "title": material.title(name),
        "classes": [
            [number, material.colour(number), material.class_names[name].get(number, "")]
            for number in material.numbers(name)
        ],
        "segments": {i: [labels[i].get(s + 1) for s in range(sizes.get(i, 0))] for i in sorted(labels)},
        "words": [
            [numbers[lemma, pos], *counts, int(status == "active")]
            for lemma, pos, *counts, status in lemmas.select(
                "lemma", "pos", "n_occurrences", "n_segments", "n_interviews", "status"
            ).iter_rows()
            if (lemma, pos) in numbers
        ],
        "specific": specific(material, name, numbers),
    }


def _codings(material: Material, themes: dict[str, int]) -> list[list]:
    rows = material.table("themes/codings").filter(HUMAN)
    names = ("interview", "turn", "start", "end", "theme", "coder", "anchor", "memo", "hypothesis", "stance")
    found = []
    for interview, turn, start, end, theme, *rest, quote in rows.select(*names, "quote").iter_rows():
        lost = [] if start is not None else [quote]
        found.append([interview, turn, start, end, themes[theme], *rest, *lost])
    return found


def _weighed(material: Material) -> dict[str, list[int]]:
    own = material.table("themes/codings").filter(HUMAN)["coding"]
    places = {coding: i for i, coding in enumerate(own)}
    found: dict[str, list[int]] = defaultdict(list)
    for hypothesis, coding in material.table("themes/hypotheses").select("hypothesis", "coding").iter_rows():
        if coding in places:
            found[hypothesis].append(places[coding])
    return dict(found)
