"""Bad input of the lexical tables: each gets its message, nothing is lost, nothing is a traceback."""

import json
import subprocess
import sys

import polars as pl
import pytest

from places import PROGRAM
from verbatim import tables

IMPORT = {"interviewer_labels": ["ENQ"], "noise": []}
PRIVACY = {"mode": "warn", "words": []}
WORDS = {"active_pos": ["NOUN", "VERB", "ADJ", "ADV"]}
SENTENCE = "Alors moi je travaillais à la ferme avec mon père, et puis la terre était bonne. "
ENGLISH = (
    "Well, I started working there about five years ago, straight after college. My mother used to say that I would "
    "never stay in an office, and she was right in a way. Then the lockdown came and everything went online, and I "
    "felt really tired, because you never see people for real. My boss did not mind."
)
EMOJI = "Super 😀😀 vraiment 👩‍👩‍👧‍👦 on était contents ❤️ 🇫🇷 et 👍🏽 !"
RIGHT_TO_LEFT = "Elle disait « السلام عليكم » avant de partir, et שלום aussi, tous les jours de sa vie."
SOURCES = {
    "bruit.txt": "ENQ : Alors ?\nA : [rire]\nA : (..)\n",
    "anglais.txt": f"ENQ : Comment avez-vous commencé ?\nA : {ENGLISH}\n",
    "arabe.txt": f"ENQ : Et votre mère ?\nA : {RIGHT_TO_LEFT}\n",
    "emoji.txt": f"ENQ : Ça va ?\nA : {EMOJI}\n",
    "long.txt": "ENQ : Racontez.\nA : " + SENTENCE * 3334 + "\n",
    "sans_enqueteur.txt": "Paul : Comment tu as commencé ?\nMarie : À la ferme.\nPaul : Et ?\nMarie : Voilà.\n",
    "un_seul.txt": "J'ai commencé il y a dix ans.\n\nJe travaillais à la ferme, avec mon père.\n",
    "vides.txt": "**** *ind_1\nUn texte sur la terre.\n**** *ind_2\n\n**** *ind_3\nUn autre, sur la ferme.\n",
}
ROWS = """interview,file,speaker
BRUIT,bruit.txt,
ANGLAIS,anglais.txt,
ARABE,arabe.txt,
EMOJI,emoji.txt,
LONG,long.txt,
SANS,sans_enqueteur.txt,Paul
SANS,sans_enqueteur.txt,Marie
SEUL,un_seul.txt,
,vides.txt,
"""


def run(folder, script, **options):
    """Run a script in `folder`: lists are several values, dicts settings, True a file of the option's name."""
    command = [sys.executable, PROGRAM / "scripts" / f"{script}.py", "--log", folder / f"{script}.log"]
    for name, value in options.items():
        value = name if value is True else json.dumps(value) if isinstance(value, dict) else value
        command += ["--" + name.replace("_", "-"), *(value if isinstance(value, list) else [value])]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)


def told(folder, script):
    return (folder / f"{script}.log").read_text(encoding="utf-8")


def done(folder, script, **options):
    """Run a script that must succeed, and return its log."""
    found = run(folder, script, **options)
    assert found.returncode == 0, found.stderr + told(folder, script)
    return told(folder, script)


def take(folder, name, text):
    (folder / name).write_text(text, encoding="utf-8")
    return run(folder, "import_source", file=name, settings=IMPORT, turns=f"{name}.turns", account=f"{name}.account")


class Chain:
    """A study of bad interviews taken from its transcripts to its counts; `said`: the log of each step."""

    def __init__(self, folder):
        self.folder, self.said = folder, {}
        for name, text in SOURCES.items():
            assert take(folder, name, text).returncode == 0
            self.said[name] = told(folder, "import_source")
        (folder / "interviews.csv").write_text(ROWS, encoding="utf-8")
        (folder / "study.key").write_text("0123456789abcdef" * 4, encoding="utf-8")
        sources, accounts = ([f"{name}.{part}" for name in SOURCES] for part in ("turns", "account"))
        raw = {"turns": "raw_turns", "speakers": "raw_speakers", "files": "raw_files"}
        self.step(
            "gather_turns", sources=sources, accounts=accounts, interviews="interviews.csv", settings=IMPORT, **raw
        )
        model = {"cache": True, "annotation": True}
        self.step("annotate_turns", turns="raw_turns", shard="0", shards="1", **model)
        found = dict.fromkeys(("findings", "review", "proposal"), True)
        raw_words = {"turns": "raw_turns", "annotations": ["annotation"], "key": "study.key"}
        self.step("find_identifiers", **raw_words, settings=PRIVACY, **found)
        gate = ("raw_turns", "raw_speakers", "raw_files", "findings", "review")
        masked = ("turns", "speakers", "files", "gate", "offsets")
        self.step("apply_privacy", **dict.fromkeys((*gate, *masked), True), settings=PRIVACY)
        self.step("annotate_masked", raw="raw_turns", masked="turns", cache=True, annotation="masked")
        words = {"annotations": ["annotation"], "settings": WORDS}
        self.step("lemmatise_tokens", turns=True, masked=True, tokens=True, **words)
        corpus = dict.fromkeys(("turns", "tokens", "speakers"), True)
        self.step("describe_interviews", **corpus, interviews=True)
        self.step("cut_segments", turns=True, tokens=True, settings={"size": 40}, segments=True)
        counts = dict.fromkeys(("segments", "forms", "lemmas", "segment_lemmas"), True)
        self.step("count_lemmas", **corpus, **counts, analysis="a", settings={})

    def step(self, script, **options):
        self.said[script] = done(self.folder, script, **options)

    def read(self, name):
        return tables.read(name, self.folder / name.split("/")[1])

    def tokens(self, interview):
        return self.read("corpus/tokens").filter(pl.col("interview") == interview)

    def text(self, interview):
        turns = self.read("corpus/turns").filter((pl.col("interview") == interview) & (pl.col("role") == "participant"))
        return " ".join(turns["text"])


@pytest.fixture(scope="module")
def chain(tmp_path_factory):
    return Chain(tmp_path_factory.mktemp("bad"))


def test_every_word_of_every_interview_is_a_token_and_every_counted_one_is_in_a_segment(chain):
    turns, tokens, segments = (chain.read(f"corpus/{name}") for name in ("turns", "tokens", "segments"))
    texts = {row[:2]: row[2] for row in turns.select("interview", "turn", "text").iter_rows()}
    left = {place: list(text) for place, text in texts.items()}
    for interview, turn, start, end, form in tokens.select("interview", "turn", "start", "end", "form").iter_rows():
        assert texts[interview, turn][start:end] == form
        left[interview, turn][start:end] = " " * (end - start)
    assert not [place for place, rest in left.items() if "".join(rest).strip()]
    own = tokens.join(turns.filter(pl.col("role") == "participant"), on=["interview", "turn"], how="semi")
    counted = own.filter(pl.col("status") != "ignored").height
    assert chain.read("lexicon/lemmas")["n_occurrences"].sum() == counted
    assert set(segments["interview"]) == set(turns["interview"]) - {"BRUIT"}


@pytest.mark.parametrize(
    "text", ["", "\n \n\t\n", "ENQ :\nA :\n", "ENQ : ?\nA : …\n"], ids=["nil", "blank", "labels", "marks"]
)
def test_an_empty_interview_is_told_when_it_is_read(tmp_path, text):
    found = take(tmp_path, "vide.txt", text)
    assert found.returncode == 2
    problem = (tmp_path / "import_source.problem").read_text(encoding="utf-8")
    assert "vide.txt : aucune parole" in problem and "Traceback" not in told(tmp_path, "import_source")


def test_an_empty_text_among_others_is_told_with_its_line(chain):
    assert "1 texte(s) étoilé(s) sans parole, laissé(s) de côté : ligne(s) 3" in chain.said["vides.txt"]
    assert "vides.txt : 1 texte(s) étoilé(s) sans parole" in chain.said["gather_turns"]
    kept = [name for name in chain.read("corpus/interviews")["interview"] if name.startswith("vides")]
    assert kept == ["vides_0001", "vides_0003"]


def test_an_interview_of_nothing_but_laughter_is_told_and_kept(chain):
    row = chain.read("corpus/interviews").row(by_predicate=pl.col("interview") == "BRUIT", named=True)
    assert (row["n_turns"], row["n_words"], row["known_share"]) == (3, 0, None)
    assert "BRUIT : aucun mot de participant" in chain.said["describe_interviews"]


def test_an_interview_in_which_only_the_interviewer_speaks_is_refused(tmp_path):
    assert take(tmp_path, "e.txt", "ENQ : Vous m'entendez ?\nENQ : Allô ?\n").returncode == 0
    (tmp_path / "interviews.csv").write_text("interview,file\nE,e.txt\n", encoding="utf-8")
    made = dict.fromkeys(("turns", "speakers", "files"), True)
    inputs = {"sources": ["e.txt.turns"], "accounts": ["e.txt.account"], "interviews": "interviews.csv"}
    assert run(tmp_path, "gather_turns", **inputs, settings=IMPORT, **made).returncode == 2
    assert "aucune parole de participant" in told(tmp_path, "gather_turns")


def test_one_speaker_only_and_no_interviewer_are_told(chain):
    said = chain.said["gather_turns"]
    assert "un_seul.txt : aucune étiquette de locuteur" in said
    assert "SEUL : aucun enquêteur repéré" in said and "SANS : aucun enquêteur repéré" in said
    assert "ARABE : aucun enquêteur repéré" not in said
    people = chain.read("corpus/speakers").filter(pl.col("interview") == "SANS")
    assert dict(people.select("speaker", "role").rows()) == {"Paul": "participant", "Marie": "participant"}


def test_a_turn_of_fifty_thousand_words_is_counted_and_cut(chain):
    row = chain.read("corpus/interviews").row(by_predicate=pl.col("interview") == "LONG", named=True)
    assert row["n_words"] == 3334 * 15 > 50_000
    segments = chain.read("corpus/segments").filter(pl.col("interview") == "LONG")
    assert 1250 <= segments.height <= 2500
    assert " ".join(segments["text"]) == chain.text("LONG")


def test_emoji_are_signs_and_the_words_around_them_are_words(chain):
    tokens = chain.tokens("EMOJI").filter(pl.col("turn") == 2)
    signs = tokens.filter(pl.col("form").str.contains(r"\p{So}|\p{Sk}|\x{200D}|\x{FE0F}"))
    assert set(signs["pos"]) == {"SYM"} and set(signs["status"]) == {"ignored"}
    words = tokens.filter(~pl.col("pos").is_in(["SYM", "PUNCT"]))["form"].to_list()
    assert words == ["Super", "vraiment", "on", "était", "contents", "et"]


def test_text_from_right_to_left_keeps_its_letters_and_its_place(chain):
    assert chain.text("ARABE") == RIGHT_TO_LEFT
    forms = chain.tokens("ARABE")["form"].to_list()
    assert [forms.index(word) for word in ("السلام", "عليكم", "שלום")] == sorted(
        forms.index(word) for word in ("السلام", "عليكم", "שלום")
    )
    assert "ARABE : " not in chain.said["describe_interviews"]


def test_an_interview_in_english_is_told(chain):
    said = chain.said["describe_interviews"]
    assert "pas du français ?" in said
    told_of = [line for line in said.splitlines() if "dictionnaires français" in line]
    assert len(told_of) == 1 and "ANGLAIS : " in told_of[0]
    shares = dict(chain.read("corpus/interviews").select("interview", "known_share").rows())
    assert shares["ANGLAIS"] < 0.5 and shares["LONG"] == 1


LISTS = {
    "status": "lemma,pos,status,reason\nferme,NOM,active,x\nterre,,active,x\nTerre,,ignored,y\nx,,actif,z\n",
    "lemmas": "form,lemma,pos,if_pos,reason\nferme,fermer,,noun,x\nterre,terre,NOUN,,x\nterre,taire,VERB,,y\nx,y,,,\n",
    "expressions": "expression,lemma,pos,reason\nà la ferme,ferme,LIEU,x\nmon père,père,NOUN,x\n"
    "mon  père,papa,NOUN,y\n",
}
FAULTS = {
    "status": ("ligne 2 : catégorie inconnue « NOM »", "ligne 4 : « Terre » est déjà à la ligne 3", "« active »"),
    "lemmas": (
        "ligne 2 : catégorie inconnue « noun »",
        "ligne 4 : « terre » est déjà à la ligne 3",
        "« reason » est vide",
    ),
    "expressions": ("ligne 2 : catégorie inconnue « LIEU »", "ligne 4 : « mon  père » est déjà à la ligne 3"),
}


@pytest.mark.parametrize("kind", LISTS)
def test_a_list_with_a_word_twice_or_an_unknown_part_of_speech(chain, tmp_path, kind):
    (tmp_path / f"{kind}.csv").write_text(LISTS[kind], encoding="utf-8")
    inputs = {"turns": str(chain.folder / "turns"), "masked": str(chain.folder / "masked")}
    inputs |= {"annotations": [str(chain.folder / "annotation")], "settings": WORDS, "tokens": True}
    assert run(tmp_path, "lemmatise_tokens", **inputs, **{kind: f"{kind}.csv"}).returncode == 2
    said = told(tmp_path, "lemmatise_tokens")
    assert all(f"{kind}.csv" in said and fault in said for fault in FAULTS[kind]), said
    assert "Traceback" not in said and not (tmp_path / "tokens").exists()


def test_a_column_twice_in_a_list_is_told(chain, tmp_path):
    (tmp_path / "status.csv").write_text("lemma,status,reason,reason\nferme,ignored,x,y\n", encoding="utf-8")
    inputs = {"turns": str(chain.folder / "turns"), "masked": str(chain.folder / "masked")}
    inputs |= {"annotations": [str(chain.folder / "annotation")], "settings": WORDS, "tokens": True}
    assert run(tmp_path, "lemmatise_tokens", **inputs, status="status.csv").returncode == 2
    assert "status.csv, ligne 1 : deux colonnes « reason »" in told(tmp_path, "lemmatise_tokens")


def test_a_group_of_words_with_a_word_twice(chain, tmp_path):
    (tmp_path / "groups.csv").write_text("group,lemma\nsol,terre\nSol,Terre\n", encoding="utf-8")
    inputs = {name: str(chain.folder / name) for name in ("turns", "tokens", "segments", "speakers")}
    made = dict.fromkeys(("statistics", "growth", "segment_lengths", "modality_pos", "word_groups"), True)
    settings = {"selection_settings": {}, "settings": {"window": 50}}
    settings["specificities_settings"] = {"variables": ["interview"]}
    done = run(tmp_path, "measure_vocabulary", **inputs, groups="groups.csv", analysis="a", **settings, **made)
    assert done.returncode == 2
    assert "groups.csv, ligne 3 : « Terre » est déjà à la ligne 2" in told(tmp_path, "measure_vocabulary")
