import polars as pl

from verbatim.tables import TABLES
from verbatim.twins import to_csv

TABLE = TABLES["corpus/turns"]


def test_french_twins_have_semicolons_decimal_commas_and_a_bom():
    text = to_csv(pl.DataFrame({"a": [1.5], "b": ["x;y"]}), TABLE, "fr")
    assert text == '\ufeffa;b\n1,5;"x;y"\n'


def test_text_that_a_spreadsheet_would_compute_is_neutralised_and_numbers_are_not():
    frame = pl.DataFrame({"t": ["=1+1", "+33", "-là", "@x", "a=b"], "n": [-1, -2, -3, -4, -5]})
    lines = to_csv(frame, TABLE, "fr").splitlines()[1:]
    assert lines == ["'=1+1;-1", "'+33;-2", "'-là;-3", "'@x;-4", "a=b;-5"]
