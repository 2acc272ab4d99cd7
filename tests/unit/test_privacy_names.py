"""Names: what is one, and what is not."""

import pytest

from verbatim.privacy.names import NameFinder, Vocabulary

FORMS = {
    "ADV": "alors sur et de donc hier mais avec chez aujourd'hui",
    "NOUN": "rose pierre claire directeur forme plante cv état bilan monsieur prénom rendez-vous",
    "PRON": "je il elle on la le les un une moi que qui",
    "VERB": "est a parle travaille appelle suis vient dit disait",
}
READINGS = {form: {pos} for pos, forms in FORMS.items() for form in forms.split()}
FINDER = NameFinder(Vocabulary(READINGS), ["Teams", "Pôle emploi", "ERP", "Jitsi Meet"], ["B04", "ENQ"])


def found(text, **entities):
    annotated = []
    for passage, label in entities.items():
        words, start = passage.split("_"), text.index(passage.replace("_", " "))
        for word in words:
            place = text.index(word, start)
            annotated.append((place, place + len(word), "PROPN", label))
    return [(text[start:end], kind) for start, end, kind in FINDER.find(text, sorted(annotated))]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("hier madame Perrot vient", "Perrot"),
        ("Monsieur Le Goff vient", "Le Goff"),
        ("le docteur perrault vient", "perrault"),
        ("M. de La Tour vient", "de La Tour"),
        ("je m'appelle claire et je travaille", "claire"),
        ("Je m'appelle, euh, Jean-Marc Ferrand", "Jean-Marc Ferrand"),
        ("mon prénom c'est rose", "rose"),
        ("un directeur qui s'appelait vauquelin", "vauquelin"),
    ],
)
def test_a_name_after_a_title_or_an_introduction(text, name):
    assert (name, "person") in found(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("il parle à B. et part", "B"),
        ("la B.C.E. travaille", "B.C.E."),
        ("il est chez GX-2 et vient", "GX-2"),
        ("hier avec L et moi", "L"),
    ],
)
def test_initials_and_codes_may_be_names(text, name):
    assert (name, "capital") in found(text)


def test_public_tools_are_known_where_they_are_written_as_names():
    text = "Teams et pôle emploi, ERP, Pôle emploi"
    assert [text[start:end] for start, end in FINDER.known(text)] == ["Teams", "ERP", "Pôle emploi"]


@pytest.mark.parametrize(
    "text",
    [
        "Monsieur le directeur vient, madame la directeur, monsieur X, Mme Y",
        "je m'appelle comment ? ça s'appelle un bilan, ça s'appelle pas",
        "Alors Teams est sur Pôle emploi, et l'ERP, et TEAMS, et Jitsi Meet",
        "Il a [Prénom] et [VILLE 2], [Entreprise_A] chez [nom]",
        "le CV de B04 est chez ENQ. Aujourd'hui. Rendez-vous. « Bilan », XIV",
        "Ben oui. Bah. Hein ? Ouais, Euh, ok. Voilà. A-t-il dit ? Etat, État",
        "je parle à monsieur et à Madame.",
        "la confiance, pour moi, c’est quelqu’un qui est avec moi",
    ],
)
def test_what_is_no_name(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("il parle de Vauquelin et de la plante", "Vauquelin"),
        ("Vauquelin est la", "Vauquelin"),
        ("Alors Bastien Vauquelin est la", "Bastien Vauquelin"),
        ("chez l'Oréal on travaille", "Oréal"),
        ("il travaille chez SNPE", "SNPE"),
        ("avec Jean-Pierre on parle", "Jean-Pierre"),
        ("la [Bastien a dit]", "Bastien"),
        ("chez Charles de Gaulle il", "Charles de Gaulle"),
    ],
)
def test_a_capital_that_the_lexicon_does_not_explain(text, name):
    assert found(text) == [(name, "capital")]


def test_an_entity_counts_whatever_its_label_without_what_is_no_part_of_it():
    assert ("Rose", "entity") in found("hier Rose est la", Rose="MISC")
    assert ("Rose", "person") in found("Alors Rose est la", Alors_Rose="PER")
    assert found("Bah oui", Bah="PER") == []
    assert found("Sur Teams on parle", Sur_Teams="LOC") == []
    assert found("hier Monsieur est la", Monsieur="PER") == []


def test_an_entity_ends_at_a_full_stop():
    text = "chez Rose. Pierre est la"
    annotated = [(5, 9, "PROPN", "PER"), (9, 10, "PUNCT", "PER"), (11, 17, "PROPN", "PER")]
    assert {text[start:end] for start, end, kind in FINDER.find(text, annotated)} == {"Rose", "Pierre"}


def test_vocabulary_knows_capitals_without_accent_typographic_apostrophes_and_compounds():
    vocabulary = Vocabulary(READINGS)
    assert vocabulary.knows("Etat")
    assert vocabulary.knows("Aujourd’hui")
    assert vocabulary.knows("pierre-rose")
    assert not vocabulary.knows("Vauquelin")
