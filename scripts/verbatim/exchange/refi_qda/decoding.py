"""The plain texts of a project, in the encodings in which programs write them."""

from __future__ import annotations

import codecs

MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def decoded(data: bytes) -> tuple[str, bool, str]:
    """Return the text of a file without its byte order mark, whether it had one, and the encoding it was read in.

    The standard asks for UTF-8; what is none is read as Windows-1252, which some programs for Windows write.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), True, encoding
    try:
        return data.decode("utf-8"), False, "utf-8"
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), False, "windows-1252"
