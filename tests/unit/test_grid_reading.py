import pytest

from verbatim import grid
from verbatim.problems import StudyError

TEXT = """\
themes:
  - id: relation
    title: Relation
    themes:
      - {id: nouee, title: Nouée, was: [confiance, lien]}
      - {id: rompue, title: Rompue, hypotheses: [alliance]}
  - {id: outils, title: Outils, cues: [bug]}
split:
  - {theme: alliance, into: [nouee, rompue]}
"""


def faults(text):
    with pytest.raises(StudyError) as told:
        grid.read(text)
    return [(problem.place.rpartition(", ")[2], f"{problem.what} {problem.mend}") for problem in told.value.problems]


def test_old_themes_lead_to_those_that_took_their_place():
    found = grid.read(TEXT)
    assert grid.current(found) == {
        **{name: name for name in ("relation", "nouee", "rompue", "outils")},
        **{"confiance": "nouee", "lien": "nouee"},
        "alliance": "relation",
    }
    assert found.parts == {"alliance": ("nouee", "rompue")}


def test_chains_of_changes_are_followed():
    text = TEXT + "  - {theme: lien_social, into: [alliance, lien, outils], until: confiance}\n"
    found = grid.read(text)
    assert found.parts["lien_social"] == ("nouee", "rompue", "outils")
    assert found.current["lien_social"] == "nouee"


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("was: [confiance, lien]", "was: [nouee]", "ligne 5", "en rond : nouee → nouee"),
        ("cues: [bug]", "was: [rompue]", "ligne 7", "« rompue » est à la fois un thème de la grille (ligne 6)"),
        ("cues: [bug]", "was: [lien]", "lignes 5 et 7", "« lien » est réclamé deux fois"),
        ("cues: [bug]", "was: [alliance]", "lignes 7 et 9", "« alliance » est réclamé deux fois"),
        ("into: [nouee, rompue]", "into: [nouee, rompu]", "ligne 9", "« rompu », inconnu vouliez-vous « rompue »"),
        ("into: [nouee, rompue]", "into: [nouee, outils]", "ligne 9", "pas de thème au-dessus d'elles toutes ajoutez"),
        ("into: [nouee, rompue]", "into: [nouee]", "ligne 9", "« split.0.into »"),
        ("id: outils", "id: nouee", "lignes 5 et 7", "« nouee » sert deux fois"),
        ("cues: [bug]", "cue: [bug]", "ligne 7", "clé inconnue « themes.1.cue » vouliez-vous « cues »"),
        ("cues: [bug]", "patterns: [{tokens: []}]", "ligne 7", "« themes.1.patterns.0.tokens » vaut []"),
        ("themes:\n  - id: relation", "grille:\n  - id: relation", "ligne 1", "clé inconnue « grille »"),
    ],
)
def test_each_fault_is_told_with_its_line(old, new, line, said):
    told = faults(TEXT.replace(old, new, 1))
    assert any(where == line and said in what for where, what in told), told


def test_a_circle_between_splits_and_renamings_is_one_fault():
    text = TEXT + "  - {theme: seul, into: [vide, outils]}\n  - {theme: vide, into: [seul, outils]}\n"
    told = faults(text)
    assert [what for _, what in told if "en rond : seul → vide → seul" in what]
    assert not any("inconnu" in what for _, what in told)


def test_themes_nested_in_themselves_by_an_alias_are_told():
    told = faults("themes:\n  - &un\n    id: un\n    title: Un\n    themes: [*un]\n")
    assert told == [("ligne 2", told[0][1])]
    assert "dans lui-même" in told[0][1]


def test_a_bomb_of_aliases_is_told_without_being_expanded():
    lines = ["a: &a {id: xx, title: x}"]
    lines += [f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]" for old, new in zip("abcdefgh", "bcdefghi", strict=True)]
    told = faults("\n".join([*lines, "themes: *i"]))
    assert len(told) == 1
    assert "développés feraient" in told[0][1]


def test_nesting_beyond_measure_is_told():
    assert "trop de niveaux" in faults("themes: " + "[" * 5000 + "]" * 5000)[0][1]


def test_a_grid_without_themes_has_none_and_a_file_without_the_key_is_told():
    assert grid.read("themes: []\n").themes == ()
    assert "il manque la clé « themes »" in faults("# rien\n")[0][1]


def test_hypotheses_that_nobody_declared_are_told_with_the_nearest():
    found = grid.themes(TEXT)
    assert grid.misnamed_hypotheses(found, {"alliance"}) == []
    problem = grid.misnamed_hypotheses(found, {"alliances", "isolement"})[0]
    assert problem.place.endswith("ligne 6")
    assert "« alliances »" in problem.mend
