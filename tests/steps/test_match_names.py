import pytest

from class_names_study import ANALYSIS, KEY, OUTPUTS, classes, corpus, interview, made, match, topics, write

BASE = (interview("A01"), interview("A02"))


@pytest.fixture
def study(tmp_path):
    segments = corpus(*BASE)
    write(tmp_path, segments, classes(segments, topics(*BASE)))
    (tmp_path / "resources/privacy").mkdir(parents=True)
    (tmp_path / "resources/privacy/study.key").write_bytes(KEY)
    return tmp_path


def test_without_names_nor_accepted_run_there_is_a_proposal_to_complete(study):
    done = match(study)
    assert done.returncode == 0, done.stderr
    assert all(made(study, name).is_empty() for name in OUTPUTS)
    lines = (study / f"results/proposals/class_names_{ANALYSIS}.csv").read_bytes().splitlines()
    assert lines[0].startswith("\ufeffanalysis;class;in_report;".encode())
    assert len(lines) == 4


def test_names_without_an_accepted_run_are_doubtful_and_said(study):
    done = match(study, f"analysis,class,name\n{ANALYSIS},2,L'équipe\nautre,1,Ailleurs\n")
    assert done.returncode == 0, done.stderr
    assert "1 nom est douteux" in done.stderr
    assert made(study, "names").select("name", "class", "status").rows() == [("L'équipe", 2, "doubtful")]


def test_a_faulty_file_stops_the_step_in_french(study):
    done = match(study, f"analysis,class,name\n{ANALYSIS},deux,L'équipe\n{ANALYSIS},3,\n")
    assert done.returncode == 2
    assert "resources/class_names.csv, ligne 2 : colonne class : « deux » n'est pas un numéro" in done.stderr
    assert "ligne 3 : ni nom ni fusion" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_same_study_gives_the_same_bytes(study):
    contents = []
    for seed in ("1", "2"):
        match(study, f"analysis;class;name\n{ANALYSIS};2;L'équipe\n", PYTHONHASHSEED=seed, POLARS_MAX_THREADS=seed)
        contents.append(
            {path.name: path.read_bytes() for path in sorted((study / "results").rglob("*")) if path.is_file()}
        )
    assert contents[0] == contents[1]


def test_a_study_without_any_class_gives_empty_tables(study):
    segments = corpus(*BASE)
    write(study, segments, classes(segments, [0] * 48))
    done = match(study, f"analysis,class,name\n{ANALYSIS},2,L'équipe\n")
    assert done.returncode == 0, done.stderr
    assert made(study, "names")["status"].to_list() == ["orphan"]
    assert len((study / f"results/proposals/class_names_{ANALYSIS}.csv").read_text().splitlines()) == 1
