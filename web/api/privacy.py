"""What is kept of a rehearsal, where, and what leaves this machine: facts for the page that tells it."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from web.composition import Sent
from web.here import is_here, is_loopback
from web.state import State

router = APIRouter(prefix="/api/privacy", tags=["status"])


class Leaves(BaseModel):
    """Something that is sent to a server."""

    what: Sent
    host: str
    """Name or address of that server."""
    this_machine: bool
    """Whether it is on this machine, so that nothing leaves it after all."""


class Privacy(BaseModel):
    """What is kept and sent here."""

    folder: str | None
    """Where rehearsals are kept; null for clients on other machines, whom that does not concern."""
    recorded: bool
    """Whether the two sides are recorded."""
    private_voice: bool
    """Whether the streamer may have the own voice measured."""
    browser_words: bool
    """Whether the browser's own speech recognition may be chosen."""
    reachable: bool
    """Whether other machines can open this room, which knows no accounts."""
    leaves: list[Leaves]


@router.get("")
def read_privacy(request: Request, response: Response, state: State) -> Privacy:
    """Return what this installation keeps and sends."""
    response.headers["Cache-Control"] = "no-store"
    composition = state.composition
    engines = composition.host.engines
    return Privacy(
        folder=str(composition.keeper.root.resolve()) if is_here(request) else None,
        recorded=engines.recorder is not None,
        private_voice=composition.private_voice is not None,
        browser_words=engines.page_recognizer is not None,
        reachable=not is_loopback(composition.bind_host),
        leaves=[Leaves(what=one.what, host=one.host, this_machine=is_loopback(one.host)) for one in composition.sends],
    )
