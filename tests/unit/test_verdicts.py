"""Verdicts: read with all their faults, compared with what stands now, accepted letter for letter."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatim import tables, verdicts, verdicts_acceptance
from verbatim.problems import StudyError

HEAD = "hypothesis;date;verdict;text;author;seen\n"
DECLARED = [{"id": "h1", "title": "=Un titre"}, {"id": "h2", "title": "Deux"}]


def weighed(*rows):
    return pl.DataFrame(rows, schema=["hypothesis", "stance", "coding", "passage"], orient="row")


def read(text):
    return verdicts.read(text.encode(), ["h1", "h2"])


@pytest.mark.parametrize(
    "word, code",
    [
        *[("confirmée", "supported"), ("Infirmée", "contradicted"), ("nuancée", "nuanced"), ("ouverte", "open")],
        *[("supported", "supported"), ("contradicted", "contradicted"), ("nuanced", "nuanced"), ("open", "open")],
    ],
)
def test_french_and_english_verdicts_are_read(word, code):
    assert read(HEAD + f"h1;2022-06-30;{word};parce que;;\n")[0].verdict == code


def test_all_faults_are_told_with_their_line():
    lines = (
        "h11;2022-06-30;confirmée;r;;",
        "h1;2022-02-30;confirmee;;;vu:xyz",
        "h2;;peut-être;r;;",
        "h2;2022-01-01;;r;;",
    )
    with pytest.raises(StudyError) as raised:
        read(HEAD + "\n".join(lines) + "\n")
    told = str(raised.value)
    assert "8 problèmes" in told
    assert "ligne 2 : hypothèse inconnue « h11 »" in told and "vouliez-vous « h1 »" in told
    assert "ligne 3 : « 2022-02-30 » n'est pas une date" in told
    assert "ligne 3 : verdict inconnu « confirmee »" in told and "vouliez-vous « confirmée »" in told
    assert "ligne 3 : un verdict sans raison" in told and "ligne 3 : la case « seen »" in told
    assert "ligne 4 : la case « date » est vide" in told and "ligne 5 : la case « verdict » est vide" in told


def test_two_verdicts_of_a_day_on_a_hypothesis_are_a_fault():
    with pytest.raises(StudyError, match="ligne 3 : deux verdicts du 2022-06-30"):
        read(HEAD + "h1;2022-06-30;open;a;;\nh1;30/06/2022;open;b;;\n")
    assert len(read(HEAD + "h1;2022-06-30;open;a;;\nh2;30/06/2022;open;b;;\nh1;2022-07-01;open;b;;\n")) == 3


@given(st.dates())
def test_dates_are_read_as_people_and_spreadsheets_write_them(day):
    assert verdicts.iso_date(day.isoformat()) == day.isoformat()
    assert verdicts.iso_date(f"{day.day}/{day.month:02}/{day.year:04}") == day.isoformat()


@given(st.text(max_size=12))
def test_any_text_is_a_date_or_none(text):
    found = verdicts.iso_date(text)
    assert found is None or len(found) == 10


def test_what_changed_since_a_verdict_is_counted_in_passages():
    then = "vu:" + " ".join(verdicts.digest("for", coding) for coding in ("a", "b", "gone"))
    rows = read(HEAD + f"h1;2022-06-30;open;r;;{then}\nh2;2022-06-30;open;r;;\nh1;2022-07-01;open;r;;vu:\n")
    now = weighed(("h1", "for", "a", 1), ("h1", "for", "new", 1), ("h1", "against", "b", 1), ("h1", "for", "c", 2))
    table = tables.check("themes/verdicts", verdicts.table(rows, now, str.upper))
    found = {(h, d): (s, g) for h, d, s, g in table.select("hypothesis", "date", "n_since", "n_gone").iter_rows()}
    # a: the same passage, now coded twice; b: of another stance, so new and gone; c: new.
    assert found == {("h1", "2022-06-30"): (2, 2), ("h1", "2022-07-01"): (3, 0), ("h2", "2022-06-30"): (None, None)}
    assert set(table["text"]) == {"R"}


@pytest.fixture
def study(tmp_path):
    (tmp_path / "resources").mkdir()
    (tmp_path / "results/proposals").mkdir(parents=True)
    text = "hypotheses: [{id: h1, title: Un}, {id: h2, title: Deux}]\n"
    (tmp_path / "resources/hypotheses.yaml").write_text(text, encoding="utf-8")
    proposal = verdicts.to_csv(DECLARED, weighed(("h1", "for", "a", 1)), tables.empty("themes/verdicts"))
    (tmp_path / verdicts.PROPOSAL).write_text(proposal, encoding="utf-8")
    return tmp_path


def fill(study, **verdict):
    """Complete the row of a hypothesis in the proposal, as a spreadsheet would."""
    path = study / verdicts.PROPOSAL
    text = path.read_text(encoding="utf-8-sig")
    for name, cells in verdict.items():
        row = next(line for line in text.splitlines() if line.startswith(name))
        parts = row.split(";")
        text = text.replace(row, ";".join([*parts[:6], *cells, parts[10]]))
    path.write_text(text, encoding="utf-8")


def test_a_proposal_filled_is_taken_up_with_what_it_saw(study):
    assert "'=Un titre;1;0;0;" in (study / verdicts.PROPOSAL).read_text(encoding="utf-8")
    fill(study, h1=("30/06/2022", "nuancée", '"d\'abord ; puis"', "moi"))
    told = verdicts_acceptance.accept(study)
    assert "1 verdict rangé" in told and "1 hypothèse sans verdict" in told
    one = verdicts.read((study / verdicts.PLACE).read_bytes(), ["h1"])[0]
    assert (one.date, one.verdict, one.text, one.author) == ("2022-06-30", "nuanced", "d'abord ; puis", "moi")
    assert one.seen == {verdicts.digest("for", "a")}
    assert "1 déjà rangé" in verdicts_acceptance.accept(study)


def test_what_stands_in_the_file_stays_letter_for_letter(study):
    standing = 'verdict,hypothesis,date,text\r\n"ouverte", h2 ,2021-01-01,"« = »\r\nà suivre"\r\n'
    (study / verdicts.PLACE).write_bytes(standing.encode())
    fill(study, h1=("2022-06-30", "confirmée", "oui", ""))
    verdicts_acceptance.accept(study)
    after = (study / verdicts.PLACE).read_bytes().decode()
    head, rest = standing.split("\r\n", 1)
    assert after.startswith(f"{head},seen\r\n{rest[:-2]},\r\n")
    assert after.count("\r\n") == after.count("\n")
    assert [one.verdict for one in verdicts.read(after.encode(), ["h1", "h2"])] == ["open", "supported"]


def test_one_fault_stops_all(study):
    fill(study, h1=("2022-06-30", "confirmée", "oui", ""), h2=("hier", "confirmée", "oui", ""))
    with pytest.raises(StudyError, match="« hier » n'est pas une date"):
        verdicts_acceptance.accept(study)
    assert not (study / verdicts.PLACE).exists()


def test_another_verdict_of_the_same_day_is_refused(study):
    (study / verdicts.PLACE).write_text(HEAD + "h1;2022-06-30;ouverte;non;;\n", encoding="utf-8")
    fill(study, h1=("2022-06-30", "confirmée", "oui", ""))
    with pytest.raises(StudyError, match="deux verdicts du 2022-06-30"):
        verdicts_acceptance.accept(study)


def test_nothing_filled_changes_nothing_and_a_missing_file_is_told(study):
    assert "Rien n'a changé" in verdicts_acceptance.accept(study)
    assert not (study / verdicts.PLACE).exists()
    with pytest.raises(StudyError, match="n'existe pas"):
        verdicts_acceptance.accept(study, "ailleurs.csv")
