"""Which microphone is used, noted in the log: baselines of the voice hold for one microphone only."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

from coach.events import Event, MicrophoneUsed


class MicrophoneNote:
    """Notes a microphone as soon as the log has begun, and again only when it changes.

    Args:
        note: Appends to the log.
    """

    def __init__(self, note: Callable[[Event], None]) -> None:
        self._note = note
        self._begun = False
        self._used: MicrophoneUsed | None = None

    def use(self, used: MicrophoneUsed) -> None:
        """Take the microphone that is used from now on."""
        is_new, self._used = used != self._used, used
        if is_new and self._begun:
            self._note(used)

    def begin(self) -> None:
        """Note what is known; the log has just begun."""
        self._begun = True
        if self._used is not None:
            self._note(self._used)


def device_name(identity: str) -> str:
    """Return a name without meaning for a microphone: the same for the same identity, empty for none."""
    return sha256(identity.encode()).hexdigest()[:16] if identity else ""
