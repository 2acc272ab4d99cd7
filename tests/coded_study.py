"""A study of two interviews, given out to be coded."""

import polars as pl

from verbatim import anchoring, codings
from verbatim.exchange.coding_documents import Coded, document

SAID = {
    "E01": [
        ("interviewer", "Enq", "Comment vous l'avez vécu, au début ?"),
        ("participant", "B", "Au début j'étais perdue, mais j'ai gagné du temps. Oui. J'ai gagné du temps, voilà."),
        ("interviewer", "Enq", "Et ensuite : seule ?"),
        ("participant", "B", "Seule, oui.\nÀ la maison, [rire] l’écran… « c'est froid » : voilà."),
        ("participant", "C", "Moi j'étais avec d'autres ; on s'aidait 👍 entre nous."),
    ],
    "E02": [
        ("interviewer", "Enq", "Et vous ?"),
        ("participant", "D", "=1+1, c'est ce que je disais : le dossier gagne toujours à être lu."),
    ],
}
TITLES = {"gain_efficacite": "Gain d'efficacité", "isolement": "Isolement", "rituels": "Rituels"}


def turns():
    rows = [
        {"interview": name, "turn": n, "speaker": who, "role": role, "question": None}
        | {"start_s": None, "end_s": None, "text": text}
        for name, own in SAID.items()
        for n, (role, who, text) in enumerate(own, 1)
    ]
    kinds = {"question": pl.String, "start_s": pl.Float64, "end_s": pl.Float64}
    return pl.DataFrame(rows, schema_overrides=kinds)


TURNS = turns()
TEXTS = anchoring.documents(TURNS)
STUDY = codings.StudyText(TITLES, TEXTS)
WORD = {name: document(TURNS.filter(interview=name), Coded("Étude")) for name in SAID}


def read(files, coder="claire"):
    found, problems = [], []
    for name, data in files.items():
        reading = codings.read(data, f"resources/codings/{coder}/{name}", coder, STUDY)
        found += reading.codings
        problems += reading.problems
    return found, problems
