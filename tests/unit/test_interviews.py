"""The table of interviews: read with the real world's faults, joined, every mismatch told at once."""

import datetime
import io
import json
from pathlib import Path

import odfdo
import openpyxl
import pytest

from verbatim import interviews, tables
from verbatim.interviews.attribute_table import identifier, is_identifier, read_table
from verbatim.problems import StudyError
from verbatim.transcripts import read_source

LABELS = ["ENQ", "CHERCHEUR"]
TALK = "ENQ : Et alors ?\nA01 : Oui.\nENQ : Bien.\nA01 : Voilà, dis.\n"
GROUP = "ENQ : Alors ?\nLéa : Oui.\nPaul : Non.\nLéa : Si.\nPaul : Bon.\n"
STARRED = "**** *ind_01 *sexe_f\nUn texte.\n**** *ind_02 *sexe_h\nUn autre.\n"
ARTISANS = Path(__file__).parents[3] / "shared/corpora/artisans"


def gather(table, **files):
    """Gather files given as name_ending=text with the table given as text."""
    sources = []
    for name, text in files.items():
        stem, ending = name.rsplit("_", 1)
        sources.append(read_source(f"{stem}.{ending}", text.encode(), LABELS))
    turns = [source.turns_table() for source in sources]
    accounts = [source.account_table() for source in sources]
    data = table if isinstance(table, bytes) else table.encode()
    found = interviews.gather(turns, accounts, read_table(data), LABELS)
    for name, frame in zip(found._fields, found, strict=True):
        tables.check(f"private/{name}", frame)
    return found


def faults(table, **files):
    with pytest.raises(StudyError) as told:
        gather(table, **files)
    return {problem.place: problem.what for problem in told.value.problems}


def people(found):
    return found.speakers.select("interview", "speaker", "role").sort("interview", "speaker").rows()


def test_the_one_participant_needs_no_label():
    found = gather("interview,file,panel,age\nE1,e.txt,a,52\n", e_txt=TALK)
    assert people(found) == [("E1", "E1", "participant"), ("E1", "ENQ", "interviewer")]
    assert found.turns.select("turn", "speaker", "text").rows()[1] == (2, "E1", "Oui.")
    assert found.speakers.sort("speaker").select("panel", "age").rows() == [("a", "52"), (None, None)]


def test_words_of_the_interviewer_move_to_their_column():
    found = gather("interview,file\nE1,e.txt\n", e_txt=TALK)
    row = found.files.row(0, named=True)
    assert row["n_interviewer"] == len("Et alors ?") + len("Bien.")
    assert row["n_kept"] == len("Oui.") + len("Voilà, dis.")


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_tables_as_spreadsheets_write_them(codec, delimiter):
    lines = [
        ["interview", "file", "Étape choisie", "Étape choisie", "Année"],
        ["", "", "", "", ""],
        ["E1", "e.txt", '"le fer\nà souder"', " forgé ", ""],
    ]
    table = "\r\n".join(delimiter.join(line) for line in lines)
    read = read_table(table.encode(codec))
    assert read.attributes == ("etape_choisie", "etape_choisie_2", "annee")
    assert [row.attributes for row in read.rows] == [
        {"etape_choisie": "le fer à souder", "etape_choisie_2": "forgé", "annee": None}
    ]
    assert read.rows[0].line == 3
    assert any("« Année » → annee" in note for note in read.notes)


def test_a_focus_group_has_a_row_a_speaker_and_labels_as_codes():
    table = "interview,file,speaker,role,age\nG1,g.txt,léa,,20\nG1,,PAUL,participant,30\n"
    found = gather(table, g_txt=GROUP)
    assert people(found) == [("G1", "ENQ", "interviewer"), ("G1", "PAUL", "participant"), ("G1", "léa", "participant")]
    assert dict(found.speakers.select("speaker", "age").rows()) == {"ENQ": None, "PAUL": "30", "léa": "20"}


def test_a_row_may_declare_an_interviewer():
    found = gather("interview,file,speaker,role\nG1,g.txt,Paul,interviewer\nG1,g.txt,,\n", g_txt=GROUP)
    assert people(found) == [("G1", "ENQ", "interviewer"), ("G1", "G1", "participant")]
    assert found.turns.filter(role="participant")["text"].to_list() == ["Oui.", "Si."]


def test_parts_follow_one_another_whatever_the_order_of_rows():
    table = "interview,file,part\nE1,b.txt,10\nE1,a.txt,9\n"
    found = gather(table, a_txt=TALK, b_txt=TALK.replace("Oui", "Non"))
    assert found.turns["turn"].to_list() == list(range(1, 9))
    assert found.turns["text"].to_list()[1::4] == ["Oui.", "Non."]


@pytest.mark.parametrize("cell", ["Été 1.txt", "ete_1.TXT", "Été 1", "E\u0301te\u0301 1.txt"])
def test_file_names_are_matched_and_guesses_noted(cell):
    source = read_source("Été 1.txt", TALK.encode(), LABELS)
    table = read_table(f"interview,file\nE1,{cell}\n".encode())
    found = interviews.gather([source.turns_table()], [source.account_table()], table, LABELS)
    notes = json.loads(found.files["notes"][0])
    guessed = cell not in {"Été 1.txt", "E\u0301te\u0301 1.txt"}
    assert any("rapproché" in note for note in notes) == guessed


def test_starred_texts_are_matched_by_modality():
    found = gather("interview,file,age\n02,c.txt,30\n01,c.txt,40\n", c_txt=STARRED)
    assert found.speakers.sort("interview").select("interview", "age", "sexe").rows() == [
        ("01", "40", "f"),
        ("02", "30", "h"),
    ]
    assert "ind" not in found.speakers.columns
    assert dict(found.turns.select("interview", "text").rows()) == {"01": "Un texte.", "02": "Un autre."}


def test_one_row_without_identifier_makes_every_starred_text_an_interview():
    found = gather("interview,file,panel,sexe\n,Mon corpus.txt,p,\n", **{"Mon corpus_txt": STARRED})
    assert people(found) == [(name, name, "participant") for name in ("Mon_corpus_0001", "Mon_corpus_0002")]
    assert found.speakers.sort("interview")["sexe"].to_list() == ["f", "h"]
    assert found.speakers["panel"].unique().to_list() == ["p"]


def test_all_mismatches_are_told_at_once():
    table = (
        "interview,file,speaker,role\n"
        "E1,a.txt,,\n"
        "E1,a.txt,,\n"
        "é 2,b.txt,,\n"
        "E3,nowhere.txt,,\n"
        "E4,g.txt,Lea,partisipant\n"
        "E5,c.txt,Zoé,\n"
    )
    found = faults(table, a_txt=TALK, b_txt=TALK, c_txt=TALK, d_txt=TALK, g_txt=GROUP)
    assert "même locuteur que la ligne 2" in found["interviews.csv, ligne 3"]
    assert "« é 2 »" in found["interviews.csv, ligne 4, colonne interview"]
    assert "nowhere.txt" in found["interviews.csv, ligne 5, colonne file"]
    assert "partisipant" in found["interviews.csv, ligne 6, colonne role"]
    assert "Paul" in found["interviews.csv, ligne 6"]
    assert "Zoé" in found["interviews.csv, ligne 7, colonne speaker"]
    assert "aucune ligne" in found["d.txt"]


def test_a_file_without_row_gets_one_proposed():
    with pytest.raises(StudyError) as told:
        gather("file;age;interview\na.txt;3;E1\n", a_txt=TALK, **{"Le b_txt": TALK})
    assert "Le b.txt;;Le_b" in told.value.problems[0].mend


@pytest.mark.parametrize(
    ("table", "files", "place"),
    [
        ("interview,file\n01,c.txt\n", {"c_txt": STARRED}, "c.txt"),
        (
            "interview,file\n01,c.txt\n02,c.txt\n03,c.txt\n",
            {"c_txt": STARRED},
            "interviews.csv, ligne 4, colonne interview",
        ),
        ("interview,file\n,a.txt\n", {"a_txt": TALK}, "interviews.csv, ligne 2, colonne interview"),
        ("interview,file\nE1,a.txt\nE2,a.txt\n", {"a_txt": TALK}, "interviews.csv, ligne 2, colonne interview"),
        ("interview,file,file\nE1,a.txt,b\n", {"a_txt": TALK}, "interviews.csv, ligne 1"),
        ("interview,file,text\nE1,a.txt,b\n", {"a_txt": TALK}, "interviews.csv, ligne 1"),
        ("interview,file\nE1,a.txt,b\n", {"a_txt": TALK}, "interviews.csv, ligne 2"),
        (
            "interview,file,speaker\nE1,a.txt,\nE1,a.txt,A01\n",
            {"a_txt": TALK},
            "interviews.csv, ligne 2, colonne speaker",
        ),
        ("interview,file\nE1,a.txt\nE2,\n", {"a_txt": TALK}, "interviews.csv, ligne 3, colonne file"),
        ("interview,file,role\nE1,a.txt,interviewer\n", {"a_txt": TALK}, "interviews.csv, ligne 2, colonne speaker"),
        ("interview,file\nE1,a.txt\n", {"a_txt": "ENQ : Alors ?\nENQ : Bon.\n"}, "interviews.csv, ligne 2"),
        (
            "interview,file,part,age\nE1,a.txt,1,3\nE1,b.txt,2,4\n",
            {"a_txt": TALK, "b_txt": TALK},
            "interviews.csv, ligne 3, colonne age",
        ),
        ("entretien,file\nE1,a.txt\n", {"a_txt": TALK}, "interviews.csv, ligne 1"),
        ("", {"a_txt": TALK}, "interviews.csv"),
    ],
)
def test_each_mismatch_has_its_place(table, files, place):
    assert place in faults(table, **files)


def test_two_files_of_one_name_are_told():
    source = read_source("a.txt", TALK.encode(), LABELS)
    table = read_table(b"interview,file\nE1,a.txt\n")
    with pytest.raises(StudyError) as told:
        interviews.gather([source.turns_table()] * 2, [source.account_table()] * 2, table, LABELS)
    assert told.value.problems[0].place == "a.txt"


def test_no_interviewer_is_noted():
    found = gather("interview,file\nE1,a.txt\n", a_txt="Je raconte ma vie.")
    assert people(found) == [("E1", "E1", "participant")]
    assert "aucun enquêteur" in found.files["notes"][0]


def test_the_order_of_files_changes_nothing():
    table = "interview,file\nE2,b.txt\nE1,a.txt\n"
    one = gather(table, a_txt=TALK, b_txt=GROUP.replace("Paul", "Léa"))
    other = gather(table, b_txt=GROUP.replace("Paul", "Léa"), a_txt=TALK)
    assert all(left.equals(right) for left, right in zip(one, other, strict=True))


def test_identifiers():
    assert identifier("Entretien n° 3 (été).docx") == "Entretien_n_3_ete_docx"
    assert all(is_identifier(identifier(name)) for name in ("é", "", "x" * 99, "À la ferme"))
    assert not is_identifier("ENQ")


@pytest.mark.skipif(not ARTISANS.is_dir(), reason="../shared/corpora/artisans absent")
def test_real_interviews_join_completely():
    files = sorted(ARTISANS.glob("*.docx"))
    sources = [read_source(path.name, path.read_bytes(), LABELS) for path in files]
    rows = [f"A{n:02d},{path.name}" for n, path in enumerate(files, 1)]
    table = read_table("\n".join(["interview,file", *rows]).encode())
    found = interviews.gather([s.turns_table() for s in sources], [s.account_table() for s in sources], table, LABELS)
    assert found.speakers.group_by("role").len().sort("role").rows() == [("interviewer", 18), ("participant", 18)]
    assert found.turns.height == sum(len(source.turns) for source in sources)


def workbook(rows, ending):
    stream = io.BytesIO()
    if ending == "xlsx":
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(stream)
    else:
        document, table = odfdo.Document("spreadsheet"), odfdo.Table("a")
        table.set_values(rows)
        document.body.clear()
        document.body.append(table)
        document.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_attributes_of_a_workbook_are_those_of_its_csv(ending):
    rows = [["interview", "file", "âge", "Reçu le"], ["E1", "e.txt", 52, datetime.date(2021, 3, 4)], [None] * 4]
    read = read_table(workbook(rows, ending), f"interviews.{ending}")
    same = read_table("interview,file,âge,Reçu le\nE1,e.txt,52,2021-03-04\n".encode())
    assert read.rows == same.rows and read.attributes == same.attributes


def test_each_row_of_a_table_of_answers_is_an_interview():
    answers = "id;sexe;Que pensez-vous de tout cela ?\nr1;f;Pas grand chose à vrai dire\nr2;h;Du bien, et même plus\n"
    found = gather("interview,file\nr2,q.csv\nr1,q.csv\n", q_csv=answers)
    assert found.speakers.filter(role="participant").sort("interview")["sexe"].to_list() == ["f", "h"]
    said = found.turns.filter(role="participant").sort("interview")["text"].to_list()
    assert said == ["Pas grand chose à vrai dire", "Du bien, et même plus"]
    alone = gather("interview,file\n,q.csv\n", q_csv=answers)
    assert alone.turns["interview"].unique().sort().to_list() == ["q_0001", "q_0002"]
