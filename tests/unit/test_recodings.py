import csv
import io

import pytest

from verbatim import anchoring, grid, recodings, recodings_acceptance, tables
from verbatim.codings import read_table
from verbatim.problems import StudyError

OLD = "themes: [{id: lien, title: Lien}, {id: visio, title: Visio}]\n"
NEW = """\
themes:
  - id: relation
    title: Relation
    themes: [{id: nouee, title: Nouée}, {id: rompue, title: Rompue}]
  - {id: ecran, title: Écran, was: [visio]}
split:
  - {theme: lien, into: [nouee, rompue]}
"""
ROWS = b"interview,turn,quote,theme\nA,1,oui je lui parle,lien\nA,1,mais il coupe,visio\nA,1,et puis non,lien\n"
WHOLE = anchoring.document({1: "Oui je lui parle, mais il coupe, et puis non."})


def applied(text=NEW, chosen=None):
    codings, problems = read_table(ROWS, "resources/codings/x/a.csv", "x")
    assert not problems
    return codings, *recodings.apply(codings, grid.read(text), chosen or {})


def test_codings_follow_and_keep_their_identifiers():
    before, after, changes = applied()
    assert [one.coding for one in after] == [one.coding for one in before]
    assert [one.theme for one in after] == ["relation", "ecran", "relation"]
    table = tables.check("themes/recodings", recodings.table(changes))
    assert sorted(table.select("was", "theme", "change", "decided").rows()) == [
        ("lien", "relation", "split", False),
        ("lien", "relation", "split", False),
        ("visio", "ecran", "followed", True),
    ]
    assert applied(OLD)[2] == []


def test_a_choice_is_followed_when_its_theme_is_renamed_and_asked_again_when_it_is_split():
    first = applied()[0][0].coding
    assert applied(chosen={first: "nouee"})[1][0].theme == "nouee"
    renamed = NEW.replace("id: nouee, title: Nouée", "id: tenue, title: Tenue, was: [nouee]")
    assert applied(renamed, {first: "nouee"})[1][0].theme == "tenue"
    parts = "[{id: vite, title: V}, {id: lente, title: L}, {id: rompue, title: Rompue}]"
    again = NEW.replace("[{id: nouee, title: Nouée}, {id: rompue, title: Rompue}]", parts)
    _, after, changes = applied(again + "  - {theme: nouee, into: [vite, lente]}\n", {first: "nouee"})
    assert after[0].theme == "relation"
    assert (changes[0].parts, changes[0].decided) == (("vite", "lente"), False)


def study(tmp_path, proposal, declared=NEW):
    (tmp_path / "resources").mkdir()
    (tmp_path / "resources/grid.yaml").write_text(declared, encoding="utf-8")
    path = tmp_path / recodings_acceptance.PROPOSAL
    path.parent.mkdir(parents=True)
    path.write_text(proposal, encoding="utf-8")
    return tmp_path


def proposal(choices):
    _, after, changes = applied()
    found = anchoring.anchor(after, {"A": WHOLE}, {}, None)
    text = recodings.to_csv(changes, found, grid.read(NEW), {"A": WHOLE}, str)
    rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff")), delimiter=";"))
    assert [row["choices"] for row in rows] == ["nouee | rompue"] * 2
    for row in rows:
        row["theme"] = choices.get(row["quote"], "")
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def test_what_a_person_chose_is_kept_and_read_again(tmp_path):
    folder = study(tmp_path, proposal({"et puis non": "rompue"}))
    said = recodings_acceptance.accept(folder)
    assert "1 codage réparti" in said
    assert "1 à décider encore" in said
    kept = (folder / recodings.PLACE).read_bytes()
    chosen = recodings.decisions(kept, grid.read(NEW))
    assert [one.theme for one in applied(chosen=chosen)[1]] == ["relation", "ecran", "rompue"]
    assert "1 l'était déjà" in recodings_acceptance.accept(folder)
    assert (folder / recodings.PLACE).read_bytes() == kept


@pytest.mark.parametrize("theme", ["rompu", "ecran"])
def test_a_theme_that_is_no_part_is_refused_whole(tmp_path, theme):
    folder = study(tmp_path, proposal({"et puis non": "rompue", "Oui je lui parle": theme}))
    with pytest.raises(StudyError, match=f"thème inconnu « {theme} »"):
        recodings_acceptance.accept(folder)
    assert not (folder / recodings.PLACE).exists()


def test_faults_of_the_file_of_decisions_are_told_together():
    data = b"coding;theme\nx1;nouee\nx1;rompue\nx2;rompu\n"
    with pytest.raises(StudyError) as told:
        recodings.decisions(data, grid.read(NEW))
    assert [problem.place.rpartition(" ")[2] for problem in told.value.problems] == ["3", "4"]
