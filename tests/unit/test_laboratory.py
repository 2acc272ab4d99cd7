import io
from itertools import combinations, pairwise

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from laboratory_study import CLASSES, LABORATORY, OWN_SIZE, corpus, own_classes
from verbatim import segments, tables
from verbatim.figures import laboratory
from verbatim.laboratory import agreement, band, places, record, trials, what_moves

CORPUS = corpus()
PALETTE = ["#0072B2"]
PARAMETERS = ("number", "size", "minimum_frequency", "unit", "mode")


def crossed(a, b):
    counts = np.zeros((max(a, default=0) + 1, max(b, default=0) + 1))
    for x, y in zip(a, b, strict=True):
        counts[x, y] += 1
    return counts


def naive_rand(a, b):
    """Return the index by counting, pair by pair, who is with whom."""
    pairs = list(combinations(range(len(a)), 2))
    together = [(a[i] == a[j], b[i] == b[j]) for i, j in pairs]
    both, first, second = (sum(map(f, together)) for f in (all, lambda t: t[0], lambda t: t[1]))
    expected = first * second / len(pairs) if pairs else 0
    room = (first + second) / 2 - expected
    return (both - expected) / room if pairs and abs(room) > 1e-12 else None


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)), max_size=25))
def test_the_adjusted_rand_index_is_that_of_the_pairs(things):
    a, b = [x for x, _ in things], [y for _, y in things]
    index = float(agreement.adjusted_rand(crossed(a, b)))
    naive = naive_rand(a, b)
    assert np.isnan(index) if naive is None else index == pytest.approx(naive, abs=1e-12)
    assert index == float(agreement.adjusted_rand(crossed(b, a))) or np.isnan(index)


@given(st.lists(st.integers(0, 4), min_size=2, max_size=40).filter(lambda a: 1 < len(set(a)) < len(a)))
def test_renumbered_classes_agree_wholly(a):
    assert float(agreement.adjusted_rand(crossed(a, [4 - x for x in a]))) == 1.0


def cut(n_tokens, draw_cuts):
    """Return segments that leave out some tokens: every third stretch between two ends is missing."""
    ends = sorted({0, n_tokens, *(c % (n_tokens + 1) for c in draw_cuts)})
    return np.array([(a, b - 1) for i, (a, b) in enumerate(pairwise(ends)) if i % 3 != 2])


@given(st.integers(1, 60), *[st.lists(st.integers(0, 60), max_size=8)] * 2, st.integers(0, 99))
def test_stretches_count_as_words_one_by_one(n_tokens, first, second, seed):
    random = np.random.default_rng(seed)
    cuts, counted = [cut(n_tokens, first), cut(n_tokens, second)], random.random(n_tokens) < 0.7
    labels = [random.integers(0, 4, len(c)) for c in cuts]
    weights, held = places.stretches(cuts, counted)
    on_words = [np.append(own, 0)[where] for own, where in zip(labels, held, strict=True)]
    rand, share = agreement.agreements(np.stack(on_words), weights)
    words = []
    for token in np.flatnonzero(counted):
        where = [
            [k for k, (a, b) in zip(own, c, strict=True) if a <= token <= b]
            for own, c in zip(labels, cuts, strict=True)
        ]
        words.append([kinds[0] if kinds else 0 for kinds in where])
    known = [w for w in words if all(w)]
    # words beyond the last segment of either are in no stretch, and have no class
    assert share[0, 1] * max(weights.sum(), 1) == pytest.approx(len(known))
    naive = naive_rand([a for a, _ in known], [b for _, b in known])
    assert np.isnan(rand[0, 1]) if naive is None else rand[0, 1] == pytest.approx(naive, abs=1e-12)


def test_segments_are_located_by_their_first_and_last_token():
    turns, tokens, _ = CORPUS
    rows = segments.cut_turns(turns, tokens, 20)
    ordered = tokens.rows(named=True)
    for row, (first, last) in zip(rows.to_dicts(), places.locate(rows, tokens.reverse()).tolist(), strict=True):
        for end, at in (("first", first), ("last", last)):
            token = ordered[at]
            assert (token["interview"], token["turn"], token["token"]) == (
                row["interview"],
                row[f"{end}_turn"],
                row[f"{end}_token"],
            )


def test_only_words_of_participants_count():
    turns, tokens, _ = CORPUS
    counted = places.counted(tokens, turns)
    for token, counts in zip(tokens.to_dicts(), counted, strict=True):
        assert counts == (token["turn"] % 3 != 1 and token["status"] != "ignored")


def test_trials_are_all_combinations_in_one_order():
    shuffled = {key: value[::-1] if isinstance(value, list) else value for key, value in LABORATORY.items()}
    planned = trials.plan(LABORATORY, "none")
    assert planned.equals(trials.plan(shuffled, "none"))
    assert planned["trial"].to_list() == list(range(1, 17))
    assert planned.select(PARAMETERS).n_unique() == 16
    assert trials.plan(LABORATORY, "iramuteq")["number"].to_list() == [0] * 8
    for compatibility in ("none", "iramuteq"):
        assert trials.plan({**LABORATORY, "numbers": []}, compatibility).is_empty()


@given(st.integers(1, 8))
def test_chunks_deal_whole_groups_once(chunks):
    planned = trials.plan(LABORATORY, "none")
    dealt = [trials.deal(planned, i, chunks) for i in range(chunks)]
    assert sorted(t for part in dealt for t in part["trial"]) == planned["trial"].to_list()
    groups = [set(part.select("size", "unit").rows()) for part in dealt]
    assert sum(map(len, groups)) == 4
    assert max(map(len, groups)) <= -(-4 // chunks)


def swept(chunks=1, settings=LABORATORY, **kwargs):
    planned = trials.plan(settings, "none")
    args = (*CORPUS, kwargs.get("selection", {}), kwargs.get("within", "interview"), CLASSES)
    files = []
    for i in range(chunks):
        file = io.BytesIO()
        record.save(trials.sweep(trials.deal(planned, i, chunks), *args), file)
        files.append(io.BytesIO(file.getvalue()))
    return record.read(files)


def compared(found):
    turns, tokens, speakers = CORPUS
    whole, classes, lemmas = own_classes(turns, tokens, speakers)
    own = agreement.own_settings(lemmas, CLASSES, OWN_SIZE, "none")
    return agreement.compare(found, own, classes, whole, tokens, turns)


def test_chunks_change_no_table():
    one, three = compared(swept(1)), compared(swept(3))
    assert all(a.equals(b) for a, b in zip(one, three, strict=True))


def test_the_trial_with_the_settings_of_the_study_is_the_study():
    tried, alike = compared(swept())
    own = tried.row(0, named=True)
    assert own["trial"] == 0 and own["rand"] is None
    same = tried.filter((pl.col("trial") > 0) & pl.all_horizontal(pl.col(name) == own[name] for name in PARAMETERS))
    assert same["rand"].to_list() == [1.0]
    for name in ("n_forms", "n_classes", "n_segments", "n_classified"):
        assert same[name].to_list() == [own[name]]
    assert alike.height == 17 * 16 // 2
    assert alike.filter(pl.col("trial") == 0)["rand"].to_list() == tried["rand"].to_list()[1:]
    # the topics are plain: whatever the settings, trials of three classes find them
    assert tried.filter(pl.col("number") == 3)["rand"].drop_nulls().min() > 0.5


def test_an_agreement_is_that_of_the_words_of_both():
    found = swept()
    turns, tokens, _ = CORPUS
    _, alike = compared(found)
    counted = places.counted(tokens, turns)
    first, other = 1, 16
    words = []
    for number in (first, other):
        size = found.trials.filter(pl.col("trial") == number)["size"][0]
        on_tokens = np.zeros(len(counted), dtype=int)
        for (begin, end), label in zip(found.places[size], found.labels[number], strict=True):
            on_tokens[begin : end + 1] = label
        words.append(on_tokens[counted])
    known = (words[0] > 0) & (words[1] > 0)
    row = alike.filter((pl.col("trial") == first) & (pl.col("other") == other)).row(0, named=True)
    expected = float(agreement.adjusted_rand(crossed(words[0][known], words[1][known])))
    assert row["rand"] == pytest.approx(expected, abs=1e-12)
    assert row["share"] == pytest.approx(known.mean())


def test_forms_are_lower_cased_and_of_active_words_only():
    tried = swept(settings={**LABORATORY, "minimum_frequencies": [6, 3], "numbers": [3]}).trials
    turns, tokens, _ = CORPUS
    said = tokens.join(turns.filter(pl.col("role") == "participant"), on=["interview", "turn"], how="semi")
    said = said.filter(pl.col("status") == "active").with_columns(pl.col("form").str.to_lowercase())
    for unit in ("form", "lemma"):
        counts = said[unit].value_counts()["count"]
        for least in (3, 6):
            one = tried.filter((pl.col("unit") == unit) & (pl.col("minimum_frequency") == least))
            assert set(one["n_forms"]) == {int((counts >= least).sum())}


def test_a_part_without_segments_and_words_too_rare_give_trials_without_classes():
    # segments of five hundred tokens begin in the first question only
    long = {**LABORATORY, "sizes": [500], "numbers": [3], "units": ["lemma"], "minimum_frequencies": [3]}
    found = swept(settings=long, selection={"question": ["Q2"]})
    assert [len(labels) for labels in found.labels.values()] == [0]
    rare = swept(settings={**long, "sizes": [12], "minimum_frequencies": [3, 100_000]})
    assert [int(labels.max()) > 0 for labels in rare.labels.values()] == [True, False]
    tried, alike = compared(rare)
    assert tried["n_forms"][2] == 0 and tried["rand"][2] is None
    assert alike.filter(pl.col("other") == 2)["share"].to_list() == [0.0, 0.0]


def test_fewer_segments_than_classes_give_fewer_classes():
    few = {**LABORATORY, "sizes": [400], "numbers": [40], "units": ["lemma"]}
    tried, _ = compared(swept(settings=few))
    assert (tried["n_classes"][1:] <= tried["n_segments"][1:]).all()
    assert (tried["n_segments"][1:] < 40).all()


def test_without_laboratory_tables_are_empty():
    found = swept(settings={**LABORATORY, "numbers": []})
    for name, table in zip(("classes/trials", "classes/agreements"), compared(found), strict=True):
        checked = tables.check(name, table.with_columns(analysis=pl.lit("tous")))
        assert checked.is_empty()
        assert checked.schema == tables.empty(name).schema
    assert what_moves(*compared(found)).is_empty()


def made(values, rand):
    """Return classes/trials and classes/agreements for the grid of `values`; `rand` of two rows gives their index."""
    planned = trials.plan(
        {"numbers": [3], "sizes": [40], "minimum_frequencies": [3], "units": ["lemma"]} | values, "none"
    )
    rows = [{"trial": 0, "mode": "segments", "unit": "lemma", "size": 40, "minimum_frequency": 3, "number": 3}]
    rows += planned.to_dicts()
    pairs = [(a["trial"], b["trial"], rand(a, b), 0.5) for a, b in combinations(rows, 2)]
    schema = {"trial": pl.Int64, "other": pl.Int64, "rand": pl.Float64, "share": pl.Float64}
    own = {"n_classes": 3, "rand": None}
    known = [own, *({"n_classes": 3, "rand": rand(rows[0], row)} for row in rows[1:])]
    frame = pl.DataFrame([{**row, **more} for row, more in zip(rows, known, strict=True)])
    return frame.with_columns(pl.col("rand").cast(pl.Float64)), pl.DataFrame(pairs, schema, orient="row")


def test_what_moves_compares_trials_that_differ_by_one_setting():
    def rand(a, b):
        changed = [name for name in PARAMETERS if a[name] != b[name]]
        worth = {"size": 0.25, "number": 0.75, "unit": None}
        return (worth[changed[0]] if len(changed) == 1 else -0.3) if changed else 1.0

    grid = {"modes": ["segments"], "sizes": [30, 40, 60], "numbers": [3, 4], "units": ["lemma", "form"]}
    moves = what_moves(*made(grid, rand))
    assert moves.rows() == [("size", 12, 0.25, 0.25, 0.25, 0.5), ("number", 6, 0.75, 0.75, 0.75, 0.5)]


@pytest.mark.parametrize(
    ("rand", "name"), [(1.0, "excellent"), (0.9, "excellent"), (0.8, "bon"), (0.65, "modéré"), (0.6499, "mauvais")]
)
def test_an_index_is_said_in_words(rand, name):
    assert band(rand) == name


def texts(figure):
    axes = [text.get_text() for axes in figure.axes for text in (*axes.texts, *axes.get_yticklabels())]
    return axes + [text.get_text() for text in figure.texts]


def index(a, b):
    return 1.0 - 0.2 * (a["size"] != b["size"]) - 0.1 * (a["unit"] != b["unit"])


GRID = {"modes": ["segments"], "sizes": [30, 40, 1500], "units": ["form", "lemma"]}


def test_the_figure_shows_each_setting_that_varies_what_moves_most_first():
    figure = laboratory.draw(made(GRID, index)[0], PALETTE)
    shown = texts(figure)
    assert {"formes", "lemmes", "40 occurrences", "1\u202f500 occurrences", "médiane", "modéré"} <= set(shown)
    titles = [text for text in shown if text in laboratory.TITLES.values()]
    assert titles == ["Taille des segments", "Unité"]
    bold = [t.get_text() for a in figure.axes for t in a.get_yticklabels() if t.get_fontweight() == "bold"]
    assert bold == ["40 occurrences", "lemmes"]
    # median of the row, then the index when this setting alone changes
    numbers = [[text.get_text() for text in axes.texts] for axes in figure.axes]
    assert numbers == [["0,75", "0,80", "0,95", "", "0,75", "0,80"], ["0,70", "0,90", "0,80", ""]]


def test_the_dots_of_a_row_keep_to_it():
    offsets = laboratory._offsets(np.full(400, 0.3), (0.0, 1.0))
    assert np.abs(offsets).max() <= laboratory.SPREAD + 1e-9
    assert len(np.unique(offsets)) == 400


def test_a_study_whose_number_was_chosen_is_compared_with_that_number():
    frame, _ = made({**GRID, "numbers": [2, 3]}, index)
    chosen = frame.with_columns(number=pl.when(pl.col("trial") == 0).then(0).otherwise("number"))
    assert texts(laboratory.draw(chosen, PALETTE)) == texts(laboratory.draw(frame, PALETTE))


def test_a_figure_with_nothing_to_show_says_why():
    frame, _ = made(GRID, index)
    for rows, said in [
        (frame.clear(), "laboratoire est éteint"),
        (frame.with_columns(rand=pl.lit(None, dtype=pl.Float64)), "Aucun essai ne donne"),
        (frame.filter(pl.col("trial") < 2), "Un seul réglage essayé"),
        (frame.with_columns(mode=pl.when(pl.col("trial") == 0).then(pl.lit("texts")).otherwise("mode")), "seul changé"),
    ]:
        assert any(said in text for text in texts(laboratory.draw(rows, PALETTE)))


def test_one_descent_serves_all_numbers_and_has_the_settings_of_its_trial(monkeypatch):
    asked = []

    def labels_by_number(matrix, texts, numbers, settings, compatibility):
        asked.append((matrix.shape, tuple(texts), sorted(numbers), settings["mode"], compatibility))
        empty = type("Candidate", (), {"labels": np.zeros(matrix.shape[0], dtype=np.int64)})
        return dict.fromkeys(numbers, empty)

    monkeypatch.setattr(trials, "labels_by_number", labels_by_number)
    swept(settings={**LABORATORY, "modes": ["double", "segments"]})
    assert len(asked) == 16
    assert [mode for *_, mode, _ in asked].count("double") == 8
    for shape, texts_of_rows, numbers, _, compatibility in asked:
        assert (numbers, compatibility) == ([2, 3], "none")
        assert len(texts_of_rows) == shape[0] and sorted(texts_of_rows) == list(texts_of_rows)
        assert set(texts_of_rows) == {0, 1, 2}
