import csv
import io
import random

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from class_names_study import ANALYSIS, accept, classes, corpus, follow, interview, topics
from verbatim.class_names import accepted, merging, proposal, reading
from verbatim.class_names.reading import Row
from verbatim.problems import StudyError

NAMED = [Row(ANALYSIS, 1, "Le métier"), Row(ANALYSIS, 2, "L'équipe"), Row(ANALYSIS, 3, "Les autres")]
BASE = (interview("A01"), interview("A02"))


def run_of(*interviews):
    segments = corpus(*interviews)
    return segments, classes(segments, topics(*interviews))


def faults(text, **known):
    with pytest.raises(StudyError) as caught:
        reading.read(text if isinstance(text, bytes) else text.encode(), **known)
    return [(problem.place.rpartition(", ")[2], problem.what, problem.mend) for problem in caught.value.problems]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_names_are_read_however_a_spreadsheet_writes_them(mark, separator):
    lines = [["Analysis", "class", "name", "merge_with", "note"], ["tous", "2", "L’équipe ", "", ""], []]
    lines += [["tous", "", "Gardé", "", "à revoir"], ["autre", "1", "", "2"]]
    text = mark + "\r\n".join(separator.join(line) for line in lines)
    rows = [(row.analysis, row.number, row.name, row.merge_with, row.note) for row in reading.read(text.encode())]
    assert rows == [
        ("tous", 2, "L’équipe", None, ""),
        ("tous", None, "Gardé", None, "à revoir"),
        ("autre", 1, "", 2, ""),
    ]


def test_all_faults_of_the_file_are_told_at_once_with_line_and_mend():
    text = (
        "analysis,class,name,merge_with\nensembl,1,Un,\ntous,x,Deux,\ntous,1,Trois,\ntous,1,Quatre,\n"
        "tous,2,,\ntous,3,Six,3\ntous,7,Sept,8\ntous,,,2\n,4,Neuf,\ntous,4,,5\ntous,5,,4\ntous,6,Onze,,,trop\n"
    )
    told = faults(text, analyses=["tous", "ensemble"], accepted={"tous": ("r1", [1, 2, 3, 4, 5, 6])})
    assert {(place, what) for place, what, _ in told} == {
        ("ligne 2", "analyse inconnue « ensembl »"),
        ("ligne 3", "colonne class : « x » n'est pas un numéro de classe"),
        ("ligne 5", "la classe 1 est déjà à la ligne 4"),
        ("ligne 6", "ni nom ni fusion"),
        ("ligne 7", "la classe 3 est fusionnée avec elle-même"),
        ("ligne 8", "la dernière acceptation n'a pas de classe 7 dans l'analyse « tous »"),
        ("ligne 8", "la dernière acceptation n'a pas de classe 8 dans l'analyse « tous »"),
        ("ligne 9", "une fusion sans classe à fusionner"),
        ("ligne 10", "la colonne « analysis » est vide"),
        ("ligne 11", "des fusions en rond : 4 → 5 → 4"),
        ("ligne 13", "6 cellules pour 4 colonnes"),
    }
    assert all(mend for *_, mend in told)
    assert "vouliez-vous « ensemble » ?" in {mend for *_, mend in told}


def test_a_bad_head_and_a_bad_encoding_are_told():
    assert [what for _, what, _ in faults("analysis,classe,name\n")] == [
        "il manque la colonne « class »",
        "colonne inconnue « classe »",
    ]
    assert faults("analysis,class,name\ntous,1,Été\n".encode("cp1252"))[0][1] == "ce n'est pas de l'UTF-8"


rows_of_names = st.builds(
    Row,
    st.sampled_from(["tous", "ensemble"]),
    st.integers(1, 10**5),
    st.text("ab é;,\"'=+-@\n\t«", min_size=1).map(lambda t: " ".join(t.split())).filter(lambda t: t.strip("'")),
    note=st.text("ab é;,\"'=+-@").map(lambda t: " ".join(t.split())),
    run=st.sampled_from(["", "r0123456789ab"]),
)


@given(
    st.lists(rows_of_names, unique_by=lambda row: (row.analysis, row.number)),
    st.sampled_from([None, b"a,b\n", b"\xef\xbb\xbfa;b\n"]),
)
def test_what_is_written_is_read_again(rows, like):
    rows = [row for row in rows if not row.name.startswith("'") and not row.note.startswith("'")]
    text = reading.to_csv(rows, like)
    read = [
        Row(row.analysis, row.number, row.name, row.merge_with, row.note, row.run)
        for row in reading.read(text.encode())
    ]
    assert read == rows
    assert text.startswith("\ufeff") == (like is None or like.startswith(b"\xef\xbb\xbf"))
    cells = [cell for line in csv.reader(io.StringIO(text), delimiter=";") for cell in line] if like is None else []
    assert not [cell for cell in cells if cell[:1] in {"=", "+", "-", "@"}]


@given(
    st.one_of(
        st.binary(max_size=80), st.text(max_size=80).map(lambda t: ("analysis,class,name,merge_with\n" + t).encode())
    )
)
def test_whatever_the_file_it_is_read_or_refused_in_french(data):
    reading.declared_merges(data, "tous")
    proposal.read(data, "x.csv", [])
    try:
        reading.read(data)
    except StudyError as error:
        assert all(problem.what for problem in error.problems)


def test_merges_are_told_apart_from_names():
    text = "analysis;class;name;merge_with;note;run\ntous;1;A;;;\ntous;5;B;2;;r1\nautre;1;;2;;\ntous;4;C;x;;\n"
    assert reading.declared_merges(text.encode(), "tous") == [(5, 2, "r1")]
    assert reading.declared_merges(text.replace("B", "Autre nom").encode(), "tous") == [(5, 2, "r1")]
    assert reading.declared_merges(b"\xff\xfe", "tous") == []


def test_the_proposal_has_a_line_for_each_class_with_what_followed_it():
    segments, then = run_of(*BASE)
    run = accept(segments, then)
    labels = topics(*BASE)
    first = [i for i, label in enumerate(labels) if label == 1]
    now = classes(segments, [4 if i in first[::2] else label for i, label in enumerate(labels)])
    merged, _ = merging.merge(now, pl.DataFrame({"class": [1]}), [(3, 2)])
    rows = [NAMED[0], Row(ANALYSIS, 2, "=L'équipe", note="vu avec B."), Row(ANALYSIS, 3, "", 2)]
    text = follow(rows, run, segments, merged).proposal
    lines = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    shown_cells = [[line[c] for c in ("class", "in_report", "name", "merge_with", "note")] for line in lines]
    assert shown_cells == [
        ["1", "1", "", "", ""],
        ["2", "2", "'=L'équipe", "", "vu avec B."],
        ["3", "2", "", "2", ""],
        ["4", "3", "", "", ""],
    ]
    others = [[line[c] for c in ("proposed_name", "status", "jaccard")] for line in lines]
    assert others == [
        ["Le métier", "douteuse", "0,50"],
        ["'=L'équipe", "suivie", "1,00"],
        ["", "suivie", "1,00"],
        ["", "nouvelle", ""],
    ]
    assert {line["run"].partition("-")[0] for line in lines} == {accepted.run_name(merged)}
    ((token, read),) = proposal.read(text.encode(), "x", []).values()
    assert proposal.cells_digest(read) == token.cells
    assert proposal.names_digest(rows) == token.names


def test_the_order_of_tables_changes_no_byte():
    segments, then = run_of(*BASE)
    run = accept(segments, then)
    order = random.Random(3).sample(range(48), 48)
    one, other = follow(NAMED, run, segments, then), follow(NAMED, run, segments[order], then[order])
    assert one.proposal == other.proposal
    assert one.names.equals(other.names) and one.moves.equals(other.moves)
