"""From bytes to text: UTF-8 whenever the bytes allow it, else the likeliest of the old encodings."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from verbatim.problems import Problem, StudyError

MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
OLD = {"cp1252": "Windows-1252", "mac_roman": "MacRoman", "cp850": "DOS (cp850)"}
FRENCH = set("éèàùâêîôûëïüçœæÉÈÀÙÂÊÎÔÛËÏÜÇŒÆ«»’‘“”…–—°€·\u00a0")
MISREAD = re.compile("Ã[©¨ª§´»¯®¢ ]|â€[™œ“”¦]")
# not U+0015, with which CHAT marks times
CONTROLS = re.compile("[\x00-\x08\x0e-\x14\x16-\x1a\x1c-\x1f]")


def decode(data: bytes, place: str) -> tuple[str, list[str]]:
    """Return the text of `data` (its byte order mark included, if any) and what had to be guessed.

    `place` is the file's name for messages. Raises StudyError when the bytes are no text.
    """
    for mark, codec, name in MARKS:
        if data.startswith(mark):
            return _strict(data, codec, name, place), []
    codec = _unmarked_utf16(data)
    if codec:
        return _strict(data, codec, "UTF-16", place), ["encodage deviné : UTF-16 sans marque d'ordre"]
    try:
        text, notes = data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        text, notes = _old(data, place, error.start)
    if len(CONTROLS.findall(text)) > 1 + len(text) // 200:
        raise StudyError(_hopeless(place, "ce n'est pas du texte"))
    if "\ufffd" in text:
        notes.append(f"{text.count(chr(0xFFFD))} caractère(s) déjà perdus dans le fichier (�)")
    if len(MISREAD.findall(text)) >= 3:
        notes.append("des accents semblent abîmés (« Ã© » pour « é ») : le fichier a été mal converti avant l'étude")
    return text, notes


def _strict(data: bytes, codec: str, name: str, place: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        problem = _hopeless(place, f"annoncé en {name}, illisible à l'octet {error.start}")
        raise StudyError(problem) from error


def _unmarked_utf16(data: bytes) -> str | None:
    sample = data[:4000]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = max(1, len(sample) // 2)
    if len(data) % 2 == 0 and max(even, odd) > 0.7 * half and min(even, odd) < 0.05 * half:
        return "utf-16-le" if odd > even else "utf-16-be"
    return None


def _old(data: bytes, place: str, first: int) -> tuple[str, list[str]]:
    readings = []
    for rank, codec in enumerate(OLD):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        strange = sum(c not in FRENCH for c in text if ord(c) > 127)
        readings.append((strange, rank, codec, text))
    share = sum(byte > 127 for byte in data)
    if readings and min(readings)[0] <= 0.2 * share:
        _, _, codec, text = min(readings)
        return text, [f"encodage deviné : {OLD[codec]} (le fichier n'est pas en UTF-8)"]
    best = from_bytes(data).best()
    if best is None or best.percent_chaos > 20:
        raise StudyError(_hopeless(place, f"encodage non reconnu (premier octet étranger à l'UTF-8 : {first})"))
    return data.decode(best.encoding), [f"encodage deviné : {best.encoding} (le fichier n'est pas en UTF-8)"]


def _hopeless(place: str, what: str) -> Problem:
    return Problem(place, what, "du texte en UTF-8", "ouvrez-le dans votre éditeur et enregistrez-le en UTF-8")
