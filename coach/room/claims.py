"""Claims that must not be made in a live room, as an utterance makes them: refusals and quotations are none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from coach.room.heard import Heard
from coach.room.pack import ClaimPack, claim_pack

_PREFIX = "claim:"
_GOES_ON = ("也", "都能", "就能", "但", "而且", "还", "保证", "反正")
"""Chinese words after which an earlier negation no longer holds (不吃药也能降血压)."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One banned wording that was said as the speaker's own."""

    category: str
    words: str
    """As it stands in the flat text."""


def claims_in(heard: Heard, own: tuple[str, ...] = (), stock: int = 0) -> list[Claim]:
    """Return the claims an utterance makes.

    Args:
        heard: The utterance.
        own: Wordings that this product's sheet rules out.
        stock: True stock; saying it is no false urgency. 0 if not told.
    """
    pack = claim_pack(heard.language.code)
    found = [(hit.kind.removeprefix(_PREFIX), hit.start, hit.end) for hit in heard.hits if hit.kind.startswith(_PREFIX)]
    found += [("own", at, at + len(wording)) for wording in own for at in _places(heard.flat, wording)]
    return [
        Claim(category, heard.flat[start:end].strip())
        for category, start, end in found
        if not _turned_down(heard, start, end, pack)
        and not (category == "price_urgency" and _is_true_stock(heard, start, end, stock))
    ]


def _is_true_stock(heard: Heard, start: int, end: int, stock: int) -> bool:
    """Return whether a wording about what is left gives the true stock, roughly; large figures are taken for it."""
    around = heard.flat[max(0, start - 12) : end + 12]
    if not any(word in around for word in ("剩", "还有", " left", "remaining")):
        return False
    said = [span.value for span in heard.language.numbers(around)]
    return any(abs(value - stock) <= _ROUGHLY * stock if stock else value >= _LARGE for value in said)


_ROUGHLY = 0.2
_LARGE = 100


def _places(flat: str, wording: str) -> Iterator[int]:
    at = flat.find(wording)
    while wording.strip() and at >= 0:
        yield at
        at = flat.find(wording, at + 1)


def _turned_down(heard: Heard, start: int, end: int, pack: ClaimPack) -> bool:
    """Return whether the words around a wording refuse it or lay it in somebody else's mouth."""
    before, after = _around(heard, start, end, pack.reach)
    if heard.language.code == "zh":
        for word in _GOES_ON:
            before = before.rpartition(word)[2]
        for harmless in heard.pack.not_guards:
            before = before.replace(harmless, "")
        quoted = any(word in before for word in pack.quoted_before)
        return quoted or any(word in before for word in pack.refused_before) or _has(after, pack.refused_after)
    before, after = f" {before} ", f" {after} "
    cues = (*pack.quoted_before, *pack.refused_before)
    return any(f" {cue} " in before for cue in cues) or any(f" {cue} " in after for cue in pack.refused_after)


def _has(text: str, cues: tuple[str, ...]) -> bool:
    return any(cue in text for cue in cues)


def _around(heard: Heard, start: int, end: int, reach: int) -> tuple[str, str]:
    """Return the text of the same clause before a wording, and what follows it, as far as cues reach."""
    before, after = heard.flat[heard.clause_start(start) : start], heard.flat[end:]
    if heard.language.code == "zh":
        return before[-reach:], after[: reach + 3]
    return " ".join(before.split()[-reach:]), " ".join(after.split()[:reach])
