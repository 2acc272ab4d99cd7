"""Choosing among the places where something is said, and counting them by class, theme or attribute."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

from verbatim.problems import Problem, StudyError, nearest

TURN = ["interview", "turn"]
OUTSIDE = "sans"
ALIASES = {"theme": "themes", "classe": "class", "entretien": "interview", "locuteur": "speaker"}
HIDDEN = ("left", "key", "right", "start", "end", "first_token", "last_token")


def counted(tokens: pl.DataFrame, turns: pl.DataFrame) -> pl.DataFrame:
    """Return every counted token as a row of `search` has it, without its context: what counts are out of."""
    words = tokens.filter(pl.col("status") != "ignored")
    words = words.select(*TURN, "token", "start", "end", first_token="token").drop("token")
    return words.join(turns.select(*TURN, "speaker", "role", "question"), on=TURN, how="left", maintain_order="left")


def keep(found: pl.DataFrame, wanted: Mapping[str, Iterable[str]]) -> pl.DataFrame:
    """Return the rows of which each column named in `wanted` has one of the values asked for.

    `themes` (or `theme`) asks for one theme among those of the row; `class` 0 is unclassified; `sans` has none.
    Errors: StudyError for a column that `found` does not have.
    """
    for name, values in wanted.items():
        column = known_column(found, name)
        asked = [str(value) for value in values]
        cell = pl.col(column).cast(pl.String).fill_null(OUTSIDE)
        if column == "themes":
            found = found.filter(cell.str.split(", ").list.eval(pl.element().is_in(asked)).list.any())
        else:
            found = found.filter(cell.is_in(asked))
    return found


def counts(found: pl.DataFrame, words: pl.DataFrame, by: str) -> pl.DataFrame:
    """Return how often each value of the column `by` has what was found: n, words and n per thousand of them.

    `words` are the rows of `counted`, with the columns and under the conditions of `found`. A place with several
    themes counts for each.
    """
    column = known_column(found, by)
    sizes = _sizes(words, column).rename({"n": "words"})
    table = sizes.join(_sizes(found, column), on=column, how="full", coalesce=True).with_columns(
        pl.col("n", "words").fill_null(0).cast(pl.Int64)
    )
    table = table.with_columns(per_thousand=1000 * pl.col("n") / pl.col("words").clip(lower_bound=1))
    return table.select(column, "n", "words", "per_thousand").sort(pl.col(column).cast(pl.String))


def _sizes(rows: pl.DataFrame, column: str) -> pl.DataFrame:
    cell = pl.col(column).cast(pl.String).fill_null(OUTSIDE)
    named = rows.lazy().select(cell.str.split(", ") if column == "themes" else cell)
    named = named.explode(column) if column == "themes" else named
    return named.group_by(column).agg(n=pl.len()).collect()


def known_column(found: pl.DataFrame, name: str) -> str:
    """Return the column that `name` means; StudyError, with the nearest, where there is none."""
    names = [own for own in found.columns if own not in HIDDEN]
    column = ALIASES.get(name, name)
    if column in names:
        return column
    near = nearest(name, names)
    mend = f"vouliez-vous « {near} » ?" if near else "écrivez l'un de ces noms"
    raise StudyError(Problem(f"colonne « {name} »", "les résultats ne l'ont pas", ", ".join(names), mend))


def tell_counts(table: pl.DataFrame) -> str:
    """Return the rows of `counts` as lines of text."""
    head = (table.columns[0], "occurrences", "mots", "pour 1 000 mots")
    rows = [(name, str(n), str(words), f"{rate:.2f}".replace(".", ",")) for name, n, words, rate in table.iter_rows()]
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(4)]
    return "\n".join(
        "  ".join([row[0].ljust(widths[0]), *(row[i].rjust(widths[i]) for i in (1, 2, 3))]) for row in [head, *rows]
    )
