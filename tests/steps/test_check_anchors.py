import re
import subprocess
import sys

import pytest

from places import PROGRAM

SPOKEN = [
    "ENQ : Comment se passe une journée ?",
    "A : Le matin on prend un café tous ensemble, et puis chacun retourne à son établi sans un mot de plus.",
    "ENQ : Et ensuite ?",
    "A : Ensuite je téléphone aux clients, je note les commandes dans le carnet vert, et je prépare les colis.",
]
CODINGS = """interview,turn,quote,theme,before,after
E1,2,"on prend un café tous ensemble, et puis chacun",lien,Le matin,retourne
E1,4,je note les commandes dans le carnet vert,outils,,
E1,4,Ensuite je téléphone aux clients,outils,,", je note"
E2,1,une autre personne parle ici de son métier,lien,,
"""


@pytest.fixture
def files(tmp_path):
    (tmp_path / "claire").mkdir()
    (tmp_path / "claire/c.csv").write_text(CODINGS, encoding="utf-8")
    (tmp_path / "E1.txt").write_text("\n".join(SPOKEN), encoding="utf-8")
    return tmp_path


def check(folder, *options):
    command = [sys.executable, PROGRAM / "scripts/check_anchors.py", "--codings", "claire/c.csv", *options]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)


def counts(done):
    assert done.returncode == 0, done.stderr
    return {status: int(n) for status, n in re.findall(r"\((\w+)\) +(\d+)", done.stdout)}


def test_an_unchanged_transcript_keeps_all_codings(files):
    done = check(files, "--transcript", "E1.txt")
    assert counts(done) == {"intact": 3, "moved": 0, "doubtful": 0, "lost": 0}
    assert "1 codage d'un autre entretien" in done.stdout


def test_changes_are_told_with_old_and_new_words(files):
    text = [
        *SPOKEN[:1],
        "A : Bonjour à vous.",
        *SPOKEN[:1],
        *SPOKEN[1:3],
        SPOKEN[3].replace("carnet vert", "cahier vert"),
    ]
    text[-1] = text[-1].replace("Ensuite je téléphone aux clients", "Rien")
    (files / "corrigé.txt").write_text("\r\n".join(text), encoding="utf-8")
    done = check(files, "--transcript", "corrigé.txt", "--interview", "E1")
    assert counts(done) == {"intact": 0, "moved": 1, "doubtful": 1, "lost": 1}
    assert "je note les commandes dans le carnet vert" in done.stdout
    assert "je note les commandes dans le cahier vert" in done.stdout
    assert "perdu : claire/c.csv, ligne 4" in done.stdout
    assert (files / "claire/c.csv").read_text(encoding="utf-8") == CODINGS


def test_the_interview_of_a_starred_file_is_found_by_its_name(files):
    said = ["**** *entretien_E2", "Autre chose.", "**** *entretien_E1", *(line.split(" : ")[1] for line in SPOKEN)]
    (files / "deux.txt").write_text("\n".join(said), encoding="utf-8")
    assert sum(counts(check(files, "--transcript", "deux.txt", "--interview", "E1")).values()) == 3


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--transcript", "absent.txt"), "absent.txt : ce fichier n'existe pas"),
        (("--transcript", "E1.txt", "--interview", "E9"), "aucun codage de « E9 »"),
        (("--transcript", "autre.txt"), "code plusieurs entretiens"),
    ],
)
def test_what_cannot_be_checked_is_said(files, options, said):
    (files / "autre.txt").write_text("\n".join(SPOKEN), encoding="utf-8")
    done = check(files, *options)
    assert done.returncode == 2
    assert said in done.stderr and "Traceback" not in done.stderr
