"""A small study with hard characters, and projects of other programs made of it."""

import uuid
from xml.sax.saxutils import escape, quoteattr

import polars as pl

from verbatim.anchors import document
from verbatim.codings import StudyText
from verbatim.exchange import zip_files
from verbatim.exchange.refi_qda.writing import Study
from verbatim.grid import Theme

TURNS = {
    "A01": [
        ("ENQ", "Vous avez œuvré 😀 combien d'années à l'usine, en tout ?"),
        ("A01", "Depuis l'été 𝄞 dernier, je travaille à l'atelier & j'aime ça, « vraiment ». Oui. Après, oui."),
        ("ENQ", "Et puis ?"),
        ("A01", "Et puis rien : l'atelier a fermé en décembre, on n'a rien dit à personne, même pas aux voisins."),
    ],
    "B02": [
        ("ENQ", "Parlez-moi du champ, des bêtes et de la journée."),
        ("B02", "On se lève à cinq heures, on traît, et le soir 🐄 on recommence, c'est toute une vie pour nous."),
    ],
}
THEMES = [
    Theme("metier", "Le métier", "", 0, definition="Ce que l'on fait.", inclusion="Gestes.", exclusion="Horaires."),
    Theme("plaisir", "Plaisir d'être à l'œuvre", "metier", 1, definition="Aimer.", example="« j'aime ça »"),
    Theme("fermeture", "Fermeture", "", 0, cues=("fermer",), hypotheses=("declin",)),
]
HYPOTHESES = [
    {"id": "declin", "title": "Déclin", "statement": "L'atelier meurt.", "for": "Il ferme.", "themes": ["fermeture"]}
]
COLUMNS = ("coding", "interview", "turn", "quote", "theme", "coder", "anchor", "memo", "hypothesis", "stance")


def turns():
    rows = [
        (interview, n, speaker, "interviewer" if speaker == "ENQ" else "participant", None, None, None, text)
        for interview, said in TURNS.items()
        for n, (speaker, text) in enumerate(said, 1)
    ]
    names = ("interview", "turn", "speaker", "role", "question", "start_s", "end_s", "text")
    kinds = (pl.String, pl.Int64, *(pl.String,) * 3, pl.Float64, pl.Float64, pl.String)
    return pl.DataFrame(rows, schema=dict(zip(names, kinds, strict=True)), orient="row")


def interviews():
    about = {"panel": ["x", None], "age": ["34", "51"], "taille": ["1,5", "2"], "code": ["01", "2"]}
    counts = {"n_turns": [4, 2], "n_words": [9, 9], "n_words_interviewer": [1, 1], "known_share": [1.0, 1.0]}
    return pl.DataFrame({"interview": ["A01", "B02"], **counts, **about, "jour": ["2021-03-04", "2021-03-05"]})


def codings(rows=None):
    rows = rows or [
        (
            "c1",
            "A01",
            2,
            "je travaille à l'atelier & j'aime ça",
            "plaisir",
            "marie",
            "intact",
            "Ému\nvraiment",
            None,
            None,
        ),
        ("c2", "A01", 4, "l'atelier a fermé en décembre", "fermeture", "marie", "intact", "Fin", "declin", "for"),
        ("c3", "A01", 4, "l'atelier a fermé en décembre", "fermeture", "paul", "doubtful", None, "declin", "nuance"),
        ("c4", "B02", 2, "et le soir 🐄 on recommence", "metier", "paul", "intact", None, None, None),
        ("c5", "B02", 2, "plus personne ne le dit", "metier", "paul", "lost", "Perdu ?", None, None),
        ("c6", "B02", 2, "toute une vie", "metier", "paul", "intact", None, None, None),
    ]
    found = []
    for row in rows:
        cells = dict(zip(COLUMNS, row, strict=True))
        text = TURNS[cells["interview"]][cells["turn"] - 1][1]
        start = text.find(cells["quote"]) if cells["anchor"] != "lost" else None
        end = None if start is None else start + len(cells["quote"])
        found.append({**cells, "start": start, "end": end, "origin": "human", "set_aside": None})
    texts = dict.fromkeys((*COLUMNS, "origin", "set_aside"), pl.String)
    return pl.DataFrame(found, schema=texts | dict.fromkeys(("turn", "start", "end"), pl.Int64))


def study(**other):
    given = {"turns": turns(), "interviews": interviews(), "codings": codings(), "themes": THEMES}
    about = {"hypotheses": HYPOTHESES, "title": "Étude & co", "date": "2022-06-30", "palette": ["#0072B2", "#E69F00"]}
    return Study(**{**given, **about, **other})


def study_text():
    documents = {
        interview: document({n: text for n, (_, text) in enumerate(said, 1)}) for interview, said in TURNS.items()
    }
    return StudyText({theme.id: theme.title for theme in THEMES}, documents)


def plain(interview="A01", ending="\n"):
    """The text of an interview as a transcriber typed it."""
    return "".join(f"{speaker} : {text}{ending}" for speaker, text in TURNS[interview])


def new(name):
    return str(uuid.uuid5(uuid.NAMESPACE_URL, name)).upper()


CODES = (
    '<Code guid="{}" name="Plaisir d’être à l’oeuvre" isCodable="true"/>'
    '<Code guid="{}" name="FERMETURE" isCodable="true"/>'
)


def qde(sources, codes=None, users=("Marie",), notes="", more="", origin="Outil 1.0"):
    codes = CODES.format(new("plaisir"), new("fermeture")) if codes is None else codes
    who = "".join(f'<User guid="{new(user)}" name={quoteattr(user)}/>' for user in users)
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<Project name="p" origin={quoteattr(origin)} '
        f'xmlns="urn:QDA-XML:project:1.0"><Users>{who}</Users><CodeBook><Codes>{codes}</Codes></CodeBook>\n'
        f"<Sources>{sources}</Sources>{notes}{more}</Project>"
    )


def selection(start, end, code="plaisir", user="Marie", words="", inside="", name="s"):
    own = new(f"{name}{start}{end}{code}{user}")
    coding = f'<Coding guid="{new(own)}" creatingUser="{new(user)}"><CodeRef targetGUID="{new(code)}"/></Coding>'
    return (
        f'<PlainTextSelection guid="{own}" name={quoteattr(words)} startPosition="{start}" endPosition="{end}">'
        f"{inside}{coding}</PlainTextSelection>\n"
    )


def source(inner, name="A01.txt", path="internal://a.txt", content=None, guid="src"):
    held = f"<PlainTextContent>{escape(content)}</PlainTextContent>" if content is not None else ""
    where = f"plainTextPath={quoteattr(path)}" if content is None else ""
    return f'<TextSource guid="{new(guid)}" name={quoteattr(name)} {where}>{held}{inner}</TextSource>'


def qdpx(xml, files=None, name="project.qde"):
    return zip_files.pack({name: xml.encode(), **(files or {})})
