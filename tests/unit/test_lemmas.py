"""The rules that mend the model's reading, the lists behind them, and how they are measured."""

import gzip

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatim import gold, lemmas, lexique, wordlists
from verbatim.problems import StudyError

COLUMNS = ["interview", "turn", "token", "form", "lemma", "pos"]


@pytest.fixture(scope="session")
def lists():
    return wordlists.load()


def settled(lists, *words):
    """Return (lemma, pos) of each of one turn's (form, the model's lemma, its pos)."""
    rows = [("E01", 1, number, *word) for number, word in enumerate(words, 1)]
    found = lemmas.settle(pl.DataFrame(rows, schema=COLUMNS, orient="row"), lists)
    return list(zip(found["lemma"], found["pos"], strict=True))


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        (("euh", "euh", "ADJ"), ("euh", "INTJ")),
        (("Ouais", "ouai", "NOUN"), ("ouais", "INTJ")),
        (("chuis", "chuis", "DET"), ("être", "AUX")),
        (("p’tite", "p'tite", "VERB"), ("petit", "ADJ")),
        (("-moi", "moi", "NOUN"), ("moi", "PRON")),
        (("fais", "fai", "NOUN"), ("faire", "VERB")),
        (("maison", "maison", "PROPN"), ("maison", "NOUN")),
        (("Rose", "Rose", "PROPN"), ("rose", "PROPN")),
        (("cœurs", "coeur", "NOUN"), ("cœur", "NOUN")),
        (("coeurs", "coeur", "NOUN"), ("cœur", "NOUN")),
        (("cochais", "cochai", "VERB"), ("cocher", "VERB")),
        (("SMS", "sm", "NOUN"), ("sms", "NOUN")),
        (("14h30", "14h30", "NOUN"), ("14h30", "NUM")),
        (("[rire]", "[rire]", "X"), ("[rire]", "X")),
        (("BIP", "bip", "X"), ("bip", "X")),
        (("…", "…", "NOUN"), ("…", "PUNCT")),
        (("😀", "😀", "NOUN"), ("😀", "SYM")),
        (("l’", "le", "PRON"), ("le", "PRON")),
    ],
)
def test_one_word(lists, word, expected):
    assert settled(lists, word) == [expected]


@pytest.mark.parametrize(
    ("words", "place", "pos"),
    [
        ([("mais", "mais", "CCONJ"), ("bon", "bon", "ADJ"), (",", ",", "PUNCT")], 1, "INTJ"),
        ([("un", "un", "DET"), ("bon", "bon", "ADJ"), ("outil", "outil", "NOUN")], 1, "ADJ"),
        ([("après", "après", "ADP"), ("j'", "je", "PRON"), ("ai", "avoir", "AUX")], 0, "ADV"),
        ([("après", "après", "ADP"), ("le", "le", "DET"), ("repas", "repas", "NOUN")], 0, "ADP"),
        ([("mon", "mon", "DET"), ("permis", "permettre", "VERB")], 1, "NOUN"),
        ([("on", "on", "PRON"), ("a", "avoir", "AUX"), ("pris", "prise", "NOUN")], 2, "VERB"),
        ([("j'", "je", "PRON"), ("ai", "avoir", "AUX"), ("envie", "envie", "NOUN")], 2, "NOUN"),
        ([("c'", "ce", "PRON"), ("est", "être", "AUX"), ("gênant", "gêner", "VERB")], 2, "ADJ"),
    ],
)
def test_neighbours_decide(lists, words, place, pos):
    assert settled(lists, *words)[place][1] == pos


def test_neighbours_are_of_the_same_turn(lists):
    rows = [("E01", 1, 1, "mon", "mon", "DET"), ("E01", 2, 1, "permis", "permettre", "VERB")]
    found = lemmas.settle(pl.DataFrame(rows, schema=COLUMNS, orient="row"), lists)
    assert found["pos"].to_list() == ["DET", "VERB"]


@given(st.lists(st.tuples(st.text(min_size=1, max_size=6), st.sampled_from(wordlists.PARTS_OF_SPEECH)), min_size=1))
def test_every_word_gets_one_lemma(words):
    found = settled(wordlists.load(), *((form, form.lower(), pos) for form, pos in words))
    assert len(found) == len(words)
    assert all(lemma and pos for lemma, pos in found)


def test_statuses(lists):
    kinds = [("être", "AUX"), ("avoir", "VERB"), ("aller", "VERB"), ("écran", "NOUN"), ("pas", "ADV"), ("pas", "NOUN")]
    kinds += [("12", "NUM"), (",", "PUNCT"), ("[rire]", "X"), ("lyon", "PROPN"), ("lentement", "ADV")]
    found = lemmas.statuses(kinds, lists, ["NOUN", "VERB", "ADJ", "ADV", "AUX"])
    named = {"s": "supplementary", "a": "active", "i": "ignored"}
    assert found == [named[letter] for letter in "sssasasiisa"]


def test_a_study_overrides_row_by_row(tmp_path):
    own = tmp_path / "lemmas.csv"
    own.write_text(
        "\ufeffform;lemma;pos;if_pos;reason\nvisios;visioconférence;NOUN;;même objet\nouais;oui;;;même mot\n"
        "marche;marché;NOUN;NOUN;faute de frappe\n",
        encoding="utf-8",
    )
    status = tmp_path / "status.csv"
    status.write_text("lemma,pos,status,reason\naller,VERB,active,on étudie les trajets\n", encoding="utf-8")
    lists = wordlists.load(status=status, lemmas=own)
    assert settled(lists, ("Visios", "visio", "ADJ")) == [("visioconférence", "NOUN")]
    assert settled(lists, ("ouais", "ouai", "NOUN")) == [("oui", "INTJ")]
    assert settled(lists, ("marche", "marche", "NOUN"), ("marche", "marcher", "VERB")) == [
        ("marché", "NOUN"),
        ("marcher", "VERB"),
    ]
    assert lemmas.statuses([("aller", "VERB"), ("faire", "VERB")], lists, ["VERB"]) == ["active", "supplementary"]


def test_all_faults_of_the_lists_are_told_with_file_and_line(tmp_path):
    (tmp_path / "lemmas.csv").write_text(
        "form,lemma,pos,reason\nvisio,visio,NOM,abréviation\nordi,,NOUN,abréviation\nappli,application,NOUN,abréviation\n"
        "Appli,application,NOUN,encore\n",
        encoding="utf-8",
    )
    (tmp_path / "status.csv").write_text("lemma,pos,statut,reason\nfaire,VERB,active,x\n", encoding="utf-8")
    (tmp_path / "expressions.csv").write_text(
        "expression,lemma,pos,status,reason\nau top,au top,ADV,actif,familier\nen vrai,en vrai,ADV\n", encoding="utf-8"
    )
    with pytest.raises(StudyError) as fault:
        wordlists.load(tmp_path / "expressions.csv", tmp_path / "status.csv", tmp_path / "lemmas.csv")
    places = [problem.place for problem in fault.value.problems]
    assert sorted(places) == sorted(
        [
            *("expressions.csv, ligne 2", "expressions.csv, ligne 3"),
            *("status.csv, ligne 1", "status.csv, ligne 1"),
            *("lemmas.csv, ligne 2", "lemmas.csv, ligne 3", "lemmas.csv, ligne 5"),
        ]
    )
    told = str(fault.value)
    assert "« NOM »" in told
    assert "vouliez-vous « active »" in told
    assert "déjà à la ligne 4" in told


def test_a_list_that_is_not_utf8(tmp_path):
    path = tmp_path / "status.csv"
    path.write_bytes("lemma,pos,status,reason\nêtre,AUX,ignored,x\n".encode("cp1252"))
    with pytest.raises(StudyError, match="UTF-8"):
        wordlists.load(status=path)


def test_shipped_lists_are_sound():
    shipped = {
        name: (wordlists.FRENCH / f"{name}.csv").read_text(encoding="utf-8") for name in ("exceptions", "status")
    }
    for text in shipped.values():
        rows = [line.split(",") for line in text.splitlines()[1:]]
        assert all(row[-1] for row in rows)
    lists = wordlists.load()
    assert lists.status["être", ""] == lists.status["avoir", ""] == "supplementary"
    assert (wordlists.FRENCH / "lexique383.tsv.gz").stat().st_size < 1_200_000


SOURCE = (
    "1_ortho\t3_lemme\t4_cgram\t9_freqfilms2\t10_freqlivres\n"
    "été\tété\tNOM\t2,5\t9\nété\têtre\tAUX\t100,25\t3\nFAUX\tFAUX\tADJ\t1\t1\ncœurs\tcœur\tNOM\t\t1\n"
    "ces\tce\tADJ:dem\t4\t4\nil\til\tPRO:per\t5\t5\nx\tx\t\t1\t1\n"
).replace("œ", "oe")


def test_the_dictionary_is_built_from_its_source():
    table = lexique.build_table(SOURCE.encode("latin-1"))
    assert table.rows() == [
        ("ces", "DET", "ce", 4.0),
        ("coeurs", "NOUN", "coeur", 0.0),
        ("faux", "ADJ", "faux", 1.0),
        ("il", "PRON", "il", 5.0),
        ("été", "AUX", "être", 100.25),
        ("été", "NOUN", "été", 2.5),
    ]
    packed = lexique.compress(table)
    assert packed == lexique.compress(table)
    assert gzip.decompress(packed).startswith(b"form\t")
    assert lexique.read(packed).equals(table)
    readings = lexique.Lexique.of(table, ["été"])
    assert readings.readings == {"été": ("AUX", "NOUN")}
    assert readings.lemmas["été", "NOUN"] == "été"
    with pytest.raises(ValueError, match="9_freqfilms2"):
        lexique.build_table(SOURCE.replace("9_freqfilms2", "freq").encode("latin-1"))


CONLLU = """# sent_id = Conte_1
1\tEuh\teuh\tINTJ\t_\t_\t0\troot\t_\tSpaceAfter=No
2\t,\t,\tPUNCT\t_\t_\t1\tpunct\t_\t_
3-4\tdu\t_\t_\t_\t_\t_\t_\t_\t_
3\tde\tde\tADP\t_\t_\t1\tcase\t_\t_
4\tle\tle\tDET\t_\t_\t1\tdet\t_\t_
5\tpain\tpain\tNOUN\t_\t_\t1\tdep\t_\tSpaceAfter=No
6\t.\t.\tPUNCT\t_\t_\t1\tpunct\t_\t_

# sent_id = Conte_2
1\tmange\tmanger\tVERB\t_\t_\t0\troot\t_\t_
1.1\tvide\tvide\tX\t_\t_\t_\t_\t_\t_

# sent_id = Fable_1
1\tparce\tparce\tADV\t_\t_\t0\troot\t_\t_
2\tsuis\têtre\tVERB\t_\t_\t0\troot\t_\t_
3\trouge\trouge\tADJ\t_\t_\t0\troot\t_\t_
"""


def test_texts_annotated_by_hand_are_read():
    sentences = gold.read(CONLLU)
    assert [unit.text for unit in sentences] == ["Euh, du pain.", "mange", "parce suis rouge"]
    assert [(word.form, word.pos) for word in sentences[0].words][2] == ("du", "ADP")
    joined = gold.without_punctuation(sentences)
    assert [(unit.recording, unit.text) for unit in joined] == [
        ("Conte", "Euh du pain mange"),
        ("Fable", "parce suis rouge"),
    ]


def test_only_active_lemmas_count():
    sentences = gold.read(CONLLU)
    true = gold.truth(sentences)
    # Active by hand: pain, manger, rouge; found: pain, and manger under another lemma, and euh too much.
    found = true.with_columns(
        lemma=pl.when(pl.col("form") == "mange").then(pl.lit("mangier")).otherwise("lemma"),
        pos=pl.when(pl.col("form") == "Euh")
        .then(pl.lit("ADV"))
        .when(pl.col("form") == "rouge")
        .then(pl.lit("X"))
        .otherwise("pos"),
    )
    f1, pos, lemma = gold.compare_words(true, found)
    assert f1.value == pytest.approx(100 * 2 * 1 / (3 + 3))
    assert pos.value == pytest.approx(100 * 5 / 7)
    assert lemma.value == pytest.approx(100 * 3 / 4)
    assert f1.low <= f1.value <= f1.high
    assert gold.compare_texts(true, found)[0].value == pytest.approx(f1.value)
    assert gold.compare_words(true, true)[0].low == pytest.approx(100)
