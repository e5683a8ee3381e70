"""Streamers who rehearse at once in one running server, each rehearsal by one speaker."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import cycle

import httpx

from coach.ports import Int16Array
from evals.bad_network import BadNetwork
from evals.bookings import Booking, rotated
from evals.load import Load
from evals.peer import Peer
from evals.wire import Figures, Kind, Spoken, Talk

FREE_SEC = 30.0
"""Longest wait for a place: a scorecard takes seconds on a machine that is busy otherwise."""
Doings = Iterator[tuple[Kind, Int16Array | None]]
"""What is done to the answer of the next turn, and with which noise."""


class Streamers:
    """Talk, and are timed.

    Args:
        url: Where the server listens.
        scenario: What they rehearse.
        spoken: Every clip by its name.
        noises: 48 kHz; without any, answers are heard out or talked over.
        load: Told whom its figures are to be attributed to.
        network: Makes what lies between a peer and the room, from a seed; default nothing.
    """

    def __init__(
        self,
        url: str,
        scenario: str,
        spoken: Mapping[str, Spoken],
        noises: Sequence[Int16Array],
        load: Load,
        network: Callable[[int], BadNetwork | None] = lambda seed: None,
    ) -> None:
        self._url = url
        self._scenario = scenario
        self._spoken = spoken
        self._noises = noises
        self._load = load
        self._network = network
        self._over = float("inf")
        self.engines: dict[str, str] = {}
        """By port, as the last rehearsal named them."""

    async def talk(
        self, booked: Sequence[Booking], *, at_once: int = 1, seed: int = 1, limit_sec: float = float("inf")
    ) -> Figures:
        """Let so many streamers talk at once, each through all that is booked; return their figures together."""
        figures = Figures()
        self._over = asyncio.get_running_loop().time() + limit_sec
        async with asyncio.TaskGroup() as group:
            places = [
                group.create_task(self._one_place(rotated(booked, place, at_once), 1000 * (seed + place)))
                for place in range(at_once)
            ]
        for place in places:
            figures.add(place.result())
        return figures

    @property
    def _is_over(self) -> bool:
        return asyncio.get_running_loop().time() >= self._over

    async def _one_place(self, booked: Sequence[Booking], seed: int) -> Figures:
        """Go through rehearsals one after the other."""
        figures = Figures()
        kinds: Sequence[Kind] = ("listen", "barge", "noise") if self._noises else ("listen", "barge")
        doings = zip(cycle(kinds), cycle(self._noises or [None]), strict=False)
        async with httpx.AsyncClient(base_url=self._url, trust_env=False, timeout=30) as http:
            for number, booking in enumerate(booked):
                if self._is_over:
                    break
                figures.add(await self._rehearse(http, booking, doings, seed + number))
        return figures

    async def _rehearse(self, http: httpx.AsyncClient, booking: Booking, doings: Doings, seed: int) -> Figures:
        rehearsal_id = await self._open(http)
        async with Peer(self._url, rehearsal_id, network=self._network(seed)) as peer:
            talk = Talk(peer, seed=seed)
            with self._load.watching(peer):
                await peer.quiet_for(0.5, 20)
                await self._turns(talk, booking, doings)
            self.engines = peer.events("rehearsal_started")[0]["engines"]
            peer.send(type="end")
            # Answered once its place is free again.
            await http.get(f"/api/rehearsals/{rehearsal_id}/scorecard")
        return talk.close()

    async def _open(self, http: httpx.AsyncClient) -> str:
        """Return the id of a new rehearsal; the place of the last one may take a moment to be free again."""
        for _ in range(round(FREE_SEC)):
            created = await http.post("/api/rehearsals", json={"scenario": self._scenario})
            if created.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                break
            await asyncio.sleep(1.0)
        created.raise_for_status()
        return str(created.json()["id"])

    async def _turns(self, talk: Talk, booking: Booking, doings: Doings) -> None:
        for index, clip in enumerate(booking.clips):
            if self._is_over:
                break
            after = booking.clips[(index + 1) % len(booking.clips)]
            kind, noise = next(doings)
            await talk.turn(self._spoken[clip.name], kind, over=self._spoken[after.name], noise=noise)
