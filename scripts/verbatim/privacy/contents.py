"""What a published file says to whoever opens it: its texts, out of zips, PDF, parquet, pictures and escapes."""

from __future__ import annotations

import base64
import binascii
import gzip
import html
import io
import re
import struct
import unicodedata
import zlib
from collections.abc import Iterator

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pypdf

from verbatim.exchange.zip_files import unpack
from verbatim.problems import StudyError

DEEPEST = 4
PNG = b"\x89PNG\r\n\x1a\n"
ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
# files inside a text: in an address, or packed alone (gzip, zip and PDF begin so)
EMBEDDED = re.compile(rb"(?:data:[\w/+.-]*;base64,|(?<![\w+/])(?=H4sI|UEsDB|JVBERi0))([A-Za-z0-9+/=]+)")

PLAIN, BARE = "sans échappements", "sans balises"

Text = tuple[str, str]


def contents(name: str, data: bytes, depth: int = 0) -> Iterator[Text]:
    """Yield (place inside, text in NFC) of all that the file `name` holds; a part that cannot be opened is read raw."""
    try:
        parts = [*_opened(data, depth)]
    except (
        StudyError,
        OSError,
        ValueError,
        zlib.error,
        pa.ArrowException,
        pl.exceptions.PolarsError,
        pypdf.errors.PyPdfError,
    ):
        parts = [("", data.decode("latin-1"))]
    for place, text in parts:
        yield place, unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode())


def _opened(data: bytes, depth: int) -> Iterator[Text]:
    if data.startswith(b"PK\x03\x04") and depth < DEEPEST:
        for member, inner in unpack(data, "", "").items():
            yield member, member
            for place, text in contents(member, inner, depth + 1):
                yield "/".join(part for part in (member, place) if part), text
    elif data.startswith(b"\x1f\x8b") and depth < DEEPEST:
        yield from contents("", gzip.decompress(data), depth + 1)
    elif data.startswith(b"PAR1"):
        yield from _table(data)
    elif data.startswith(b"%PDF"):
        yield from _pages(data)
    elif data.startswith(PNG):
        yield from _chunks(data)
    else:
        yield from _text(data, depth)


def _table(data: bytes) -> Iterator[Text]:
    # Arrow's own threads may outlive the reading and abort the process at its end (apache/arrow#34314)
    schema = pq.ParquetFile(io.BytesIO(data), pre_buffer=False).schema_arrow
    notes = {b"": schema.metadata or {}, **{field.name.encode(): field.metadata or {} for field in schema}}
    yield (
        "métadonnées",
        "\n".join(
            f"{key.decode()} {value.decode('utf-8', 'replace')}" for own in notes.values() for key, value in own.items()
        ),
    )
    yield "colonnes", "\n".join(schema.names)
    texts = [field.name for field in schema if pa.types.is_string(field.type) or pa.types.is_large_string(field.type)]
    for name, column in pl.read_parquet(io.BytesIO(data), columns=texts).to_dict().items() if texts else ():
        yield name, "\n".join(value for value in column.unique(maintain_order=True) if value)


def _pages(data: bytes) -> Iterator[Text]:
    reader = pypdf.PdfReader(io.BytesIO(data))
    yield "propriétés", "\n".join(str(value) for value in (reader.metadata or {}).values())
    for number, page in enumerate(reader.pages, 1):
        yield f"page {number}", page.extract_text()


def _chunks(data: bytes) -> Iterator[Text]:
    at = len(PNG)
    while at + 8 <= len(data):
        size, kind = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + size]
        if kind in (b"tEXt", b"iTXt", b"eXIf"):
            yield kind.decode(), body.decode("utf-8", "replace") + "\n" + body.decode("latin-1")
        elif kind == b"zTXt":
            yield kind.decode(), zlib.decompress(body.split(b"\0", 1)[1][1:]).decode("latin-1")
        at += 12 + size


def _text(data: bytes, depth: int) -> Iterator[Text]:
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = data.decode("utf-16" if utf16 else "utf-8", "replace")
    yield "", text
    plain = html.unescape(ESCAPED.sub(lambda found: chr(int(found[1], 16)), text))
    if plain != text:
        yield PLAIN, plain
    bare = re.sub(r"<[^<>]{0,2000}>", "", plain)
    if bare != plain:
        yield BARE, bare
    for number, found in enumerate(EMBEDDED.finditer(data) if depth < DEEPEST else (), 1):
        try:
            inner = base64.b64decode(found[1], validate=True)
        except binascii.Error:
            continue
        for place, said in contents("", inner, depth + 1):
            yield f"objet {number} {place}".strip(), said
