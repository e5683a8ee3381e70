"""English numerals as words: counts, digits one by one, years, ordinals."""

from __future__ import annotations

from coach.language.numbers_en import read_out

N = r"(?:\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
"""A figure, with commas or a point."""
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}


def number(text: str) -> str:
    """Read a figure; with leading zeros (007) digit by digit."""
    whole = text.split(".")[0]
    if len(whole) > 1 and whole[0] == "0":
        return digits(text)
    return read_out(text)


def digits(text: str) -> str:
    """Read digit by digit."""
    return " ".join("point" if char == "." else read_out(char) for char in text if char.isdigit() or char == ".")


def year(text: str) -> str:
    """Read a year in pairs: 1999, 2026; 2005 is two thousand five."""
    first, last = text[:2], text[2:]
    if last == "00":
        return read_out(text) if first == "20" else f"{read_out(first)} hundred"
    if last[0] == "0":
        return read_out(text) if first == "20" else f"{read_out(first)} oh {read_out(last[1])}"
    return f"{read_out(first)} {read_out(last)}"


def ordinal(text: str) -> str:
    """Read 22 as twenty second."""
    *head, last = read_out(text).split()
    ended = _ORDINALS.get(last) or (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")
    return " ".join([*head, ended])
