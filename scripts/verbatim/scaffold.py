"""A new study: its settings, commented, and its empty tables, all derived from the declarations."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from typing import Any

from verbatim.settings import expected, resolve

WIDTH = 96


def commented_settings(schema: dict, values: dict) -> str:
    """Return a config.yaml with every key of `schema`: its French description, what it accepts, its value.

    `values` are the values that differ from the defaults; keys that have no default must be there.
    """
    head = [
        "# Réglages de l'étude. Chaque clé est facultative sauf celles de « study » et « analyses » :",
        "# ce qui manque prend sa valeur par défaut. Une clé inconnue arrête tout avant le premier calcul.",
        "",
    ]
    return "\n".join([*head, *_group(schema, schema, values, "")]).rstrip() + "\n"


def _group(schema: dict, root: dict, values: dict, indent: str) -> Iterator[str]:
    for key, inner in schema["properties"].items():
        inner = resolve(inner, root)
        value = values.get(key, inner.get("default"))
        if not indent:
            yield ""
        yield from _comment(inner, indent)
        left_out = value is None and "default" in inner
        if inner.get("properties") and not left_out:
            yield f"{indent}{key}:"
            yield from _group(inner, root, value or {}, indent + "  ")
        elif isinstance(value, dict) and value:
            yield f"{indent}{key}:"
            yield from _plain(value, indent + "  ")
        else:
            yield f"{indent}{key}: {_scalar(value)}"


def _comment(schema: dict, indent: str) -> Iterator[str]:
    text = schema.get("description_fr", "")
    if schema.get("type") != "object" and (accepted := expected(schema)):
        text += f" [{accepted}]"
    yield from textwrap.wrap(text, WIDTH, initial_indent=f"{indent}# ", subsequent_indent=f"{indent}# ")


def _plain(value: dict, indent: str) -> Iterator[str]:
    for key, inner in value.items():
        if isinstance(inner, dict) and inner:
            yield f"{indent}{key}:"
            yield from _plain(inner, indent + "  ")
        else:
            yield f"{indent}{key}: {_scalar(inner)}"


def _scalar(value: Any) -> str:
    if isinstance(value, str) and value and value.replace("_", "").isalpha() and value.lower() not in _WORDS_OF_YAML:
        return value
    return json.dumps(value, ensure_ascii=False)


_WORDS_OF_YAML = {"yes", "no", "true", "false", "null", "on", "off", "y", "n"}

INTERVIEWS_CSV = "interview,file,part,speaker,role,panel\n"

GUIDE_YAML = """\
# Le guide d'entretien : ses questions sont reconnues dans les paroles de l'enquêteur, et chaque tour
# est rattaché à celle qui le précède. Sans guide, supprimez ce fichier.
guides: []
# - id: guide
#   title: Guide d'entretien
#   for: {panel: [premier_groupe]}      # facultatif : à qui ce guide s'adresse
#   questions:
#     - {id: Q1, text: "Pouvez-vous me raconter votre parcours ?"}
"""

GRID_YAML = """\
# La grille d'analyse : thèmes et sous-thèmes. Les codages (resources/codings/<codeur>/) y renvoient
# par leur identifiant.
themes: []
# - id: outils
#   title: Les outils
#   definition: Ce que la personne dit des outils et de son aisance.
#   inclusion: Usages, difficultés, apprentissage.
#   exclusion: Ce que l'outil fait à la relation.
#   example: « je savais même pas où était le micro »
#   cues: [outil, logiciel, connexion]
#   themes: []                          # sous-thèmes, de même forme
"""

HYPOTHESES_YAML = """\
# Les hypothèses, et ce qui parlerait pour ou contre chacune.
hypotheses: []
# - id: asymetrie
#   title: Numérique et asymétrie de la relation
#   for: Ce qui la soutiendrait.
#   against: Ce qui la contredirait.
"""

README = """\
# {title}

Une étude Verbatim. Cinq étapes :

1. Déposez les transcriptions **anonymisées** dans `resources/transcripts/` (.docx, .odt, .txt, .vtt, .srt,
   corpus IRaMuTeQ).
2. Remplissez `resources/interviews.csv` : une ligne par participant (`interview` : un identifiant court,
   `file` : le nom du fichier, `speaker` : son étiquette dans le fichier, puis vos attributs).
3. Réglez `config.yaml` : au moins le titre, la date et les analyses.
4. Lancez, depuis le dossier du programme : `make run STUDY=<ce dossier>`. Au premier passage, la barrière de
   confidentialité s'arrête sur ce qu'elle a repéré : ouvrez `results/private/revue.html`, décidez, téléchargez
   vos décisions, puis `make accept WHAT=privacy STUDY=<ce dossier> FILE=<le fichier>` et relancez.
5. Ouvrez `results/report/rapport.html`.

Ensuite, à votre rythme : `guide.yaml` (questions), `grid.yaml` (grille d'analyse), `codings/<codeur>/*.csv`
(codages), `hypotheses.yaml`, `words/` (corrections de lemmes, expressions, mots outils).

Ne modifiez jamais `results/` : tout y est refait. Ce que vous écrivez est dans `resources/` et `config.yaml`.
Gardez `resources/privacy/study.key` en lieu sûr, hors de tout dépôt public.
"""


def files(schema: dict, title: str, date: str, key: str) -> dict[str, str]:
    """Return path -> text of every file of a new study."""
    values = {"study": {"title": title, "date": date}, "analyses": {"ensemble": {"title": "Ensemble", "select": {}}}}
    return {
        "config.yaml": commented_settings(schema, values),
        "README.md": README.format(title=title),
        "resources/interviews.csv": INTERVIEWS_CSV,
        "resources/guide.yaml": GUIDE_YAML,
        "resources/grid.yaml": GRID_YAML,
        "resources/hypotheses.yaml": HYPOTHESES_YAML,
        "resources/privacy/study.key": key + "\n",
        "resources/transcripts/README.md": "Les transcriptions anonymisées, une par fichier (ou un corpus `****`).\n",
        "resources/codings/README.md": "Un dossier par codeur, ses fichiers .csv : interview,quote,theme,turn,memo.\n",
        ".gitignore": "/results/\n/logs/\n/.snakemake/\n/resources/privacy/study.key\n",
    }
