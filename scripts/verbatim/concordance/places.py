"""Key words in context: every place where a word, a lemma, a part of speech or a sequence of them is said.

Tables are taken sorted by their keys, as `tables.read` gives them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

from verbatim.concordance.query import LONG, Test, pieces, readings
from verbatim.counted_codings import HUMAN
from verbatim.problems import Problem, StudyError

TURN = ["interview", "turn"]
WIDTH = 60
ORDERS = ("position", "gauche", "droite")
PLACE = 2**32


def search(tokens: pl.DataFrame, turns: pl.DataFrame, asked: str, width: int = WIDTH) -> pl.DataFrame:
    """Return one row for each place where `asked` occurs, in the order of the corpus.

    `tokens` is corpus/tokens, `turns` corpus/turns. `asked` is a sequence of words parted by spaces, each of
    them a form (`lien`, case apart, `*` for any letters), `lemme:être`, `pos:nom` (or `pos:NOUN`), `statut:actif`,
    several of these at once (`lemme:suivre+pos:verbe`), or `..` for any token; a sequence stays within a turn.
    Words that the corpus holds as one token (« parce que », « aujourd'hui ») are found as they are written, and
    « l'écran » finds its two tokens. Columns: interview, turn, first and last token, start and end in the turn,
    speaker, role, question, left, key, right (about `width` characters of the turn on either side, cut between
    words). Errors: StudyError when `asked` cannot be read.
    """
    wanted = pieces(asked)
    long: dict[str, list[str]] = {}
    if len(wanted) > 1:
        for field in ("form", "lemma"):
            own = tokens.filter(pl.col(field).str.contains(LONG))[field]
            long[field] = own.str.to_lowercase().unique().to_list()

    def known(test: Test) -> bool:
        return any(re.match(test.pattern, text) for text in long[test.field])

    parts = [_places(tokens, sequence) for sequence in readings(wanted, known)]
    places = pl.concat(parts).unique().sort(*TURN, "first_token", "last_token")
    said = places.join(turns, on=TURN, how="left", suffix="_turn", maintain_order="left")
    rows = [_context(text, start, end, width) for text, start, end in said.select("text", "start", "end").iter_rows()]
    contexts = pl.DataFrame(rows, schema=dict.fromkeys(("left", "key", "right"), pl.String), orient="row")
    return pl.concat([said.select(*places.columns, "speaker", "role", "question"), contexts], how="horizontal")


def _places(tokens: pl.DataFrame, sequence: Sequence[Sequence[Test]]) -> pl.DataFrame:
    """Return first and last token, start and end of the places where each token meets its tests."""
    n = len(sequence) - 1
    met = [_met(tests).shift(-i) if i else _met(tests) for i, tests in enumerate(sequence)]
    same = [pl.col(name) == pl.col(name).shift(-n) for name in TURN] if n else []
    return (
        tokens.lazy()
        .select(
            *TURN,
            first_token="token",
            last_token=pl.col("token").shift(-n),
            start="start",
            end=pl.col("end").shift(-n),
            _found=pl.all_horizontal(*met, *same),
        )
        .filter(pl.col("_found").fill_null(False))
        .drop("_found")
        .collect()
    )


def _met(tests: Sequence[Test]) -> pl.Expr:
    if not tests:
        return pl.col("token") > 0
    return pl.all_horizontal(_condition(test) for test in tests)


def _condition(test: Test) -> pl.Expr:
    field = pl.col(test.field)
    if test.values:
        return field.is_in(test.values)
    matches = field.str.contains(rf"(?i)\A(?:{test.source})\z")
    return matches & field.str.contains(LONG) if test.long else matches


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

    `segments` is corpus/segments, `classes` classes/segments; null outside segments (what the interviewer says
    between two turns of a segment is outside) or the analysis.
    """
    at = pl.col("turn") * PLACE + pl.col("first_token")
    starts = segments.select(
        "interview",
        "segment",
        _who="speaker",
        _at=pl.col("first_turn") * PLACE + pl.col("first_token"),
        _end=pl.col("last_turn") * PLACE + pl.col("last_token"),
    ).sort("interview", "_at")
    held = found.with_row_index("_row").with_columns(_at=at).sort("interview", "_at")
    joined = held.join_asof(starts, on="_at", by="interview", check_sortedness=False)
    inside = (pl.col("_at") <= pl.col("_end")) & (pl.col("speaker") == pl.col("_who"))
    joined = joined.with_columns(segment=pl.when(inside).then(pl.col("segment")))
    joined = joined.sort("_row").drop("_row", "_at", "_end", "_who")
    if classes is None:
        return joined
    own = classes.select("interview", "segment", "class")
    return joined.join(own, on=["interview", "segment"], how="left", maintain_order="left")


def described(found: pl.DataFrame, speakers: pl.DataFrame, codings: pl.DataFrame | None = None) -> pl.DataFrame:
    """Return the rows of `search` with the attributes of who speaks and the themes coded there.

    `speakers` is corpus/speakers, `codings` themes/codings: `themes` are those of the passages that people coded
    and that touch the place, in alphabetical order, separated by commas; null where there is none.
    """
    people = speakers.drop("role")
    found = found.join(people, on=["interview", "speaker"], how="left", maintain_order="left")
    if codings is None:
        return found
    passages = codings.filter(HUMAN & pl.col("start").is_not_null())
    passages = passages.select(*TURN, "theme", _from="start", _to="end")
    numbered = found.with_row_index("_row")
    touched = numbered.select("_row", *TURN, "start", "end").join(passages, on=TURN)
    touched = touched.filter((pl.col("_from") < pl.col("end")) & (pl.col("_to") > pl.col("start")))
    themes = touched.group_by("_row").agg(themes=pl.col("theme").unique().sort().str.join(", "))
    return numbered.join(themes, on="_row", how="left", maintain_order="left").drop("_row")


def tell(found: pl.DataFrame, columns: Sequence[str] = ("left", "key", "right")) -> str:
    """Return the rows of `search` as lines of text, the key words one under the other."""
    left, key = (max(found[name].str.len_chars().to_list(), default=0) for name in columns[:2])
    lines = []
    for row in found.iter_rows(named=True):
        place = f"{row['interview']} {row['turn']:>4} {row['speaker']:<8}"
        lines.append(f"{place} {row['left']:>{left}}  {row['key']:<{key}}  {row['right']}")
    return "\n".join(lines)
