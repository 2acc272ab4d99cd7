"""The language model's part: offsets, noise, independence of interviews, the cache, the figures on gold."""

import itertools

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from places import SHARED
from verbatim import annotation, annotation_cache, gold, lemmas, tokens, wordlists
from verbatim.noise import NOISE, is_noise

SPOKEN = [
    "UD_French-Rhapsodie/fr_rhapsodie-ud-dev.conllu",
    "UD_French-ParisStories/fr_parisstories-ud-dev.conllu",
]
ODD = [
    "l’",
    "c'est-",
    "pa- ",
    "[rire]",
    "(..)",
    " xxx ",
    "œ",
    "-moi",
    "…",
    "«",
    "\u00a0",
    "\n",
    "😀",
    "שלום",
    "[",
    "(",
    "14h30",
]


@pytest.fixture(scope="session")
def nlp():
    return annotation.load(wordlists.kept_forms())


def turns_of(**texts):
    rows = [(name, number, text) for name, said in texts.items() for number, text in enumerate(said, 1)]
    return pl.DataFrame(rows, schema=["interview", "turn", "text"], orient="row")


def forms(nlp, text):
    return [text[start:end] for start, end, *_ in next(annotation.annotate(nlp, [text]))]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    parts=st.lists(st.one_of(st.sampled_from(ODD), st.text(max_size=8), st.sampled_from(["dis", "du coup", "en fait"])))
)
def test_a_turn_is_rebuilt_from_its_tokens(nlp, parts):
    text = "".join(parts)
    turns = turns_of(E01=[text])
    table = tokens.make(
        turns,
        annotation_cache.frame(nlp, turns),
        annotation_cache.frame(nlp, turns).clear(),
        wordlists.load(),
        ["NOUN"],
    )
    rebuilt, position = "", 0
    for start, end, form in table.select("start", "end", "form").iter_rows():
        assert start >= position
        assert not text[position:start].strip()
        assert form == text[start:end]
        rebuilt += text[position:start] + form
        position = end
    assert not text[position:].strip()
    assert rebuilt + text[position:] == text
    assert table["token"].to_list() == list(range(1, table.height + 1))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("c’est-à-dire qu’aujourd’hui", ["c’est-à-dire", "qu’", "aujourd’hui"]),
        ("le rond-point, ce week-end", ["le", "rond-point", ",", "ce", "week-end"]),
        ("dis-moi, as-tu vu ? vas-y", ["dis", "-moi", ",", "as", "-tu", "vu", "?", "vas", "-y"]),
        ("t'sais y'a l'p'tit", ["t'", "sais", "y'", "a", "l'", "p'tit"]),
        ("je pa- parle [rire fort] (..) xxx", ["je", "pa-", "parle", "[rire fort]", "(..)", "xxx"]),
        ("donne-m'en, dites-le-moi", ["donne", "-m'", "en", ",", "dites", "-le", "-moi"]),
        ("qu'est-ce que c'est", ["qu'", "est", "-ce", "que", "c'", "est"]),
        ("à la DRH, 3,5 km à 14h30", ["à", "la", "DRH", ",", "3,5", "km", "à", "14h30"]),
    ],
)
def test_words_are_cut_as_speech_asks(nlp, text, expected):
    assert forms(nlp, text) == expected


@pytest.mark.parametrize("form", ["[rire]", "[PERSONNE 1]", "(..)", "(…)", "(rires)", "pa-", "j~", "xxx", "XX", "BIP"])
def test_noise(form):
    assert is_noise(form)
    assert NOISE.fullmatch(form)


@pytest.mark.parametrize("form", ["rond-point", "bip", "t-shirt", "-moi", "(enfin", "x", "peut-être", "c'est-à-dire"])
def test_words_are_no_noise(form):
    assert not is_noise(form)


def test_interviews_are_annotated_by_themselves(nlp):
    said = {
        "E01": ["Alors euh moi je trouve que la visio, bon.", "Et du coup on s'est adaptés."],
        "E02": ["Chez nous, à Lyon, Madame Martin faisait les bilans."] * 5,
        "E03": ["Je sais pas, j'ai jamais compris ce logiciel."],
    }
    together = annotation_cache.frame(nlp, turns_of(**said))
    for name, texts in said.items():
        alone = annotation_cache.frame(nlp, turns_of(**{name: texts}))
        assert alone.equals(together.filter(pl.col("interview") == name))


def test_entities_are_kept(nlp):
    found = annotation_cache.frame(nlp, turns_of(E01=["Ensuite je suis parti à Marseille avec Ghislaine Perrot."]))
    assert {"Marseille", "Ghislaine", "Perrot"} <= set(found.filter(pl.col("entity").is_not_null())["form"])


def test_a_kept_annotation_is_read_and_an_old_one_forgotten(nlp, tmp_path):
    first = turns_of(E1=["Bonjour à tous."], **{"E1-b": ["Un autre entretien."]})
    made = annotation_cache.annotate(first, tmp_path, load=lambda: nlp)
    kept = {path.name for path in tmp_path.iterdir()}
    assert len(kept) == 2

    def never():
        raise AssertionError("the model was loaded for nothing")

    assert annotation_cache.annotate(first, tmp_path, load=never).equals(made)
    corrected = turns_of(E1=["Bonjour à toutes."], **{"E1-b": ["Un autre entretien."]})
    again = annotation_cache.annotate(corrected, tmp_path, load=lambda: nlp)
    now = {path.name for path in tmp_path.iterdir()}
    assert len(now) == 2
    assert len(now & kept) == 1
    assert again.filter(pl.col("interview") == "E1-b").equals(made.filter(pl.col("interview") == "E1-b"))
    annotation_cache.annotate(turns_of(E1=["Masqué."]), tmp_path, "masked-", load=lambda: nlp)
    assert now < {path.name for path in tmp_path.iterdir()}


def test_a_damaged_file_is_made_again(nlp, tmp_path):
    turns = turns_of(E1=["Bonjour à tous."])
    made = annotation_cache.annotate(turns, tmp_path, load=lambda: nlp)
    (path,) = tmp_path.iterdir()
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert annotation_cache.annotate(turns, tmp_path, load=lambda: nlp).equals(made)
    assert path.read_bytes() == whole


def test_shards_share_all_interviews_out():
    turns = turns_of(**{f"E{number:02}": ["Oui."] for number in range(30)})
    shards = [annotation_cache.of_shard(turns, shard, 3) for shard in range(3)]
    assert pl.concat(shards).sort("interview").equals(turns.sort("interview"))
    assert all(shard.height for shard in shards)
    fewer = annotation_cache.of_shard(turns.head(10), 1, 3)["interview"].to_list()
    assert fewer == [name for name in shards[1]["interview"] if name < "E10"]


def test_only_turns_that_masking_changed():
    raw = turns_of(E1=["Bonjour Paul.", "Oui."], E2=["Non."])
    masked = turns_of(E1=["Bonjour [prénom].", "Oui."], E2=["Non."])
    assert annotation_cache.changed(raw, masked).rows() == [("E1", 1, "Bonjour [prénom].")]


def test_a_text_without_words(nlp):
    assert forms(nlp, "[silence]") == ["[silence]"]
    assert forms(nlp, " \n ") == []


def test_figures_on_speech_annotated_by_hand(nlp):
    paths = [SHARED / "corpora" / name for name in SPOKEN]
    if not all(path.is_file() for path in paths):
        pytest.skip("les textes annotés à la main (../shared/corpora) ne sont pas là")
    sentences = list(itertools.chain(*(gold.read(path.read_text(encoding="utf-8")) for path in paths)))
    lists = wordlists.load()
    for units, floor in ((sentences, 96.0), (gold.without_punctuation(sentences), 95.5)):
        found = lemmas.settle(gold.annotate_words(nlp, units), lists)
        true = gold.truth(units).sort("interview", "turn", "token")
        assert true["form"].equals(found["form"])
        assert gold.compare_words(true, found)[0].value >= floor
