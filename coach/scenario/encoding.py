"""The text of a file: UTF-8, or a sentence that names the encoding it seems to be in."""

from __future__ import annotations

import codecs

from coach.errors import Place, Sentence
from coach.scenario.finding import broken

_NAMES = {"gb18030": "GBK (GB18030)", "utf-16": "UTF-16"}
"""Encodings as people know them: GB18030 holds all of GBK, which is what editors call it."""
_BOMS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def text_of(raw: bytes, name: str) -> str:
    """Return a file's text, without its byte order mark.

    Raises:
        BrokenScenario: If it is not UTF-8; names the line and, where it can be told, the encoding.
    """
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = len(raw[raw.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8", "ignore")) + 1
        found = encoding_name(raw)
        what = Sentence("not UTF-8 text")
        advice = (
            Sentence("it seems to be {found}; save the file as UTF-8", found=found)
            if found
            else Sentence("save the file as UTF-8")
        )
        raise broken("encoding", Place(name, line, column), what, advice) from error


def encoding_name(raw: bytes) -> str:
    """Return what people call the other encoding that a file is in; empty where it cannot be told."""
    return _NAMES.get(encoding_of(raw) or "", "")


def encoding_of(raw: bytes) -> str | None:
    """Return which other encoding a file is in: `utf-16` by its mark, `gb18030` where it reads as Chinese."""
    marked = next((name for mark, name in _BOMS.items() if raw.startswith(mark)), None)
    try:
        text = raw.decode(marked or "gb18030")
    except UnicodeDecodeError:
        return None
    if marked:
        return marked
    odd = [char for char in text if ord(char) > 127]
    usual = sum("\u4e00" <= char <= "\u9fff" or "\u3000" <= char <= "\u303f" or char >= "\uff00" for char in odd)
    return "gb18030" if odd and usual > 0.7 * len(odd) else None
