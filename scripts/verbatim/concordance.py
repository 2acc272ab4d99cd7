"""Key words in context: every place where a word, a lemma, a part of speech or a sequence of them is said."""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

from verbatim.problems import Problem, StudyError

TURN = ["interview", "turn"]
WIDTH = 60
FIELDS = {"forme": "form", "lemme": "lemma", "pos": "pos", "statut": "status"}
ANY = ".."
ORDERS = ("position", "gauche", "droite")


def search(tokens: pl.DataFrame, turns: pl.DataFrame, asked: str, width: int = WIDTH) -> pl.DataFrame:
    """Return one row for each place where `asked` occurs, in the order of the corpus.

    `tokens` is corpus/tokens, `turns` corpus/turns. `asked` is a sequence of words parted by spaces, each of
    them a form (`lien`, case apart, `*` for any letters), `lemme:être`, `pos:NOUN`, `statut:active`, several of these
    at once (`lemme:suivre+pos:VERB`), or `..` for any token; a sequence stays within a turn. Columns: interview, turn,
    first and last token, speaker, role, question, left, key, right (about `width` characters of the turn on
    either side, cut between words). Errors: StudyError when `asked` cannot be read.
    """
    tests = [_test(word) for word in asked.split()]
    if not tests:
        raise StudyError(_unread(asked, "rien à chercher"))
    ordered = tokens.sort(*TURN, "token")
    held = ordered.select(
        *TURN,
        "token",
        "start",
        pl.col("token").shift(1 - len(tests)).over(TURN).alias("last_token"),
        pl.col("end").shift(1 - len(tests)).over(TURN).alias("end"),
        _found=pl.all_horizontal(test.shift(-i).over(TURN).fill_null(False) for i, test in enumerate(tests)),
    )
    places = held.filter(pl.col("_found") & pl.col("last_token").is_not_null()).drop("_found")
    said = places.join(turns, on=TURN, how="left", suffix="_turn", maintain_order="left")
    rows = [_context(text, start, end, width) for text, start, end in said.select("text", "start", "end").iter_rows()]
    contexts = pl.DataFrame(rows, schema=dict.fromkeys(("left", "key", "right"), pl.String), orient="row")
    kept = said.select(*TURN, pl.col("token").alias("first_token"), "last_token", "speaker", "role", "question")
    return pl.concat([kept, contexts], how="horizontal")


def _test(word: str) -> pl.Expr:
    """Return the condition on a token that one word of a query states."""
    if word == ANY:
        return pl.col("token") > 0
    tests = []
    for part in word.split("+"):
        name, colon, value = part.partition(":")
        field = FIELDS.get(name.lower()) if colon else "form"
        value = value if colon else part
        if field is None or not value:
            raise StudyError(_unread(word, f"« {part} » ne se lit pas"))
        if field == "pos":
            value = value.upper()
        pattern = re.escape(value).replace(r"\*", r"\S*").replace("'", "['’]").replace("’", "['’]")
        tests.append(pl.col(field).str.contains(rf"(?i)\A(?:{pattern})\z"))
    return pl.all_horizontal(tests)


def _unread(asked: str, what: str) -> Problem:
    expected = "des mots, ou " + ", ".join(f"{name}:…" for name in FIELDS) + f", réunis par +, ou {ANY}"
    return Problem(f"recherche « {asked} »", what, expected, "par exemple : lemme:suivre+pos:VERB .. pos:NOUN")


def _context(text: str, start: int, end: int, width: int) -> tuple[str, str, str]:
    left, right = text[max(0, start - width) : start], text[end : end + width]
    if start > width and " " in left:
        left = "…" + left[left.index(" ") :]
    if end + width < len(text) and " " in right:
        right = right[: right.rindex(" ") + 1] + "…"
    return left.strip(), text[start:end], right.strip()


def sort(found: pl.DataFrame, order: str) -> pl.DataFrame:
    """Return the rows of `search` by position, by the words to the left (nearest first) or to the right.

    Case and accents do not count. Errors: StudyError for another order.
    """
    if order not in ORDERS:
        raise StudyError(Problem(f"ordre « {order} »", "cet ordre n'existe pas", " | ".join(ORDERS)))
    if order == "position":
        return found
    words = pl.col("left" if order == "gauche" else "right").str.extract_all(r"[\w’'-]+")
    words = words.list.reverse() if order == "gauche" else words
    key = words.list.join(" ").str.normalize("NFKD").str.replace_all(r"\p{M}", "").str.to_lowercase()
    place = ["interview", "turn", "first_token"]
    return found.with_columns(_key=key).sort("_key", *place).drop("_key")


def placed(found: pl.DataFrame, segments: pl.DataFrame, classes: pl.DataFrame | None = None) -> pl.DataFrame:
    """Return the rows of `search` with the segment that holds their first token, and its class where given.

    `segments` is corpus/segments, `classes` classes/segments; null outside segments or the analysis.
    """
    starts = segments.select(
        "interview", "segment", "last_turn", "last_token", turn="first_turn", first_token="first_token"
    ).sort("interview", "turn", "first_token")
    at = pl.col("turn") * 2**32 + pl.col("first_token")
    held = found.with_row_index("_row").with_columns(_at=at).sort("interview", "_at")
    starts = starts.select("interview", "segment", _at=at, _end=pl.col("last_turn") * 2**32 + pl.col("last_token"))
    joined = held.join_asof(starts.sort("interview", "_at"), on="_at", by="interview", check_sortedness=False)
    inside = pl.when(pl.col("_at") <= pl.col("_end")).then(pl.col("segment")).alias("segment")
    joined = joined.with_columns(inside).sort("_row").drop("_row", "_at", "_end")
    if classes is None:
        return joined
    own = classes.select("interview", "segment", "class")
    return joined.join(own, on=["interview", "segment"], how="left", maintain_order="left")


def tell(found: pl.DataFrame, columns: Sequence[str] = ("left", "key", "right")) -> str:
    """Return the rows of `search` as lines of text, the key words one under the other."""
    left, key = (max(found[name].str.len_chars().to_list(), default=0) for name in columns[:2])
    lines = []
    for row in found.iter_rows(named=True):
        place = f"{row['interview']} {row['turn']:>4} {row['speaker']:<8}"
        lines.append(f"{place} {row['left']:>{left}}  {row['key']:<{key}}  {row['right']}")
    return "\n".join(lines)
