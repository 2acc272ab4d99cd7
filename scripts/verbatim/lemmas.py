"""Lemma and part of speech of each word: what the model says, mended for speech.

The model was trained on written French. On speech most of its faults come from fillers (`euh`, `ouais`)
and from forms that it takes for what no dictionary attests. So, in order: the lists; the readings of
Lexique 3.83 where the model's is never attested; a few rules of context; the lemma that Lexique gives to
the form as that part of speech; simplemma; the model's own lemma.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

import numpy as np
import polars as pl

from verbatim import contexts
from verbatim.lexique import Lexique
from verbatim.noise import is_noise
from verbatim.numbering import column, numbered, paired, renumbered
from verbatim.wordlists import ANY, PARTS_OF_SPEECH, Lists, fold

CONTENT = frozenset({"NOUN", "VERB", "ADJ", "ADV"})
CLITICS = {
    **{"-ce": ("ce", "PRON"), "-là": ("là", "ADV"), "-ci": ("ci", "ADV"), "-t": ("t", "PRON"), "-t'": ("te", "PRON")},
    **{"-je": ("je", "PRON"), "-tu": ("tu", "PRON"), "-il": ("il", "PRON"), "-ils": ("il", "PRON")},
    **{"-elle": ("elle", "PRON"), "-elles": ("elle", "PRON"), "-on": ("on", "PRON"), "-nous": ("nous", "PRON")},
    **{"-vous": ("vous", "PRON"), "-y": ("y", "PRON"), "-en": ("en", "PRON"), "-moi": ("moi", "PRON")},
    **{"-toi": ("toi", "PRON"), "-lui": ("lui", "PRON"), "-leur": ("leur", "PRON"), "-eux": ("eux", "PRON")},
    **{"-le": ("le", "PRON"), "-la": ("le", "PRON"), "-les": ("le", "PRON"), "-m'": ("me", "PRON")},
    **{"-l'": ("le", "PRON"), "-clés": ("clé", "NOUN")},
}
NUMBER = re.compile(r"[+-]?\d[\d.,:/ ]*(?:e|er|ère|ème|h\d*|%)?")
PLACE = ("interview", "turn", "token")


def settle(tokens: pl.DataFrame, lists: Lists) -> pl.DataFrame:
    """Return `tokens`, sorted by place, with lemma and pos settled by all the rules.

    `tokens` has the columns interview, turn, token, form, lemma, pos (the model's); others are kept.
    """
    tokens = tokens.sort(PLACE)
    turns = tokens.select(pl.struct(PLACE[:2]).rle_id()).to_series().to_numpy()
    return mend(tokens, np.diff(turns.astype(np.int64), prepend=-1) != 0, lists).with_columns(
        pl.col("lemma", "pos").cast(pl.String)
    )


def mend(tokens: pl.DataFrame, begins: np.ndarray, lists: Lists) -> pl.DataFrame:
    """Return `tokens`, sorted by place, with lemma and pos, as pl.Enum, settled by all the rules.

    `begins` (n,): the tokens with which a turn begins. A few million tokens a second: rules work on distinct forms,
    parts of speech and lemmas, context on numbers.
    """
    form, forms = numbered(tokens["form"])
    model_pos, model_tags = numbered(tokens["pos"])
    keys = pl.DataFrame({"form": forms}).select(key=folded("form"), case=_case("form"))
    lexique = Lexique.of(lists.lexique, keys["key"].to_list())
    pair, form_of, tag_of = paired(form, model_pos, len(model_tags))
    asked = (*keys[form_of], model_tags.gather(tag_of))
    read = [_first_reading(*word, lists, lexique) for word in zip(*map(pl.Series.to_list, asked), strict=True)]
    listed = [lemma for _, lemma in read]
    tags = sorted({pos for pos, _ in read} | set(PARTS_OF_SPEECH))
    first = np.array([tags.index(pos) for pos, _ in read], dtype=np.int8)
    key, distinct = renumbered(form, keys["key"])
    pos = contexts.settle(key, first[pair], begins, distinct, tags, lexique)
    model, models = numbered(tokens["lemma"])
    reading, pair_of, model_of = paired(pair, model, len(models))
    kind, reading_of, pos_of = paired(reading, pos, len(tags))
    pair_of, model_of = pair_of[reading_of], model_of[reading_of]
    spoken = keys["key"].gather(form_of[pair_of]).to_list()
    columns = (spoken, pos_of.tolist(), models.gather(model_of).to_list(), pair_of.tolist())
    found = [
        _reading(form, tags[tag], model, listed[at], lists, lexique)
        for form, tag, model, at in zip(*columns, strict=True)
    ]
    table = pl.DataFrame(found, schema={"lemma": pl.String, "pos": pl.String}, orient="row")
    table = table.with_columns(joined_ligature("lemma"))
    return tokens.with_columns(column(*renumbered(kind, table[name])).alias(name) for name in table.columns)


def _reading(key: str, pos: str, model: str, listed: str | None, lists: Lists, lexique: Lexique) -> tuple[str, str]:
    """Return lemma and part of speech; the study's corrections come last, on the part of speech that one sees."""
    own = lists.own_lemmas.get((key, pos)) or lists.own_lemmas.get((key, ANY))
    return (own[0], own[1] or pos) if own else (_lemma(key, pos, model, listed, lexique), pos)


def folded(name: str) -> pl.Expr:
    """Return `wordlists.fold` as an expression on the column `name`."""
    return (
        pl.col(name)
        .str.replace_many(list("’‘ʼ＇´`‐‑"), list("''''''--"))
        .str.to_lowercase()
        .str.replace_all("œ", "oe", literal=True)
    )


def _case(name: str) -> pl.Expr:
    form = pl.col(name)
    is_lower, is_upper = form.str.to_lowercase() == form, (form.str.to_uppercase() == form) & (form.str.len_chars() > 1)
    return pl.when(is_lower).then(pl.lit("lower")).when(is_upper).then(pl.lit("upper")).otherwise(pl.lit("mixed"))


def _first_reading(key: str, case: str, pos: str, lists: Lists, lexique: Lexique) -> tuple[str, str | None]:
    """Return the part of speech before context, and the lemma when a list gives it."""
    if is_noise(key.upper() if case == "upper" else key):
        return "X", key
    if not any(map(str.isalnum, key)):
        return ("PUNCT" if all(unicodedata.category(sign)[0] == "P" for sign in key) else "SYM"), key
    found = lists.lemmas.get((key, pos)) or lists.lemmas.get((key, ANY))
    if found:
        return found[1] or pos, found[0]
    if key in CLITICS:
        return CLITICS[key][1], CLITICS[key][0]
    if NUMBER.fullmatch(key):
        return "NUM", key
    settled = _attested(key, case == "lower", pos, lexique)
    # An acronym is its own lemma: SMS is no plural.
    is_acronym = case == "upper" and len(key) <= 5 and key not in lexique.readings
    return settled, key if is_acronym else None


def _attested(key: str, lower: bool, pos: str, lexique: Lexique) -> str:
    readings = lexique.readings.get(key, ())
    if key.endswith("'") and pos not in CONTENT:
        return pos
    if not readings:
        # A word that no dictionary has is no function word: it is a name or a content word.
        return pos if pos in CONTENT or pos in {"PROPN", "INTJ", "NUM"} else "NOUN" if lower else "PROPN"
    if pos == "PROPN" and not lower:
        return pos
    if pos in readings or (pos in {"AUX", "VERB"} and {"AUX", "VERB"} & set(readings)):
        return pos
    if pos in CONTENT or pos in {"PROPN", "X", "PUNCT", "SYM", "SPACE", "INTJ", "NUM"}:
        return readings[0]
    # Closed classes differ between the two tag sets: the model is believed among them.
    return pos if not set(readings) <= CONTENT else readings[0]


def joined_ligature(name: str) -> pl.Expr:
    """Return the column `name` with œ where French writes it (`cœur`, `œil`), so that both spellings are one lemma."""
    return (
        pl.col(name)
        .str.replace_all("oeu", "œu", literal=True)
        .str.replace_all("oeil", "œil", literal=True)
        .str.replace_all("foet", "fœt", literal=True)
    )


def _lemma(key: str, pos: str, model: str, listed: str | None, lexique: Lexique) -> str:
    if listed is not None:
        return listed
    if pos in {"PROPN", "X", "PUNCT", "SYM", "INTJ"}:
        return key
    other = {"AUX": "VERB", "VERB": "AUX"}.get(pos, pos)
    lemma = lexique.lemmas.get((key, pos)) or lexique.lemmas.get((key, other))
    if lemma:
        return lemma
    if pos in CONTENT:
        return _backed_off(key) or fold(model) or key
    return fold(model) or key


def _backed_off(key: str) -> str | None:
    import simplemma

    return simplemma.lemmatize(key, lang="fr").lower() if simplemma.is_known(key, lang="fr") else None


def statuses(lemmas: Iterable[tuple[str, str]], lists: Lists, active_pos: Iterable[str]) -> list[str]:
    """Return the status of each (lemma, part of speech): the study's list, the shipped one, then the pos.

    Punctuation, signs and noise are ignored; a part of speech that is not active is supplementary.
    """
    active = frozenset(active_pos)
    return [_status(fold(lemma), pos, lists, active) for lemma, pos in lemmas]


def _status(lemma: str, pos: str, lists: Lists, active: frozenset[str]) -> str:
    if pos in {"PUNCT", "SYM", "X"}:
        return "ignored"
    for rows in (lists.own_status, lists.status):
        found = rows.get((lemma, pos)) or rows.get((lemma, ANY))
        if found:
            return found
    return "active" if pos in active else "supplementary"
