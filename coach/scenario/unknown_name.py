"""What to write instead of a name that is not known."""

from __future__ import annotations

from collections.abc import Collection

from coach.errors import Sentence


def advice_on(name: str, known: Collection[str]) -> Sentence:
    """Return the name that is likely meant, else all that are known."""
    from coach.scenario.guess import near

    close = near(name, sorted(known))
    if close:
        return Sentence("did you mean {word!r}?", word=close)
    return Sentence("known here: {known}", known=", ".join(sorted(known)))
