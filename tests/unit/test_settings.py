import pytest
import yaml

from places import PROGRAM
from verbatim.problems import StudyError
from verbatim.scaffold import commented_settings
from verbatim.settings import describe, fill, load, parse, section

SCHEMA = yaml.safe_load((PROGRAM / "workflow/schemas/config.schema.yaml").read_text(encoding="utf-8"))
HEAD = "study: {title: Une étude, date: 2022-06-30}\nanalyses:\n  ensemble: {}\n"


def faults(text):
    with pytest.raises(StudyError) as raised:
        load(text, SCHEMA, "config.yaml")
    return raised.value.problems


def test_defaults_are_filled_at_every_depth_and_a_date_stays_text():
    values = load(HEAD, SCHEMA, "config.yaml")
    assert values["figures"]["cloud"]["words"] == 90
    assert values["study"]["date"] == "2022-06-30"


@pytest.mark.parametrize(
    ("line", "said", "expected", "mend"),
    [
        ("clases: {number: 4}", "clé inconnue « clases »", "classes", "« classes »"),
        ("classes: {nombre: 4}", "clé inconnue « classes.nombre »", "number", ""),
        ("classes: {number: 400}", "« classes.number » vaut 400", "de 2 à 40", ""),
        ("classes: {number: quatre}", "« classes.number » vaut", "un nombre entier", ""),
        ("privacy: {mode: blok}", "« privacy.mode » vaut", "block | warn", "« block »"),
        ("figures: {palette: ['red', 'blue']}", "« figures.palette.0 »", "#0072B2", ""),
    ],
)
def test_a_fault_is_said_with_its_line_what_is_expected_and_the_remedy(line, said, expected, mend):
    (first, *_) = faults(HEAD + line + "\n")
    assert first.place == "config.yaml, ligne 4"
    assert said in first.what
    assert expected in first.expected
    assert mend in first.mend


def test_all_faults_are_said_at_once():
    assert len(faults("study: {title: x}\nanalyses: {}\nclases: 1\nsegments: {size: 1}\n")) == 4


@pytest.mark.parametrize("text", ["study: [", "a: b: c", "\tx: 1"])
def test_broken_yaml_is_said_with_its_line(text):
    (problem,) = faults(text)
    assert "YAML" in problem.what
    assert "ligne" in problem.place


def test_a_key_written_twice_is_a_fault():
    assert "deux fois" in faults(HEAD + "classes: {number: 3}\nclasses: {number: 4}\n")[0].what


def test_an_analysis_overrides_only_what_it_sets():
    values = load(HEAD.replace("{}", "{classes: {number: 3}}") + "classes: {typical: 7}\n", SCHEMA, "c")
    assert section(values, "classes", "ensemble") == {**section(values, "classes"), "number": 3}
    assert section(values, "classes", "ensemble")["typical"] == 7


def test_values_of_the_command_line_are_laid_over_the_file():
    assert load(HEAD, SCHEMA, "c", {"classes": {"number": 7}})["classes"]["number"] == 7


def test_every_setting_is_described_in_both_languages():
    for language in ("en", "fr"):
        assert [row[0] for row in describe(SCHEMA, language) if not row[3]] == []


def test_defaults_obey_the_schema_and_the_commented_file_holds_every_key():
    values = {"study": {"title": "x", "date": "2022-06-30"}, "analyses": {"ensemble": {"select": {}}}}
    text = commented_settings(SCHEMA, values)
    assert load(text, SCHEMA, "config.yaml") == fill(values, SCHEMA)


def test_a_group_inside_an_analysis_has_its_defaults_and_its_section_has_not():
    own = {"graphs": {"words": 12, "compare": {"variable": "panel", "first": "a", "second": "b"}}}
    given = {"study": {"title": "x", "date": "2022-06-30"}, "graphs": {"more": 3}, "analyses": {"e": own, "f": None}}
    filled = fill(given, SCHEMA)
    assert filled["analyses"]["e"]["graphs"].keys() == {"words", "compare"}
    assert filled["analyses"]["e"]["graphs"]["compare"]["index"] == "jaccard"
    assert section(filled, "graphs", "e")["more"] == 3 and section(filled, "graphs", "e")["words"] == 12
    assert own["graphs"]["compare"].keys() == {"variable", "first", "second"}


def test_aliases_that_nest_in_themselves_or_swell_are_refused():
    swollen = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 9)
    )
    for text in ("a: &a\n  b: *a\n", swollen):
        _, _, problems = parse(text, "config.yaml")
        assert problems and "config.yaml" in problems[0].place
