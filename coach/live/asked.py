"""Whether somebody has just asked the streamer something: what is said then may be a bare answer."""

from __future__ import annotations

from typing import cast

from coach.events import Event, LinePosted, LineVoiced, LineVoicing
from coach.room.viewer import opens_question
from coach.scenario.model import Intent

FRESH_SEC = 8.0
"""How long after a viewer's line a few words count as an answer to it. Source: design value; a comment is read aloud in
half of it, and answers within two seconds of a spoken question are the rule (Stivers et al. 2009)."""


class Asked:
    """Follows the viewers' lines. All times rehearsal seconds."""

    def __init__(self) -> None:
        self._since = float("inf")
        self._until = float("-inf")
        self._voicing: str | None = None

    def observe(self, event: Event, at: float) -> None:
        """Take an event; only viewers' lines matter, and only those that want an answer.

        Args:
            event: As it was logged.
            at: When.
        """
        match event:
            case LinePosted() if opens_question(cast(Intent, event.intent)):
                self._ask(at, at)
            case LineVoicing() if opens_question(cast(Intent, event.intent)):
                self._ask(event.start, float("inf"))
                self._voicing = event.line_id
            case LineVoiced() if event.line_id == self._voicing:
                self._until, self._voicing = event.end, None
            case _:
                pass

    def is_open(self, onset: float) -> bool:
        """Return whether an utterance that began at `onset` may be an answer: somebody was asking or had just asked."""
        return self._since <= onset <= self._until + FRESH_SEC

    def _ask(self, since: float, until: float) -> None:
        if since > self._until + FRESH_SEC:
            self._since = since
        self._since, self._until = min(self._since, since), max(self._until, until)
