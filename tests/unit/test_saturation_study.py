"""The order of the interviews, and what each of them brings, by hand."""

import polars as pl
import pytest

from verbatim import tables
from verbatim.saturation_study import measure, ordered

SETTINGS = {"base": [2], "run": [1], "threshold": [0.0], "resamples": 100, "least_segments": 2}


def described(**dates):
    return pl.DataFrame({"interview": sorted(dates), "date": [dates[name] for name in sorted(dates)]})


@pytest.mark.parametrize(
    ("dates", "names", "by"),
    [
        ({"A": "2021-03-08", "B": "07/03/2021", "C": "2020-12-31"}, ["C", "B", "A"], "date"),
        ({"A": "2021-03-08", "B": None, "C": "2020-12-31"}, ["C", "A", "B"], "listed"),
        ({"A": "mars", "B": "avril", "C": "mai"}, ["C", "A", "B"], "listed"),
    ],
)
def test_interviews_go_by_date_or_as_they_are_listed(dates, names, by):
    assert ordered(described(**dates), ["C", "A", "A", "Z"]) == (names, by)


def coded(*rows):
    full = [
        (f"c{i}", interview, 2, 0, 5, "x", theme, "k", "human", anchor, None, None, None, None)
        for i, (theme, interview, anchor) in enumerate(rows)
    ]
    return pl.DataFrame(full, schema=tables.empty("themes/codings").schema, orient="row")


def test_themes_and_classes_that_are_new():
    codings = coded(("a", "B", "intact"), ("b", "B", "moved"), ("b", "A", "intact"), ("c", "A", "lost"),
                    ("d", "C", "doubtful"))  # fmt: skip
    classes = pl.DataFrame({"interview": list("AAABBBBDD"), "class": [1, 1, 2, 1, 1, 2, 2, 0, 0]})
    curves, stops = measure(codings, {"whole": classes}, (["B", "D", "A", "C"], "listed"), SETTINGS)
    own = tables.check("themes/saturation", curves)
    themes = own.filter(pl.col("kind") == "theme")
    # D is not coded: it is no interview without themes
    assert themes["interview"].to_list() == ["B", "A", "C"]
    assert themes["new"].to_list() == [2, 0, 1] and themes["alone"].to_list() == [1, 0, 1]
    whole = own.filter(pl.col("kind") == "whole")
    # one segment of class 2 is too few for A to hold it
    assert whole["interview"].to_list() == ["B", "D", "A"] and whole["new"].to_list() == [2, 0, 0]
    assert whole["alone"].to_list() == [1, 0, 0]
    told = {row["kind"]: row for row in tables.check("themes/saturation_stops", stops).iter_rows(named=True)}
    assert told["theme"]["position"] is None and told["theme"]["share_of_orders"] is not None
    assert told["whole"]["position"] == 2


def test_too_few_interviews_for_the_rule():
    stops = measure(coded(("a", "A", "intact")), {}, (["A", "B"], "listed"), SETTINGS)[1]
    row = stops.row(0, named=True)
    assert (row["n_interviews"], row["position"], row["share_of_orders"]) == (1, None, None)


def test_no_codings_and_no_classes():
    nothing = pl.DataFrame(schema={"interview": pl.String, "class": pl.Int64})
    for table in measure(coded(), {"whole": nothing}, (["A"], "listed"), SETTINGS):
        assert table.is_empty()
