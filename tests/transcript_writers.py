"""Turns written in every format in which transcripts come: (file name, bytes)."""

import io
import json
from html import escape

import docx
import odfdo
import polars as pl

from verbatim.exchange import texts


def as_text(turns):
    return "e.txt", "\r\n\r\n".join(f"{speaker} : {text}" for speaker, text in turns).encode("utf-8-sig")


def as_old_text(turns):
    return "e.txt", "\n".join(f"{speaker}: {text}" for speaker, text in turns).encode("utf-16")


def as_starred(turns):
    return "e.txt", ("**** *ind_1\n" + "\n".join(f"{speaker}: {text}" for speaker, text in turns)).encode()


def as_word(turns):
    document = docx.Document()
    for speaker, text in turns:
        document.add_paragraph().add_run(f"[{speaker}] (0:01 - 0:02)").bold = True
        document.add_paragraph(text)
    return "e.docx", saved(document)


def as_table(turns):
    document = docx.Document()
    table = document.add_table(rows=0, cols=2)
    for row in turns:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    return "e.docx", saved(document)


def as_open_document(turns):
    document = odfdo.Document("text")
    document.body.clear()
    for speaker, text in turns:
        document.body.append(odfdo.Paragraph(f"{speaker} : {text}"))
    return "e.odt", saved(document)


def as_voices(turns):
    cues = [f"00:{i:02d}.000 --> 00:{i:02d}.900\n<v {speaker}>{text}</v>\n" for i, (speaker, text) in enumerate(turns)]
    return "e.vtt", "\n".join(["WEBVTT\n", *cues]).encode()


def as_subtitles(turns):
    cues = [f"{i}\n00:00:{i:02d},000 --> 00:00:{i:02d},900\n{s}: {text}\n" for i, (s, text) in enumerate(turns, 1)]
    return "e.srt", "\n".join(cues).encode()


def saved(document):
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def times(turns):
    return [(speaker, text, 2.0 * i, 2.0 * i + 1.5) for i, (speaker, text) in enumerate(turns)]


def as_rich_text(turns):
    written = "\\par\n".join(f"\\b {speaker} :\\b0  {text}" for speaker, text in turns)
    codes = "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in written)
    return "e.rtf", ("{\\rtf1\\ansi\\ansicpg1252 " + codes + "}").encode("ascii")


def as_page(turns):
    rows = "".join(f"<p><b>{speaker} :</b> {escape(text)}</p>\n" for speaker, text in turns)
    return "e.html", f"<!DOCTYPE html><html><head><title>t</title></head><body>{rows}</body></html>".encode()


def as_recognised(turns):
    segments = [{"start": a, "end": b, "text": f" {text}", "speaker": who} for who, text, a, b in times(turns)]
    return "e.json", json.dumps({"segments": segments, "language": "fr"}).encode()


def as_recognised_words(turns):
    words = [{"word": w, "start": a, "speaker": who} for who, text, a, _ in times(turns) for w in text.split()]
    return "e.json", json.dumps({"segments": [{"start": 0, "text": "", "words": words}]}).encode()


def as_elan(turns):
    slots = [round(1000 * time) for *_, a, b in times(turns) for time in (a, b)]
    order = "".join(f'<TIME_SLOT TIME_SLOT_ID="t{i}" TIME_VALUE="{slot}"/>' for i, slot in enumerate(slots))
    tiers = "".join(
        f'<TIER TIER_ID="{who}">'
        + "".join(
            f'<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a{i}" TIME_SLOT_REF1="t{2 * i}" '
            f'TIME_SLOT_REF2="t{2 * i + 1}"><ANNOTATION_VALUE>{escape(text)}</ANNOTATION_VALUE>'
            "</ALIGNABLE_ANNOTATION></ANNOTATION>"
            for i, (speaker, text) in enumerate(turns)
            if speaker == who
        )
        + "</TIER>"
        for who in sorted({speaker for speaker, _ in turns})
    )
    return "e.eaf", f"<ANNOTATION_DOCUMENT><TIME_ORDER>{order}</TIME_ORDER>{tiers}</ANNOTATION_DOCUMENT>".encode()


def as_transcriber(turns):
    people = "".join(f'<Speaker id="s{i}" name="{who}"/>' for i, who in enumerate(("ENQ", "A01")))
    said = "".join(
        f'<Turn speaker="s{int(who == "A01")}" startTime="{a}" endTime="{b}"><Sync time="{a}"/>\n{escape(text)}</Turn>'
        for who, text, a, b in times(turns)
    )
    head = '<?xml version="1.0" encoding="ISO-8859-15"?><!DOCTYPE Trans SYSTEM "trans-14.dtd">'
    body = f"<Trans><Speakers>{people}</Speakers><Episode><Section>{said}</Section></Episode></Trans>"
    return "e.trs", (head + body).encode("iso-8859-15", "xmlcharrefreplace")


def as_grid(turns, short=False):
    last = 2.0 * len(turns)
    tiers = [
        (who, [(a, b, text.replace('"', '""')) for speaker, text, a, b in times(turns) if speaker == who])
        for who in ("A01", "ENQ")
    ]
    if short:
        rows = [f'"IntervalTier"\n"{who}"\n0\n{last}\n{len(own)}\n' for who, own in tiers]
        rows = [
            row + "".join(f'{a}\n{b}\n"{t}"\n' for a, b, t in own) for row, (_, own) in zip(rows, tiers, strict=True)
        ]
        text = f'File type = "ooTextFile"\nObject class = "TextGrid"\n\n0\n{last}\n<exists>\n2\n' + "".join(rows)
        return "e.TextGrid", text.encode("utf-16")
    text = (
        f'File type = "ooTextFile"\nObject class = "TextGrid"\n\nxmin = 0\nxmax = {last}\ntiers? <exists>\nsize = 2\n'
    )
    for i, (who, own) in enumerate(tiers, 1):
        text += f'item [{i}]:\nclass = "IntervalTier"\nname = "{who}"\nxmin = 0\nxmax = {last}\n'
        text += f"intervals: size = {len(own)}\n"
        for j, (a, b, words) in enumerate(own, 1):
            text += f'intervals [{j}]:\nxmin = {a}\nxmax = {b}\ntext = "{words}"\n'
    return "e.TextGrid", text.encode()


def as_short_grid(turns):
    return as_grid(turns, short=True)


def as_tei(turns):
    frame = pl.DataFrame(
        [("E1", i, who, text, a, b) for i, (who, text, a, b) in enumerate(times(turns), 1)],
        schema=["interview", "turn", "speaker", "text", "start_s", "end_s"],
        orient="row",
    )
    people = pl.DataFrame({"interview": ["E1"] * 2, "speaker": ["A01", "ENQ"], "role": ["participant", "interviewer"]})
    return "e.xml", texts.tei(frame, people, "Étude")


def as_exported_text(turns):
    frame = pl.DataFrame([(i, *turn) for i, turn in enumerate(turns)], schema=["turn", "speaker", "text"], orient="row")
    return "e.txt", texts.plain(frame).encode()


DOCUMENTS = (*(as_text, as_old_text, as_starred, as_word, as_table, as_open_document, as_voices, as_subtitles),)
PROGRAMS = (
    *(as_rich_text, as_page, as_recognised, as_recognised_words, as_elan, as_transcriber, as_grid, as_short_grid),
    *(as_tei, as_exported_text),
)
