import itertools
import json

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from class_names_study import ANALYSIS, KEY, accept, classes, corpus, follow, interview, profiles, topics
from verbatim.class_names import accepted, marking, matching, merging, reading
from verbatim.class_names.reading import Row
from verbatim.class_names.shown import shown
from verbatim.problems import StudyError

NAMED = [Row(ANALYSIS, 1, "Le métier"), Row(ANALYSIS, 2, "L'équipe"), Row(ANALYSIS, 3, "Les autres")]
BASE = (interview("A01"), interview("A02"))


def run_of(*interviews, found=None):
    segments = corpus(*interviews)
    return segments, classes(segments, found or topics(*interviews))


def statuses(followed):
    return dict(followed.names.select("name", "status").iter_rows())


def classes_by_name(followed):
    return dict(followed.names.select("name", "class").iter_rows())


labelings = st.lists(st.integers(0, 4), min_size=48, max_size=48)


# --- matching


@given(labelings, st.permutations([1, 2, 3, 4]))
def test_numbers_permuted_move_the_names_along_exactly(labels, order):
    segments, before = run_of(*BASE, found=labels)
    after = classes(segments, [order[label - 1] if label else 0 for label in labels])
    present = sorted(set(labels) - {0})
    rows = [Row(ANALYSIS, number, f"nom {number}") for number in present]
    found = follow(rows, accept(segments, before), segments, after)
    assert classes_by_name(found) == {f"nom {number}": order[number - 1] for number in present}
    assert shown(found.names) == {order[number - 1]: f"nom {number}" for number in present}
    assert found.names["jaccard"].to_list() == [1.0] * len(present)
    assert found.form_changes.is_empty()


@given(labelings, labelings)
def test_a_name_stays_only_where_its_class_shares_enough_and_no_other_class_competes(before, after):
    segments, then = run_of(*BASE, found=before)
    now = classes(segments, after)
    rows = [Row(ANALYSIS, number, f"nom {number}") for number in sorted(set(before) - {0})]
    found = follow(rows, accept(segments, then), segments, now)
    sets = [
        {number: {i for i, label in enumerate(labels) if label == number} for number in set(labels) - {0}}
        for labels in (before, after)
    ]
    index = {
        (a, b): len(one & other) / len(one | other)
        for (a, one), (b, other) in itertools.product(*map(dict.items, sets))
    }
    for row in found.names.to_dicts():
        own = row["accepted_class"]
        if row["status"] == "orphan":
            assert row["class"] is None
            continue
        assert row["jaccard"] == pytest.approx(index[own, row["class"]])
        rivals = [index[pair] for pair in index if (pair[0] == own) != (pair[1] == row["class"])]
        sure = row["jaccard"] >= 0.5 and row["jaccard"] > max(rivals, default=0)
        assert (row["status"] == "matched") == sure
    standing = found.names.filter(pl.col("class").is_not_null())["class"]
    assert standing.n_unique() == len(standing)


@given(labelings, labelings, st.sampled_from([0.0, 0.3, 0.5, 0.9]))
def test_no_other_matching_keeps_more_sure_pairs_nor_a_larger_total(before, after, bound):
    segments, then = run_of(*BASE, found=before)
    run = accept(segments, then)
    pairs = matching.counterparts(run.segments, accepted.placed_segments(classes(segments, after), segments, KEY))
    found = matching.match(pairs, bound)
    old, new = (sorted(set(labels) - {0}) for labels in (before, after))
    index = {
        (a, b): sum(x == a and y == b for x, y in zip(before, after, strict=True))
        / max(1, sum(x == a or y == b for x, y in zip(before, after, strict=True)))
        for a in old
        for b in new
    }
    sure = set(found.filter(pl.col("status") == "matched").select("accepted_class", "found").iter_rows())
    padded = [*new, *([None] * len(old))]
    totals = []
    for order in set(itertools.permutations(padded, len(old))) if len(old) else ():
        chosen = {(a, b) for a, b in zip(old, order, strict=True) if b is not None}
        if sure <= chosen:
            totals.append(sum(index[pair] for pair in chosen))
    assert found["jaccard"].sum() == pytest.approx(max(totals, default=0.0))


def test_a_run_accepted_and_made_again_changes_nothing():
    segments, now = run_of(*BASE)
    found = follow(NAMED, accept(segments, now), segments, now)
    assert set(found.names["status"]) == {"matched"}
    assert set(found.names["jaccard"]) == {1.0}
    assert found.moves.select("accepted_class", "class", "n_segments").rows() == [(1, 1, 18), (2, 2, 18), (3, 3, 12)]
    assert found.counterparts["status"].to_list() == ["matched"] * 3
    assert found.form_changes.is_empty()
    then, after = (found.names.sort("position")[column].to_list() for column in ("words_then", "words_now"))
    assert [sorted(json.loads(words)) for words in then] == [sorted(json.loads(words)) for words in after]
    assert found.remarks == ["3 noms ont suivi leur classe"]


def test_a_class_cut_in_two_equal_halves_has_no_sure_heir():
    labels = topics(*BASE)
    first = [i for i, label in enumerate(labels) if label == 1]
    segments, then = run_of(*BASE)
    halves = [4 if i in first[::2] else label for i, label in enumerate(labels)]
    found = follow(NAMED, accept(segments, then), segments, classes(segments, halves))
    assert statuses(found) == {"Le métier": "doubtful", "L'équipe": "matched", "Les autres": "matched"}
    assert found.counterparts.filter(pl.col("status") == "born").height == 1
    assert 1 not in shown(found.names)
    assert found.remarks == ["attention : 2 noms ont suivi leur classe ; 1 nom est douteux"]


def test_a_sure_pair_stands_even_where_two_doubtful_ones_would_have_a_larger_total():
    only = ("A01", BASE[0][1][:4])
    segments, then = run_of(only, found=[1, 1, 1, 2])
    pairs = accept(segments, then), accepted.placed_segments(classes(segments, [2, 1, 1, 1]), segments, KEY)
    found = matching.match(matching.counterparts(pairs[0].segments, pairs[1]), 0.5)
    assert found.select("accepted_class", "found", "jaccard", "status").rows() == [(1, 1, 0.5, "matched")]


def test_a_class_that_is_gone_leaves_an_orphan_with_its_words():
    segments, then = run_of(*BASE)
    now = classes(segments, [label if label < 3 else 0 for label in topics(*BASE)])
    found = follow(NAMED, accept(segments, then), segments, now)
    lost = found.names.row(by_predicate=pl.col("name") == "Les autres", named=True)
    assert (lost["status"], lost["class"], lost["accepted_class"]) == ("orphan", None, 3)
    assert {"motq", "motr"} <= set(json.loads(lost["words_then"]))
    assert json.loads(lost["words_now"]) == []
    assert (3, 0, 12) in found.moves.select("accepted_class", "class", "n_segments").rows()
    assert found.counterparts.filter(pl.col("status") == "gone")["accepted_class"].to_list() == [3]


def test_without_an_accepted_run_a_name_stands_by_its_number_and_is_doubtful():
    segments, now = run_of(*BASE)
    found = follow([*NAMED, Row(ANALYSIS, 9, "Perdu")], None, segments, now)
    assert statuses(found) == {**dict.fromkeys((row.name for row in NAMED), "doubtful"), "Perdu": "orphan"}
    assert shown(found.names) == {}
    assert found.moves.is_empty() and found.form_changes.is_empty() and found.counterparts.is_empty()


def test_numbers_of_another_accepted_run_are_not_taken_for_those_of_this_one():
    segments, now = run_of(*BASE)
    run = accept(segments, now)
    rows = [Row(ANALYSIS, 1, "D'ici", run=run.run), Row(ANALYSIS, 2, "D'ailleurs", run="r000000000000")]
    assert statuses(follow(rows, run, segments, now)) == {"D'ici": "matched", "D'ailleurs": "orphan"}


# --- segments then and now


def test_a_new_interview_moves_no_name():
    segments, then = run_of(*BASE)
    more, now = run_of(*BASE, interview("A00"), interview("Z"))
    found = follow(NAMED, accept(segments, then), more, now)
    assert set(found.names["jaccard"]) == {1.0}
    new = found.moves.filter(pl.col("accepted_class") == -1)
    assert new["n_segments"].sum() == 48
    assert found.moves.filter(pl.col("accepted_class") > 0)["n_segments"].sum() == 48


def test_an_interview_withdrawn_leaves_its_segments_out_of_the_index():
    segments, then = run_of(*BASE)
    less, now = run_of(BASE[0])
    found = follow(NAMED, accept(segments, then), less, now)
    assert set(found.names["jaccard"]) == {1.0}
    assert found.moves.filter(pl.col("class") == -1)["n_segments"].sum() == 24


def test_a_comma_moves_no_segment_even_where_texts_are_cut_again():
    changed = [(topic, list(said)) for topic, said in BASE[0][1]]
    changed[4][1].insert(3, ",")
    changed[4][1].append(changed[5][1].pop(0))
    segments, then = run_of(*BASE)
    after, now = run_of(("A01", changed), BASE[1])
    found = follow(NAMED, accept(segments, then), after, now)
    assert set(found.names["jaccard"]) == {1.0}
    assert -1 not in found.moves["accepted_class"] and -1 not in found.moves["class"]


def test_words_added_at_the_beginning_shift_what_follows():
    added = [(0, [f"neuf{i}" for i in range(300)])]
    edited = [(topic, [*said[:-1], "corrigé"] if i in {7, 8} else said) for i, (topic, said) in enumerate(BASE[0][1])]
    segments, then = run_of(*BASE)
    after, now = run_of(("A01", added + edited), BASE[1])
    found = follow(NAMED, accept(segments, then), after, now)
    assert found.names["jaccard"].to_list() == [1.0, 1.0, 1.0]
    assert found.moves.filter(pl.col("accepted_class") == -1).select("class", "n_segments").rows() == [(1, 1)]


def recut(interviews, size):
    """The same words in segments of `size` words, each with the topic of its first word."""
    cut = []
    for name, segments in interviews:
        said = [(topic, word) for topic, words in segments for word in words]
        parts = [said[i : i + size] for i in range(0, len(said), size)]
        cut.append((name, [(part[0][0], [word for _, word in part]) for part in parts]))
    return cut


@pytest.mark.parametrize("size", [7, 15, 30])
def test_names_follow_when_segments_have_another_size(size):
    segments, then = run_of(*BASE)
    after, now = run_of(*recut(BASE, size))
    found = follow(NAMED, accept(segments, then), after, now)
    assert set(found.names["status"]) == {"matched"}
    assert -1 not in found.moves["accepted_class"] and -1 not in found.moves["class"]


def test_texts_said_several_times_are_paired_in_their_order():
    twice = ("A01", [(0, ["oui"]), (1, ["oui"]), (0, ["enfin"]), (2, ["oui"])])
    segments, then = run_of(twice, found=[1, 2, 1, 3])
    pairs = matching.counterparts(accept(segments, then).segments, accepted.placed_segments(then, segments, KEY))
    assert pairs.select("accepted_class", "found").rows() == [(1, 1), (2, 2), (1, 1), (3, 3)]


def test_a_text_said_several_times_is_no_landmark():
    before = ("A01", [(0, ["oui"]), (1, ["oui"]), (0, ["enfin"] * 9), (2, ["oui"]), (1, ["donc"] * 9)])
    after = ("A01", [(0, ["oui"]), (1, ["oui"]), (0, ["alors"] * 9), (2, ["oui"]), (1, ["puis"] * 9)])
    segments, then = run_of(before, found=[1, 2, 1, 3, 2])
    changed, now = run_of(after, found=[1, 2, 1, 3, 2])
    pairs = matching.counterparts(accept(segments, then).segments, accepted.placed_segments(now, changed, KEY))
    assert pairs.select("accepted_class", "found").rows() == [(1, 1), (2, 2), (1, 1), (3, 3), (2, 2)]


positions = st.lists(st.integers(1, 9), min_size=1, max_size=30)


@given(positions, positions)
def test_a_changed_segment_is_where_most_of_its_words_are(then, now):
    def placed(lengths, tag):
        ends = list(itertools.accumulate(lengths))
        rows = [("E", i, e - n, e, f"{tag}{i}", i) for i, (n, e) in enumerate(zip(lengths, ends, strict=True), 1)]
        return pl.DataFrame(rows, schema=["interview", "segment", "start", "end", "digest", "class"], orient="row")

    old, new = placed(then, "a"), placed(now, "b").with_columns(found=pl.col("class"))
    pairs = matching.counterparts(old, new)
    for one, got in zip(old.to_dicts(), pairs["found"].to_list(), strict=False):
        shared = [max(0, min(one["end"], o["end"]) - max(one["start"], o["start"])) for o in new.to_dicts()]
        assert got == (shared.index(max(shared)) + 1 if max(shared) else -1)
    born = {o["class"] for o in new.to_dicts() if o["start"] >= sum(then)}
    assert set(pairs.filter(pl.col("accepted_class") == -1)["found"]) == born


# --- merges


@given(st.lists(st.tuples(st.integers(1, 8), st.integers(1, 8)), max_size=8))
def test_merged_classes_have_the_lowest_number_and_no_number_is_left_out(merges):
    numbers = merging.new_numbers(range(9), merges)
    groups = [{number} for number in range(1, 9)]
    for one, other in merges:
        joined = [group for group in groups if group & {one, other}]
        groups = [group for group in groups if group not in joined] + [set.union(*joined)]
    expected = {n: i for i, group in enumerate(sorted(groups, key=min), 1) for n in group}
    assert numbers == expected


def test_the_merged_tables_keep_what_was_found():
    _, now = run_of(*BASE, found=[0, *topics(*BASE)[1:]])
    tree = pl.DataFrame({"node": [1, 4, 5, 3], "class": [None, 1, 2, 3]})
    merged, tree = merging.merge(now, tree, [(3, 1)])
    assert merged["found"].to_list() == now["found"].to_list()
    assert dict(merged.select("found", "class").iter_rows()) == {0: 0, 1: 1, 2: 2, 3: 1}
    assert tree["class"].to_list() == [None, 1, 2, 1]
    assert merging.merge(merged, tree, [])[0]["class"].to_list() == now["class"].to_list()


def test_merges_follow_their_classes_and_their_forms_are_those_accepted():
    segments, then = run_of(*BASE)
    run = accept(segments, then, [(1, 3)])
    renumbered = classes(segments, [{1: 2, 2: 3, 3: 1}[label] for label in topics(*BASE)])
    declared = reading.declared_merges(b"analysis;class;name;merge_with\ntous;1;;3\n", ANALYSIS)
    merges, remarks = merging.applicable_merges(declared, renumbered, segments, run, KEY, 0.5)
    assert (merges, remarks) == ([(2, 1)], [])
    now, _ = merging.merge(renumbered, pl.DataFrame({"class": [1, 2, 3]}), merges)
    rows = [Row(ANALYSIS, 1, "Fondue", 3), Row(ANALYSIS, 2, "Seule")]
    found = follow(rows, run, segments, now)
    assert shown(found.names) == {1: "Fondue", 2: "Seule"}
    assert found.form_changes.is_empty()
    assert found.moves.select("accepted_class", "class").rows() == [(1, 1), (2, 2), (3, 1)]


def test_a_merge_of_a_class_that_is_not_known_again_is_told_and_not_made():
    segments, then = run_of(*BASE)
    now = classes(segments, [label if label < 3 else 0 for label in topics(*BASE)])
    run = accept(segments, then)
    merges, remarks = merging.applicable_merges([(3, 1, "")], now, segments, run, KEY, 0.5)
    assert merges == []
    assert "la fusion de la classe 3 avec la classe 1" in remarks[0]
    found = follow([Row(ANALYSIS, 2, "Restée", 3)], run, segments, now)
    assert statuses(found) == {"Restée": "doubtful"}
    assert "n'est pas faite" in found.remarks[-1]
    assert merging.applicable_merges([(1, 2, "")], now, segments, None, KEY, 0.5)[0] == []


def test_merged_classes_share_the_name_of_the_one_they_are_merged_with():
    rows = [("Ancien", 2, None), ("Avalé", 2, 1), ("", 1, None), ("Autre", 1, 7)]
    frame = pl.DataFrame(rows, schema=["name", "class", "merged_with"], orient="row").with_columns(
        pl.lit("matched").alias("status"), pl.int_range(1, pl.len() + 1).alias("position")
    )
    assert shown(frame) == {1: "Autre", 2: "Ancien"}
    assert shown(frame.with_columns(status=pl.lit("doubtful"))) == {}


# --- what is remembered


def test_forms_gained_and_lost_and_lemmas_that_the_corpus_no_longer_has():
    segments, then = run_of(*BASE)
    run = accept(segments, then)
    swapped = [(n, [(t, [w.replace("motq", "neuf") for w in said]) for t, said in own]) for n, own in BASE]
    after, now = run_of(*swapped)
    found = follow(NAMED, run, after, now)
    lost = found.form_changes.filter(pl.col("change") == "lost")
    digest = accepted.digests(KEY, pl.Series(["motq"]))[0]
    assert found.form_changes.filter(pl.col("change") == "gained").select("class", "term").rows() == [(3, "neuf")]
    assert lost.select("class", "term", "chi2_now").rows() == [(3, f"#{digest[:12]}", None)]


def test_classes_merged_already_are_remembered_with_the_profile_of_what_they_became():
    segments, now = run_of(*BASE)
    merged, _ = merging.merge(now, pl.DataFrame({"class": [1]}), [(3, 1)])
    forms = marking.marking_forms(profiles(segments, merged), merged)
    expected = profiles(segments, merged).select("class", "term", "chi2").sort("class", "term")
    for found, number in ((1, 1), (2, 2), (3, 1)):
        own, known = forms.filter(pl.col("class") == found), expected.filter(pl.col("class") == number)
        assert own["term"].to_list() == known["term"].to_list()
        assert own["chi2"].to_list() == pytest.approx(known["chi2"].to_list())


def test_no_word_of_the_corpus_is_remembered():
    segments, now = run_of(*BASE)
    texts = [
        accepted.segments_csv(accepted.placed_segments(now, segments, KEY), accepted.run_name(now)),
        accepted.profiles_csv(profiles(segments, now).select("class", "term", "chi2"), KEY),
    ]
    said = {word for text in segments["text"] for word in text.split()}
    assert not [word for word in said if any(word in text for text in texts)]
    other = accepted.digests(b"x" * 40, pl.Series(["mota"]))[0]
    assert (
        other
        != accepted.digests(KEY, pl.Series(["mota"]))[0]
        == accepted.digests(KEY + b"\r\n", pl.Series(["mota"]))[0]
    )


def test_a_class_whose_every_segment_was_withdrawn_is_still_a_class_of_the_accepted_run():
    segments, now = run_of(*BASE)
    run = accept(segments, now)
    less = accepted.AcceptedRun(run.run, run.segments.filter(pl.col("class") != 3), run.profiles)
    rows = reading.read(b"analysis,class,name\ntous,3,Les autres\n", accepted={ANALYSIS: (less.run, less.classes)})
    assert statuses(follow(rows, less, segments, now)) == {"Les autres": "orphan"}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace("digest", "empreinte"),
        lambda text: text.replace("A01,1,", "A01,un,"),
        lambda text: text + text.splitlines()[1] + "\n",
        lambda text: text.replace("A01,1,", "A01,,"),
        lambda text: text + "A09,1,0,5,aaaa,1,autre\n",
        lambda _: "",
    ],
)
def test_an_accepted_run_that_was_spoilt_is_told(spoil):
    segments, now = run_of(*BASE)
    text = accepted.segments_csv(accepted.placed_segments(now, segments, KEY), "r1")
    with pytest.raises(StudyError, match=r"resources/accepted/tous/segments\.csv.*\n.*\n.*remède"):
        accepted.read(spoil(text).encode(), b"class,digest,chi2\n", "resources/accepted/tous")
    in_spreadsheet = "\ufeff" + text.replace(",", ";")
    read = accepted.read(in_spreadsheet.encode(), b"class;digest;chi2\n1;ab;3,9\n", "x")
    assert (read.segments.height, read.profiles["chi2"].to_list(), read.run) == (48, [3.9], "r1")
