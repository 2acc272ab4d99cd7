import csv
import io
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verbatim import anchoring, grid, tables
from verbatim.anchors import holding
from verbatim.anchors.document import Span, document
from verbatim.problems import StudyError
from verbatim.theme_suggestions import acceptance, decisions, matching, patterns, pointing, proposal, quality
from verbatim.theme_suggestions import sentences as cutting
from verbatim.theme_suggestions.suggesting import suggest

LEMMAS = {
    "suis": "être",
    "coupé": "couper",
    "caméras": "caméra",
    "d'": "de",
    "codes": "code",
    "seule": "seul",
    "j'": "je",
}
GRID = """\
themes:
  - id: lien
    title: Lien
    themes:
      - {id: isolement, title: Isolement, cues: [seul, vide, solitude]}
      - id: coupure
        title: Coupure
        patterns:
          - tokens: [{LEMMA: couper}, {POS: DET, OP: "?"}, {LEMMA: {IN: [caméra, micro]}}]
  - {id: acces, title: Accès, cues: ["code d’accès", porte]}
  - {id: muet, title: Muet}
"""
SAID = {
    1: "Je suis Seule ici le soir. Le couloir est vide et elle est seule. J'ai coupé les caméras du bureau.",
    2: "Il faut deux codes d’accès pour la porte. On a coupé hier toutes les caméras. La porte est seule ce soir.",
}


def tokens_of(turns, interview="A"):
    rows = []
    for turn, text in turns.items():
        place = 0
        for number, word in enumerate(text.replace("’", "'").replace("'", "' ").replace(".", " .").split(), 1):
            place = text.replace("’", "'").index(word, place)
            pos = "PUNCT" if word == "." else "DET" if word in ("les", "la", "le") else "NOUN"
            form = text[place : place + len(word)]
            row = (
                interview,
                turn,
                number,
                place,
                place + len(word),
                form,
                LEMMAS.get(word.lower(), word.lower()),
                pos,
                "active",
            )
            rows.append(row)
            place += len(word)
    names = ("interview", "turn", "token", "start", "end", "form", "lemma", "pos", "status")
    kinds = dict.fromkeys(names, pl.String) | dict.fromkeys(names[1:5], pl.Int64)
    return pl.DataFrame(rows, schema=kinds, orient="row")


def turns_of(said, interview="A"):
    empty = {"speaker": interview, "role": "participant", "question": None, "start_s": None, "end_s": None}
    return pl.DataFrame(
        [{"interview": interview, "turn": t, **empty, "text": text} for t, text in said.items()],
        schema_overrides=dict.fromkeys(("question",), pl.String) | dict.fromkeys(("start_s", "end_s"), pl.Float64),
    )


def coded(*rows):
    base = {"coder": "x", "origin": "human", "anchor": "intact", "memo": None, "hypothesis": None, "stance": None}
    found = [
        {"coding": f"c{i}", "interview": "A", "turn": t, "start": a, "end": b, "quote": "q", "theme": theme, **base}
        for i, (theme, t, a, b) in enumerate(rows)
    ]
    return pl.DataFrame([{**row, "set_aside": None} for row in found], schema=anchoring.CODINGS)


def made(codings=None, decided=(), least=1, said=SAID, text=GRID):
    codings = coded() if codings is None else codings
    found = suggest(turns_of(said), tokens_of(said), codings, grid.read(text), list(decided), least)
    tables.check("themes/suggestion_quality", found.quality)
    tables.check("themes/suggestion_curve", found.curve)
    tables.check("themes/cues", found.cues)
    return found, tables.check("themes/suggestions", found.suggestions)


def shown(suggestions):
    return sorted(suggestions.select("theme", "turn", "cues", "n_cues", "state").rows())


def test_cues_and_patterns_are_found_by_their_lemmas_and_shown_as_they_were_said():
    _, found = made()
    assert shown(found) == [
        ("acces", 2, "codes d’accès · porte", 2, "new"),
        ("acces", 2, "porte", 1, "new"),
        ("coupure", 1, "coupé les caméras", 1, "new"),
        ("isolement", 1, "Seule", 1, "new"),
        ("isolement", 1, "vide · seule", 2, "new"),
        ("isolement", 2, "seule", 1, "new"),
    ]
    assert all(SAID[row["turn"]][row["start"] : row["end"]] == row["quote"] for row in found.to_dicts())


def test_more_cues_may_be_asked_for_and_a_pattern_is_always_enough():
    _, found = made(least=2)
    assert {(row["theme"], row["cues"]) for row in found.to_dicts()} == {
        ("acces", "codes d’accès · porte"),
        ("coupure", "coupé les caméras"),
        ("isolement", "vide · seule"),
    }
    alone = GRID.replace("cues: [seul, vide, solitude]", "cues: [solitude, seul]").replace(", porte]", "]")
    # a theme with one cue cannot hold two
    assert {row["theme"] for row in made(least=2, text=alone)[1].to_dicts()} == {"acces", "coupure"}


def test_a_grid_without_cues_and_a_corpus_without_words_suggest_nothing():
    assert made(text="themes: [{id: muet, title: Muet}]\n")[1].is_empty()
    assert made(said={1: ""})[1].is_empty()


@given(st.lists(st.sampled_from(["seul", "vide", "porte", "table", "code", "d'", "accès", "couper", "micro", "la"])))
@settings(deadline=None, max_examples=60)
def test_cues_are_found_where_a_plain_search_finds_them(words):
    rows = [("A", 1, i, i * 9, i * 9 + len(w), w, LEMMAS.get(w, w), "NOUN") for i, w in enumerate(words)]
    names = ("interview", "turn", "token", "start", "end", "form", "lemma", "pos")
    frame = pl.DataFrame(
        rows, schema=dict.fromkeys(names, pl.String) | dict.fromkeys(names[1:5], pl.Int64), orient="row"
    )
    cut = pl.DataFrame({"first": [0], "last": [len(words) - 1]}) if words else pl.DataFrame({"first": [], "last": []})
    known, found = matching.find(cut, frame, grid.read(GRID).themes)
    said = {(known[one.clue].name, one.tokens) for one in found if known[one.clue].pattern is None}
    assert said == {
        *((w, (i,)) for i, w in enumerate(words) if w in ("seul", "vide", "porte")),
        *(
            ("code d'accès", (i, i + 1, i + 2))
            for i in range(len(words) - 2)
            if words[i : i + 3] == ["code", "d'", "accès"]
        ),
    }


def test_a_dependency_pattern_finds_words_apart_and_only_their_relation():
    text = """\
themes:
  - id: coupure
    title: Coupure
    patterns:
      - dependencies:
          - {RIGHT_ID: v, RIGHT_ATTRS: {LEMMA: couper}}
          - {LEFT_ID: v, REL_OP: ">", RIGHT_ID: o, RIGHT_ATTRS: {LEMMA: caméra, DEP: obj}}
"""
    said = {1: "On a coupé hier toutes les caméras.", 2: "Devant les caméras du hall il a coupé le son."}
    assert shown(made(text=text, said=said)[1]) == [("coupure", 1, "coupé · caméras", 1, "new")]


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("tokens: [{LEMMA: couper, FOO: 1}]", "« FOO » inconnu"),
        ("tokens: [{LEMME: couper}]", "vouliez-vous « LEMMA »"),
        ("tokens: [{POS: VERBE}]", "catégorie « VERBE » inconnue"),
        ("tokens: [{LEMMA: Couper}]", "écrivez « couper »"),
        ("tokens: [{LEMMA: couper, OP: z}]", "refusé par Matcher"),
        ('tokens: [{LEMMA: {REGEX: "("}}]', "refusé par Matcher"),
        ("tokens: [{LEMMA: {AN: [x]}}]", "refusé par Matcher"),
        ("dependencies: [{RIGHT_ID: v, RIGHT_ATTRS: {POS: VERB}}]", "sans lemme"),
        (
            "dependencies: [{RIGHT_ID: v, RIGHT_ATTRS: {LEMMA: x}}, {RIGHT_ID: o, RIGHT_ATTRS: {}}]",
            "manque « LEFT_ID »",
        ),
        (
            "dependencies: [{RIGHT_ID: v, RIGHT_ATTRS: {LEMMA: x}}, "
            '{LEFT_ID: v, REL_OP: ">>>>", RIGHT_ID: o, RIGHT_ATTRS: {}}]',
            "refusé par DependencyMatcher",
        ),
    ],
)
def test_a_pattern_that_cannot_be_found_is_told_with_its_line(pattern, said):
    themes = grid.themes(f"themes:\n  - id: un\n    title: Un\n    patterns:\n      - {pattern}\n")
    problems = patterns.faults(themes, matching._vocab())
    assert problems
    assert all(problem.place.endswith("ligne 5") for problem in problems)
    assert any(said in " ".join([problem.what, problem.mend]) for problem in problems)


def test_quality_is_counted_sentence_by_sentence_over_the_theme_and_those_below():
    one, other = SAID[1].index("vide"), SAID[2].index("hier")
    codings = coded(("isolement", 1, one, one + 4), ("coupure", 2, other, other + 4), ("lien", 2, 0, 2))
    found, suggestions = made(codings)
    rows = {row["theme"]: row for row in found.quality.to_dicts()}
    # theme: suggested, coded, both, as one counts them by eye
    by_eye = {"isolement": (3, 1, 1), "coupure": (1, 1, 0), "acces": (2, 0, 0)}
    assert {t: (r["n_suggested"], r["n_coded"], r["n_both"]) for t, r in rows.items()} == by_eye
    assert Fraction(rows["isolement"]["precision"]).limit_denominator(99) == Fraction(1, 3)
    assert (rows["acces"]["recall"], rows["acces"]["recall_low"]) == (None, None)
    assert rows["isolement"]["precision_low"] < 1 / 3 < rows["isolement"]["precision_high"]
    assert suggestions.filter(pl.col("state") == "coded")["cues"].to_list() == ["vide · seule"]
    chosen = found.curve.filter("chosen").row(0, named=True)
    assert [chosen[n] for n in ("n_suggested", "n_coded", "n_both")] == [
        sum(c) for c in zip(*by_eye.values(), strict=True)
    ]
    cues = {
        (row["theme"], row["cue"]): (row["n_sentences"], row["n_read"], row["n_both"]) for row in found.cues.to_dicts()
    }
    assert cues["isolement", "seul"] == (3, 3, 1)
    assert cues["isolement", "solitude"] == (0, 0, 0)


def test_what_is_suggested_lost_or_set_aside_is_no_human_coding():
    place = SAID[1].index("vide")
    codings = coded(("isolement", 1, place, place + 4))
    for change in ({"origin": "suggested"}, {"set_aside": "doublon"}):
        changed = codings.with_columns(pl.lit(value).alias(name) for name, value in change.items())
        assert made(changed)[0].quality["n_coded"].sum() == 0
        assert pointing.coded_interviews(changed) == []


def decided(text, row, accepted=False):
    held = holding(document({1: text}), Span(1, row["start"], row["end"]))
    return decisions.Decision("f, ligne 2", "s", "A", held, row["theme"], accepted, "claire")


TALK = "Hier on parlait du bureau. Je suis seule ici tous les soirs. Après on a mangé dans la cour avec les autres. "
EDITS = st.lists(
    st.tuples(
        st.integers(0, len(TALK)), st.sampled_from(["", " euh", " le jardin", " Bon.", " vide"]), st.integers(0, 9)
    ),
    max_size=4,
)


@given(EDITS, st.booleans())
@settings(deadline=None, max_examples=80)
def test_a_refused_suggestion_never_comes_back_when_its_surroundings_change(edits, moved):
    row = next(r for r in made(said={1: TALK})[1].to_dicts() if r["cues"] == "seule")
    low, high = row["start"], row["end"]
    text = TALK
    for at, new, gone in sorted(edits, reverse=True):
        # everything may change but the words decided
        at, gone = (at, min(gone, low - at)) if at <= low else (max(at, high), gone)
        if at == low and new:
            continue
        text = text[:at] + new + text[at + gone :]
    said = {1: "Un tour de plus ici.", 2: text} if moved else {1: text}
    found = made(decided=[decided(TALK, row)], said=said)[1]
    again = found.filter(
        (pl.col("theme") == "isolement") & pl.col("quote").str.contains("Je suis seule ici tous les soirs")
    )
    assert set(again["state"]) <= {"rejected"}


def test_a_refused_suggestion_stays_refused_when_its_own_words_are_corrected():
    row = next(r for r in made(said={1: TALK})[1].to_dicts() if r["cues"] == "seule")
    text = TALK.replace("Je suis seule ici tous les soirs", "Moi je suis seule là tous les soirs")
    found = made(decided=[decided(TALK, row)], said={1: text})[1]
    assert shown(found.filter(pl.col("cues") == "seule")) == [("isolement", 1, "seule", 1, "rejected")]


def test_a_decision_follows_its_theme_and_a_refusal_goes_before_an_acceptance():
    row = next(r for r in made()[1].to_dicts() if r["cues"] == "Seule")
    renamed = GRID.replace("id: isolement", "id: seuls, was: [isolement]")
    states = {r["cues"]: r["state"] for r in made(decided=[decided(SAID[1], row)], text=renamed)[1].to_dicts()}
    assert (states["Seule"], states["vide · seule"]) == ("rejected", "new")
    both = [decided(SAID[1], row, accepted=True), decided(SAID[1], row)]
    assert {r["state"] for r in made(decided=both)[1].to_dicts() if r["cues"] == "Seule"} == {"rejected"}
    assert {r["state"] for r in made(decided=both[:1])[1].to_dicts() if r["cues"] == "Seule"} == {"accepted"}


def study(tmp_path, change):
    """Write a study with a proposal that `change` (a function of each row) completes."""
    _, found = made()
    whole = anchoring.documents(turns_of(SAID))
    text = proposal.to_csv(found, grid.read(GRID).titles, whole, [])
    rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff")), delimiter=";"))
    for row in rows:
        change(row)
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    for place, words in ((acceptance.PROPOSAL, out.getvalue()), (acceptance.GRID, GRID)):
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text(words, encoding="utf-8")
    tables.write("corpus/turns", turns_of(SAID), tmp_path / acceptance.TURNS)
    return tmp_path


def answer(row):
    choices = {"vide · seule": "oui", "seule": "non"}
    row["decision"] = choices.get(row["cues"], "")
    row["coder"] = "claire" if row["decision"] == "oui" else ""


def test_decisions_are_kept_with_what_holds_them_and_become_codings(tmp_path):
    folder = study(tmp_path, answer)
    said = acceptance.accept(folder)
    assert "1 acceptée" in said
    assert "1 refusée" in said
    data = (folder / decisions.PLACE).read_bytes()
    reading = decisions.read(data, decisions.PLACE)
    assert not reading.problems
    (coding,) = reading.codings
    assert (coding.origin, coding.coder, coding.theme, coding.turn) == ("suggested", "claire", "isolement", 1)
    assert coding.quote == "Le couloir est vide et elle est seule."
    assert (coding.before, coding.after) != ("", "")
    found = made(decided=decisions.rows(data)[0])[1]
    assert {row["cues"]: row["state"] for row in found.to_dicts() if row["theme"] == "isolement"} == {
        **{"Seule": "new", "vide · seule": "accepted", "seule": "rejected"}
    }
    assert "2 décidées déjà" in acceptance.accept(folder)
    assert (folder / decisions.PLACE).read_bytes() == data


def test_what_stands_in_the_file_of_decisions_stays_letter_for_letter(tmp_path):
    folder = study(tmp_path, answer)
    standing = b'theme,decision,quote,interview,turn,note\r\nlien,non,"a, b",A,1,d\xc3\xa9j\xc3\xa0\r\n'
    (folder / decisions.PLACE).parent.mkdir(parents=True)
    (folder / decisions.PLACE).write_bytes(standing)
    acceptance.accept(folder)
    kept, problems = decisions.rows((folder / decisions.PLACE).read_bytes())
    assert not problems
    assert [(one.theme, one.note) for one in kept] == [("lien", "déjà"), ("isolement", ""), ("isolement", "")]
    assert kept[0].held.quote == "a, b"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"decision": "oui"}, "une suggestion acceptée sans codeur"),
        ({"decision": "peut-être"}, "« decision » vaut"),
        ({"decision": "non", "quote": "des mots que personne ne dit"}, "ne sont pas au tour"),
        ({"decision": "non", "theme": "isolemant"}, "vouliez-vous « isolement »"),
        ({"decision": "non", "turn": "x"}, "ne sont pas au tour"),
        ({"decision": "non", "interview": "Z"}, "ne sont pas au tour"),
    ],
)
def test_a_faulty_row_is_told_and_nothing_is_kept(tmp_path, change, said):
    folder = study(tmp_path, lambda row: row.update(change) if row["cues"] == "Seule" else answer(row))
    with pytest.raises(StudyError, match=said):
        acceptance.accept(folder)
    assert not (folder / decisions.PLACE).exists()


def test_two_decisions_that_contradict_each_other_are_told(tmp_path):
    folder = study(tmp_path, answer)
    acceptance.accept(folder)
    study(tmp_path, lambda row: row.update(decision="non" if row["cues"] == "vide · seule" else ""))
    with pytest.raises(StudyError, match="déjà décidée autrement"):
        acceptance.accept(folder)


@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 9))),
    st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 9))),
)
def test_quality_equals_a_plain_count(suggested, human):
    frames = [
        pl.DataFrame(sorted(set(p)), schema={"theme": pl.String, "row": pl.Int64}, orient="row")
        for p in (suggested, human)
    ]
    rows = [0, 1, 2, 3, 5, 8]
    found = quality.by_theme(*frames, rows, ["a", "b"])
    for row in found.to_dicts():
        own, truth = ({r for t, r in pairs if t == row["theme"] and r in rows} for pairs in (suggested, human))
        assert (row["n_suggested"], row["n_coded"], row["n_both"]) == (len(own), len(truth), len(own & truth))
        assert row["precision"] == (pytest.approx(len(own & truth) / len(own)) if own else None)
        assert row["recall"] == (pytest.approx(len(own & truth) / len(truth)) if truth else None)


def test_sentences_of_a_study_are_those_of_its_turns():
    cut = cutting.cut(turns_of(SAID), tokens_of(SAID))
    assert cut.group_by("turn").len().sort("turn").rows() == [(1, 3), (2, 3)]
