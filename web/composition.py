"""What the composition root hands to the web server."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from coach.live.host import RehearsalHost
from coach.ports import RehearsalSummary
from coach.scenario.library import Library
from coach.score.private_voice import PrivateVoice
from coach.score.scorecard import Text
from coach.store.keeper import Keeper
from web.authoring import Authoring
from web.tracing import Tracing
from web.ui_build import UiBuild


@dataclass(frozen=True, slots=True)
class EngineReport:
    """One engine as the page shows it."""

    port: str
    """`vad`, `recognizer`, `synthesizer`, `chat_model`."""
    name: str
    ready: bool
    note: Text | None = None
    """What it cannot do, and how to get a better one."""
    arriving: bool = False
    """Whether it is being fetched."""


class Arrival(Protocol):
    """Something that this machine lacks and that is being fetched."""

    async def run(self) -> None:
        """Fetch it; never raises but when cancelled."""
        ...

    def reports(self) -> Sequence[EngineReport]:
        """Return the engines as they are now. May block on the disk."""
        ...


Sent = Literal["transcription", "speech", "chat_model", "judge", "proposals", "telemetry", "database"]
"""The sound; viewers' lines; what was just said; a finished transcript; the streamer's words in it with the points that
were not found; times without words; the index."""


@dataclass(frozen=True, slots=True)
class Sends:
    """A server that something is sent to."""

    what: Sent
    host: str


@dataclass(frozen=True, slots=True)
class Composition:
    """Everything the server serves. The app enters and leaves `host`; the rest is closed by whoever made it."""

    host: RehearsalHost
    keeper: Keeper
    library: Library
    version: str
    engines: tuple[EngineReport, ...] = ()
    """As the start found them."""
    arrival: Arrival | None = None
    """What changes them while the room is open."""
    recovered: Sequence[RehearsalSummary] = ()
    """Rehearsals that this start closed after a crash; complete once `settle` has returned."""
    settle: Callable[[], object] | None = None
    """Opens the index and repairs it, as far as nobody has yet. Blocks; a CoachError ends the server."""
    private_voice: Callable[[str], PrivateVoice] | None = None
    """Measures the voice of a rehearsal, by id, for the streamer alone. Blocks; None where that is switched off."""
    rescore: Callable[[str], bool] | None = None
    """Scores a kept rehearsal again, by id, and keeps both scorecards; False if its log is not whole. Blocks; None
    where nothing can."""
    ui: UiBuild | None = None
    """The page; None serves the API alone."""
    bind_host: str = "127.0.0.1"
    """Address the server listens on."""
    tracing: Tracing | None = None
    """Makes spans of every rehearsal; closed by whoever made it."""
    sends: tuple[Sends, ...] = ()
    """What leaves this process for a server."""
    allowed_hosts: tuple[str, ...] = ()
    """Further names under which the room may be opened."""
    authoring: Authoring | None = None
    """What mentors write with; None serves a room that cannot be changed."""
