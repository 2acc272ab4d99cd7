"""Figures of the words: nothing covers, nothing is cut, nothing is lost, the same bytes each time."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib import pyplot as plt

import drawn_words as drawn
from verbatim.figures import (
    bars,
    canvas,
    cloud,
    distances,
    modality_clouds,
    modality_plane,
    modality_pos,
    richness_dots,
    score_bars,
    specificities,
    vocabulary,
    word_trees,
)
from verbatim.word_tree import Branch, Tree

PALETTE = drawn.PALETTE


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def tree(n, count=60):
    def branches(prefix, size):
        below = (Branch((f"{prefix} suite", "de"), 3), Branch(("aujourd'hui",) * 9, 2))
        return tuple(
            Branch((f"{prefix}{i}", "l'", "anticonstitution"), 20 // (i + 1) + 2, below if i % 3 == 0 else ())
            for i in range(size)
        )

    many = (("parle", 30), ("parler", 20), ("parlait", 5), ("parlons", 2), ("parlez", 1), ("parlé", 1), ("parla", 1))
    return Tree("parler", count, many, branches("gauche", n), branches("droite", n))


def draw_vocabulary(n=13, longest=60):
    variables = {"statut": 3, "class": 2}
    tables = drawn.forms(900), drawn.growth(n), drawn.segment_lengths(longest), drawn.statistics(n, variables)
    return vocabulary.draw(*tables, PALETTE)


FIGURES = {
    "cloud": lambda: cloud.draw(drawn.lemmas(120), 90, "#1F4E79", 7),
    "cloud of three hundred": lambda: cloud.draw(drawn.lemmas(300), 300, "#1F4E79", 1),
    "cloud of three": lambda: cloud.draw(drawn.lemmas(3), 90, "#1F4E79", 7),
    "modality clouds": lambda: modality_clouds.draw(drawn.specificities({"statut": 3, "class": 8}, 60), 40, PALETTE),
    "one modality cloud": lambda: modality_clouds.draw(drawn.specificities({"statut": 1}, 12), 40, PALETTE),
    "vocabulary": draw_vocabulary,
    "vocabulary of many": lambda: draw_vocabulary(600, 500),
    "vocabulary of one": lambda: draw_vocabulary(1, 9),
    "specificities": lambda: specificities.draw(drawn.specificities({"statut": 2, "class": 5, "interview": 14}), [], 6),
    "specificities of many": lambda: specificities.draw(drawn.specificities({"interview": 60}), [], 3),
    "chosen specificities": lambda: specificities.draw(drawn.specificities({"statut": 3}), ["vélo", "jamais"], 6),
    "modality pos": lambda: modality_pos.draw(drawn.modality_pos({"statut": 2, "interview": 40})),
    "modality plane": lambda: modality_plane.draw(drawn.correspondence({"statut": 3, "lieu": 9}), 60, PALETTE),
    "modality plane of many": lambda: modality_plane.draw(drawn.correspondence({"interview": 200}), 60, PALETTE),
    "distances": lambda: distances.draw(drawn.distances({"statut": 2, "lieu": 4, "interview": 18})),
    "distances of many": lambda: distances.draw(drawn.distances({"interview": 100})),
    "distances of too many": lambda: distances.draw(drawn.distances({"interview": 230})),
    "word trees": lambda: word_trees.draw([tree(14), tree(1), tree(0), Tree("rien", 0, (), (), ())], PALETTE),
}


@pytest.mark.parametrize("kind", sorted(FIGURES))
def test_no_label_covers_another_or_leaves_the_figure(kind):
    covering, outside = drawn.overlapping(FIGURES[kind]())
    assert covering == []
    assert outside == []


def test_labels_that_cover_or_leave_the_figure_are_noticed():
    found = canvas.new(2, 1)
    for x, text in ((0.5, "lien"), (0.52, "écran"), (0.98, "dehors")):
        found.text(x, 0.5, text)
    assert drawn.overlapping(found) == ([("lien", "écran")], ["dehors"])


@pytest.mark.parametrize("kind", ["cloud", "modality clouds", "vocabulary", "specificities", "modality pos",
                                  "modality plane", "distances", "distances of too many", "word trees"])  # fmt: skip
def test_the_same_tables_give_the_same_bytes(kind, tmp_path):
    for name in ("a", "b"):
        canvas.save(FIGURES[kind](), tmp_path / f"{name}.svg", tmp_path / f"{name}.png", 50)
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()


def test_another_seed_gives_another_cloud_of_the_same_words():
    def places(seed):
        found = [(text.get_text(), tuple(box)) for text, box in drawn.written(cloud.draw(LEMMAS, 90, "#1F4E79", seed))]
        return sorted(text for text, _ in found), found

    (words, one), (same_words, other) = places(1), places(2)
    assert words == same_words and one != other


LEMMAS = drawn.lemmas(90)


def test_each_word_of_a_cloud_stands_once_in_it_and_once_in_the_bars():
    told = [text.get_text() for text, _ in drawn.written(cloud.draw(LEMMAS, 90, "#1F4E79", 1))]
    for lemma, status in LEMMAS.select("lemma", "status").iter_rows():
        assert told.count(lemma) == (2 if status == "active" else 0)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.text("abcdéœ' ", min_size=1, max_size=30), st.floats(0.01, 900)), min_size=1, max_size=25))
def test_bars_stay_in_their_column_and_go_with_their_values(rows):
    shown = [bars.Bar(word.strip() or "x", value, f"{value:.1f}") for word, value in rows]
    scale = bars.scaled(shown, 2.0)
    figure = canvas.new(3, bars.height(len(shown)) + 1)
    axes = canvas.in_inches(figure)
    bars.write(axes, shown, (0.5, bars.height(len(shown)) + 0.5), scale, "#0072B2")
    lengths = np.array([patch.get_width() for patch in axes.patches])
    values = np.array([bar.value for bar in shown])
    assert lengths / values == pytest.approx(np.full(len(values), lengths[0] / values[0]))
    assert min(box[0] for _, box in drawn.written(figure)) >= 0.5 * figure.dpi - 2
    assert max(box[2] for _, box in drawn.written(figure)) <= 2.5 * figure.dpi + 2


def test_a_modality_cloud_shows_only_active_words_said_more_than_chance():
    rows = drawn.specificities({"statut": 1}, 40).with_columns(lemma=pl.format("{}_{}", "lemma", "pos"))
    shown = modality_clouds.strongest(rows, 100)
    kept = rows.filter((pl.col("score") > 0) & (pl.col("status") == "active"))
    assert sorted(bar.value for bar in shown) == sorted(kept["score"])
    assert [bar.value for bar in shown] == sorted((bar.value for bar in shown), reverse=True)
    assert sum(bar.faint for bar in shown) == kept.filter(pl.col("p_adjusted") >= 0.05).height


def test_clouds_are_of_named_variables_or_of_those_with_few_modalities():
    known = {"interview": 3, "lieu": 9, "panel": 2, "class": 5}
    assert modality_clouds.chosen(known, []) == ["panel", "class"]
    assert modality_clouds.chosen(known, ["interview", "inconnu"]) == ["interview"]
    for asked in (["inconnu"], ["lieu", "inconnu"]):
        assert "inconnu" in drawn.said(modality_clouds.draw(drawn.specificities({"lieu": 2}), 40, PALETTE, asked))


def test_a_word_with_two_parts_of_speech_is_told_apart():
    rows = drawn.specificities({"statut": 2}, 30)
    lemma = rows.filter(pos="VERB")["lemma"][0]
    told = drawn.said(specificities.draw(rows, [lemma], 6))
    assert f"{lemma} (nom)" in told and f"{lemma} (verbe)" in told


def test_the_bars_of_specificities_have_the_scores_lengths_and_sides():
    rows = drawn.specificities({"statut": 3}).filter(pos="NOUN", lemma="vélo")
    axes = specificities.draw(rows, ["vélo"], 6).axes[0]
    found = sorted(path.get_extents().width for group in axes.collections for path in group.get_paths()
                   if path.get_extents().height > 0 and path.get_extents().width > 0)  # fmt: skip
    scores = sorted(abs(score) for score in rows["score"])
    assert np.array(found) / found[-1] == pytest.approx(np.array(scores) / scores[-1], rel=1e-6)


def test_only_the_columns_of_largest_score_are_kept_in_their_order_and_it_is_told():
    order = [f"m{i:02d}" for i in range(30)]
    scores = {name: float((7 * i) % 30) for i, name in enumerate(order)}
    kept = score_bars.strongest(scores, order)
    assert kept == sorted(kept) and len(kept) == score_bars.MOST_COLUMNS
    assert min(scores[name] for name in kept) > max(scores[name] for name in order if name not in kept)
    assert "16 modalités sur 60" in drawn.said(FIGURES["specificities of many"]())


def test_words_that_are_asked_for_and_never_said_are_told():
    assert "jamais" in drawn.said(FIGURES["chosen specificities"]()).split("Demandés")[1]
    rows = drawn.specificities({"statut": 2})
    assert "absent" in drawn.said(specificities.draw(rows, ["absent"], 6))


def test_planes_are_of_variables_with_two_axes_and_the_others_are_told():
    rows = drawn.correspondence({"panel": 2, "lieu": 4})
    told = drawn.said(modality_plane.draw(rows, 10, PALETTE))
    assert "Lieu" in told and "Panel : 2 modalités" in told
    assert "un seul axe" in drawn.said(modality_plane.draw(drawn.correspondence({"panel": 2}), 10, PALETTE))
    third = drawn.said(modality_plane.draw(rows, 10, PALETTE, (1, 6)))
    assert "l'axe 6 demandé n'existe pas" in third and "Axe 2" in third


def test_a_plane_names_all_modalities_or_says_how_many():
    told = drawn.said(FIGURES["modality plane"]())
    assert all(canvas.short_code(name, modality_plane.LONGEST) in told for name in drawn.modalities(9))
    assert "25 modalités sur 200" in drawn.said(FIGURES["modality plane of many"]())


def test_distances_are_told_where_there_are_two_modalities_and_drawn_in_the_order_of_the_tree_else():
    rows = drawn.distances({"statut": 2, "lieu": 5})
    told = drawn.said(distances.draw(rows))
    assert f"{rows.filter(variable='statut')['distance'][0]:.3f}".replace(".", ",") in told
    lieu = rows.filter(variable="lieu")
    names = drawn.modalities(5)
    image = distances.draw(lieu).axes[1].images[0].get_array()
    expected = sorted(list(lieu["distance"]) * 2)
    assert sorted(image.compressed()) == pytest.approx(expected)
    assert all(canvas.short_code(name, distances.LONGEST) in told for name in names)


def test_too_many_texts_are_told_by_groups_that_hold_them_all():
    told = drawn.said(FIGURES["distances of too many"]())
    assert "Trop de modalités" in told
    counts = [int(part.split()[-1]) for part in told.split(" autour de ")[:-1]]
    # the groups of one text alone have its name only
    assert 230 - distances.GROUPS <= sum(counts) <= 230 and len(counts) <= distances.GROUPS


def test_richness_has_a_dot_for_each_interview_or_says_how_many_are_not_shown():
    lines = richness_dots.prepare(drawn.statistics(30, {"statut": 2})).lines
    assert sum(line.told.startswith("entretien_") for line in lines) == 30
    many = richness_dots.prepare(drawn.statistics(600, {})).lines
    shown = [line for line in many if line.told.startswith("entretien_")]
    values = [line.values[0] for line in shown]
    assert len(shown) == 2 * richness_dots.EXTREMES and values == sorted(values, reverse=True)
    assert any("456 autres" in line.told for line in many) and any("120 trop courts" in line.told for line in many)


def test_the_counts_of_an_analysis_are_told():
    told = drawn.said(draw_vocabulary()).replace("\u202f", "")
    assert all(number in told for number in ("12345", "2345", "1999", "1200"))


def test_a_word_tree_shows_every_branch_that_has_room_with_its_count():
    told = drawn.said(word_trees.draw([tree(5)], PALETTE))
    for side in ("gauche", "droite"):
        assert all(f"{side}{i}" in told for i in range(5))
    assert "60 occurrences" in told and "1 autre forme" in told
    assert "jamais dit" in drawn.said(word_trees.draw([Tree("rien", 0, (), (), ())], PALETTE))


@pytest.mark.parametrize(
    ("words", "left", "expected"),
    [(("qu'", "il", "-y", "a"), False, "qu'il-y a"), (("ai", "l'", "je"), True, "je l'ai"), (("a",), True, "a")],
)
def test_words_are_read_in_their_order_with_their_apostrophes(words, left, expected):
    assert word_trees.said(words, left) == expected


def test_nothing_to_draw_is_said():
    scored, pos = drawn.specificities({"statut": 2}), drawn.modality_pos({"statut": 2})
    counted = drawn.forms(3), drawn.growth(1), drawn.segment_lengths(9), drawn.statistics(1, {})
    for figure, said in [
        (cloud.draw(LEMMAS.clear(), 5, "#123456", 1), "Aucun mot"),
        (modality_clouds.draw(scored.clear(), 5, PALETTE), "Aucun attribut"),
        (vocabulary.draw(*(table.clear() for table in counted), PALETTE), "Aucun mot"),
        (specificities.draw(scored.clear(), [], 5), "Aucun attribut"),
        (specificities.draw(scored.with_columns(score=pl.lit(-1.0)), [], 5), "Aucun mot"),
        (modality_pos.draw(pos.clear()), "Aucun attribut"),
        (modality_plane.draw(drawn.correspondence({"lieu": 3}).clear(), 5, PALETTE), "Aucun attribut"),
        (distances.draw(drawn.distances({"lieu": 3}).clear()), "Aucun attribut"),
        (word_trees.draw([], PALETTE), "Aucun mot"),
    ]:
        assert said in drawn.said(figure)
