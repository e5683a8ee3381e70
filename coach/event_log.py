"""The one stream of a rehearsal: append, follow, close."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence

from coach.clock import Clock
from coach.events import Event, Record


class EventLog:
    """Append-only list of records that any number of readers follow at their own pace.

    Invariants: `seq` counts from 0 without gaps; `at` never goes back; nothing is appended after `close`.
    A reader holds only a position, so a stalled one costs the writer nothing and a late one gets all.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._records: list[Record] = []
        self._grown = asyncio.Event()
        self._closed = False

    @property
    def records(self) -> Sequence[Record]:
        """All records so far, oldest first; a live view, not to be changed."""
        return self._records

    @property
    def closed(self) -> bool:
        """Whether the last record has been written."""
        return self._closed

    def append(self, event: Event) -> Record:
        """Add one event at the present time. Synchronous: never blocks the audio loop.

        Raises:
            RuntimeError: If the log is closed.
        """
        if self._closed:
            raise RuntimeError(f"expected an open log to append {event.type!r}, but it is closed")
        record = Record(seq=len(self._records), at=round(self._clock.now(), 4), event=event)
        self._records.append(record)
        self._wake()
        return record

    def close(self) -> None:
        """End the stream: readers finish after the last record. Idempotent."""
        self._closed = True
        self._wake()

    async def follow(self, since: int = 0) -> AsyncGenerator[Record, None]:
        """Yield every record from number `since` on, then new ones as they come, until the log is closed."""
        position = max(0, since)
        while True:
            grown = self._grown
            while position < len(self._records):
                record = self._records[position]
                position += 1
                yield record
            if self._closed and position >= len(self._records):
                return
            await grown.wait()

    def _wake(self) -> None:
        """Wake all readers waiting on the present signal and put a fresh one in its place."""
        grown, self._grown = self._grown, asyncio.Event()
        grown.set()
