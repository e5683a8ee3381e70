"""Whether words heard are only the viewer's own, come back from the loudspeaker."""

from __future__ import annotations

from difflib import SequenceMatcher

from coach.language import Language

SHARE = 0.7
"""Of the words (zh: characters) heard that stand in the viewer's line. Source: recognisers get up to 30 % of a quiet
echo wrong; who answers a viewer takes up some of its words, not most of them in order."""
_RUN = 2
"""Shorter runs are chance: 的 or "the" stand in every line."""


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
