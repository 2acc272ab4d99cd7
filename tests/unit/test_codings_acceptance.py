import csv
import io

import polars as pl
import pytest

from verbatim import anchoring, codings, codings_acceptance, codings_proposal, tables
from verbatim.problems import StudyError

PLACE, OTHER = "resources/codings/claire/c.csv", "resources/codings/luc/d.csv"
TURNS = (
    "Le matin on prend un café, assis près de la fenêtre",
    "et puis on parle du travail, longtemps, sans bruit",
    "Personne n'a rien dit de plus, ni moi ni eux.",
)
TABLE = (
    "\ufeffInterview;quote;Theme;memo\r\n"
    "A;on prend un café près de la fenêtre;lien;'=à revoir\r\n"
    'A;"on parle du travail, longtemps";lien;"deux ; signes"\r\n'
    "\r\n"
    "A;fenêtre et puis on parle;lien;\r\n"
    "A;cela ne fut jamais dit par personne;lien\r\n"
)


@pytest.fixture
def study(tmp_path):
    for place, text in ((PLACE, TABLE), (OTHER, "interview,quote,theme\nA,ni moi ni eux,lien\n")):
        (tmp_path / place).parent.mkdir(parents=True)
        (tmp_path / place).write_bytes(text.encode())
    columns = {
        "interview": "A",
        "speaker": "A",
        "role": "participant",
        "question": None,
        "start_s": None,
        "end_s": None,
    }
    rows = [{**columns, "turn": n, "text": text} for n, text in enumerate(TURNS, 1)]
    tables.write("corpus/turns", pl.DataFrame(rows), tmp_path / codings_acceptance.TURNS)
    return tmp_path


def found_now(study):
    rows = []
    for place in (PLACE, OTHER):
        read, problems = codings.read_table((study / place).read_bytes(), place, place.split("/")[2])
        assert not problems
        rows += read
    documents = anchoring.documents(tables.read("corpus/turns", study / codings_acceptance.TURNS))
    return anchoring.anchor(rows, documents, documents, lambda *place: place[2:]), documents


def propose(study, decide):
    """Write the proposal with the cells that `decide` gives for each line (line number, part), as a person would."""
    text = codings_proposal.to_csv(*found_now(study), str)
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    for row in rows:
        row.update(decide.get((row["file"], row["line"], row["part"]), {}))
    out = io.StringIO()
    writer = csv.DictWriter(out, codings_proposal.COLUMNS, delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    path = study / codings_acceptance.PROPOSAL
    path.parent.mkdir(exist_ok=True)
    path.write_text(out.getvalue(), encoding="utf-8")
    return rows


YES = {"decision": "oui"}
MENDED = {"decision": "Oui", "quote_now": "rien dit de plus", "turn_now": "3"}


def test_decided_rows_take_their_place_and_nothing_else_changes(study):
    rows = propose(study, {(PLACE, "2", "1"): YES, (PLACE, "6", "1"): MENDED, (PLACE, "3", "1"): {"decision": "non"}})
    assert len(rows) == 6
    before = {coding.line: coding for coding, _ in found_now(study)[0] if coding.file == PLACE}
    told = codings_acceptance.accept(study)
    assert "2 codages replacés" in told and "1 gardé tel quel" in told and "3 à décider encore" in told
    head, first, *others, last = (study / PLACE).read_bytes().decode().split("\r\n")[:-1]
    assert head == "\ufeffInterview;quote;Theme;memo;coding;turn;before;after;start"
    assert first.startswith("A;on prend un café, assis près de la fenêtre;lien;'=à revoir;claire-")
    assert first.endswith(";1;Le matin;et puis on parle du travail, longtemps, sans;9")
    assert others == [
        'A;"on parle du travail, longtemps";lien;"deux ; signes";;;;;',
        "",
        "A;fenêtre et puis on parle;lien;;;;;;",
    ]
    assert ";rien dit de plus;" in last.replace("A;", ";", 1)
    assert (study / OTHER).read_text() == "interview,quote,theme\nA,ni moi ni eux,lien\n"
    after = {coding.line: (coding, anchor) for coding, anchor in found_now(study)[0] if coding.file == PLACE}
    assert [after[line][1].status for line in (2, 6)] == ["intact", "intact"]
    assert [coding.coding for coding, _ in after.values()] == [coding.coding for coding in before.values()]


def test_both_parts_of_a_cut_coding_are_kept_in_rows_of_their_own(study):
    propose(study, {(PLACE, "5", "1"): YES, (PLACE, "5", "2"): YES})
    assert "1 partie ajoutée" in codings_acceptance.accept(study)
    quotes = [(c.quote, c.turn, anchor.status) for c, anchor in found_now(study)[0] if c.line in (5, 6)]
    assert quotes == [("et puis on parle", 2, "intact"), ("fenêtre", 1, "intact")]
    assert len({coding.coding for coding, _ in found_now(study)[0]}) == 6


def test_a_proposal_may_be_decided_in_several_goes(study):
    propose(study, {(PLACE, "5", "1"): YES, (PLACE, "5", "2"): YES})
    path = study / codings_acceptance.PROPOSAL
    codings_acceptance.accept(study)
    once = (study / PLACE).read_bytes()
    assert "2 déjà en place" in codings_acceptance.accept(study)
    assert (study / PLACE).read_bytes() == once
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(line.replace(";douteux;;", ";douteux;oui;") for line in lines), encoding="utf-8")
    assert "1 codage replacé" in codings_acceptance.accept(study)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"decision": "peut-être"}, "« decision » vaut « peut-être »"),
        ({"decision": "oui"}, "aucun passage n'est proposé"),
        ({"decision": "oui", "quote_now": "jamais dit ainsi", "turn_now": "3"}, "ces mots ne sont pas au tour 3"),
        ({**MENDED, "row": "000000000000"}, "a changé depuis la proposition"),
        ({**MENDED, "file": "config.yaml"}, "n'est pas un fichier de codages"),
    ],
)
def test_one_faulty_row_stops_all_and_is_said(study, cells, said):
    propose(study, {(PLACE, "2", "1"): YES, (PLACE, "6", "1"): cells})
    with pytest.raises(StudyError) as error:
        codings_acceptance.accept(study)
    assert said in str(error.value)
    assert (study / PLACE).read_bytes() == TABLE.encode()


def test_what_is_missing_is_said(study):
    with pytest.raises(StudyError, match="ce fichier n'existe pas"):
        codings_acceptance.accept(study)
    propose(study, {})
    assert "Aucun fichier de codages n'a changé" in codings_acceptance.accept(study)
    (study / codings_acceptance.TURNS).unlink()
    with pytest.raises(StudyError, match="make run"):
        codings_acceptance.accept(study)
