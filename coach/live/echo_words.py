"""Whether what was heard is only the viewer's own voice, come back from the loudspeaker: by its words, by its end."""

from __future__ import annotations

from difflib import SequenceMatcher

from coach.language import Language

SHARE = 0.7
"""Of the words (zh: characters) heard that stand in the viewer's line. Source: recognisers get up to 30 % of a quiet
echo wrong; who answers a viewer takes up some of its words, not most of them in order."""
_RUN = 2
"""Shorter runs are chance: 的 or "the" stand in every line."""

DIES_AWAY_SEC = 0.25
"""How long a loudspeaker is still heard after the viewer was silenced: the buffers of two sound cards and the room.
Source: a virtual sound card with 60 ms of air takes 0.15 s."""
SHORT_SEC = 0.4
"""A longer sound has words enough to be told by them."""


def died_with_viewer(start: float, end: float, silenced_at: float | None) -> bool:
    """Return whether a short sound began under a viewer and ended as the viewer was silenced, as an echo does.

    A streamer goes on talking into that silence, but for a single short word.

    Args:
        start: Of the sound, rehearsal seconds.
        end: Of the sound.
        silenced_at: When a viewer was silenced last; None if none was.
    """
    if silenced_at is None or end - start > SHORT_SEC:
        return False
    return start <= silenced_at <= end <= silenced_at + DIES_AWAY_SEC


def is_echo_of(text: str, spoken: str, language: Language) -> bool:
    """Return whether most of a partial repeats what a viewer is just saying, in its order.

    Args:
        text: The streamer's words so far, as recognised.
        spoken: The viewer's line, whole or as far as it is known.
        language: Which counts characters or words.
    """
    heard, said = language.tokens(text), language.tokens(spoken)
    if not heard or not said:
        return False
    matcher = SequenceMatcher(None, said, heard, autojunk=False)
    runs = [block.size for block in matcher.get_matching_blocks()]
    repeated = sum(size for size in runs if size >= min(_RUN, len(heard)))
    return repeated >= SHARE * len(heard)
