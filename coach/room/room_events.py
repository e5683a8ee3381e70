"""What happens to the whole room by plan: drops and surges, attacks, and troubles that last. Pure and seeded.

Beginning and end are `RoomChanged` with a reason code; what viewers say about it they wish like everything else.
"""

from __future__ import annotations

import random

from coach.events import Event, RoomChanged
from coach.room.attacks import RAID_SEC, attackers, pile_on, pile_on_lines, raid, raid_times
from coach.room.crowd import Crowd
from coach.room.director import PLANNED, Director, Wish
from coach.room.door import Door
from coach.room.ledger import Ledger
from coach.room.reading import Reading
from coach.room.scribe import Scribe
from coach.room.tempo import HOSTILE
from coach.room.troubles import WRITES, Trouble, TroubleKind, begun_by, ended_by, trouble_kind, trouble_of
from coach.room.viewer import Deal, ViewerState
from coach.room.wishing import PLANNED_FOR_SEC
from coach.scenario.exposure import is_pressing
from coach.scenario.model import ScenarioEvent

_FIRST_REMARK_SEC = (1.0, 3.0)
"""After this long the first viewer notices a failing link or a wrong price."""
_REMARK_EVERY_SEC = {1: 14.0, 2: 11.0, 3: 8.0, 4: 6.0, 5: 4.5}
"""Mean time between two remarks on it, by difficulty. A design default."""
_REMARK_FOR_SEC = 10.0
"""After this long a remark is not made any more."""


class RoomEvents:
    """Begins, drives and ends room events. All times room seconds.

    Args:
        crowd: Who is here.
        director: Takes the wishes.
        scribe: Is told the price on the card.
        ledger: The numbers.
        door: Lets attackers in.
        rng: Decides where there is a choice.
    """

    def __init__(
        self, crowd: Crowd, director: Director, scribe: Scribe, ledger: Ledger, door: Door, rng: random.Random
    ) -> None:
        self._crowd = crowd
        self._director = director
        self._scribe = scribe
        self._ledger = ledger
        self._door = door
        self._rng = rng
        self._troubles: dict[TroubleKind, Trouble] = {}
        self._raid_over: float | None = None
        self._remarks: dict[str, int] = {}

    @property
    def is_raided(self) -> bool:
        """Whether a raid is going on: everybody else waits."""
        return self._raid_over is not None

    def begin(self, event: ScenarioEvent, now: float, deal: Deal) -> list[Event]:
        """Let a planned room event happen."""
        pressure = is_pressing(event)
        kind = trouble_kind(event.kind)
        if kind is not None:
            return self._trouble(event, kind, now, pressure)
        if event.kind in ("raid", "pile_on") and not self._director.tempo.hostile_come:
            return []
        if event.kind == "raid":
            return self._raid(event, now, deal, pressure)
        if event.kind == "pile_on":
            return self._pile_on(event, now, deal, pressure)
        if pressure:
            self._director.pressed(now)
        return [self._ledger.jump(event.to or 0, event.kind, pressure=pressure)]

    def recall(self, event: RoomChanged, now: float) -> None:
        """Take up a trouble of an earlier rehearsal, or its end; it begins its full time anew."""
        begun, ended = begun_by(event.reason), ended_by(event.reason)
        if begun is not None:
            planned = ScenarioEvent(at_sec=now, kind=begun, price=event.shown_price)
            self._begin_trouble(trouble_of(planned, begun, now, self._rng.uniform(*_FIRST_REMARK_SEC)))
        elif ended is not None and ended in self._troubles:
            del self._troubles[ended]
            self._ledger.end(ended)
            self._weigh()

    def heard(self, reading: Reading, now: float, deal: Deal) -> list[Event]:
        """Take one utterance: it may be what ends a trouble."""
        mended = [trouble for trouble in self._troubles.values() if trouble.mended_by(reading, deal.price)]
        return [self._end(trouble, "streamer", now) for trouble in mended]

    def sold(self, now: float) -> list[Event]:
        """A viewer bought: a stretch without orders is over."""
        dry = self._troubles.get("zero_orders")
        return [self._end(dry, "sold", now)] if dry is not None else []

    def line_out(self, intent: str) -> None:
        """A line is out: it may be the remark on a trouble."""
        for trouble in self._troubles.values():
            trouble.told = trouble.told or trouble.complaint == intent

    def tick(self, now: float) -> list[Event]:
        """Let time pass: remarks are made, troubles and raids end."""
        ended: list[Event] = []
        for trouble in list(self._troubles.values()):
            if now >= trouble.until:
                ended.append(self._end(trouble, "time", now))
            elif trouble.complaint is not None and now >= trouble.complain_at:
                self._remark(trouble, now)
        if self._raid_over is not None and now >= self._raid_over:
            self._raid_over = None
            self._director.pressed(now)
            ended.append(self._ledger.change("raid_over", detail="time"))
        return ended

    # --- troubles that last ---------------------------------------------------------------------------------

    def _trouble(self, event: ScenarioEvent, kind: TroubleKind, now: float, pressure: bool) -> list[Event]:
        trouble = trouble_of(event, kind, now, self._rng.uniform(*_FIRST_REMARK_SEC))
        self._begin_trouble(trouble)
        return [self._ledger.change(kind, pressure=pressure)]

    def _begin_trouble(self, trouble: Trouble) -> None:
        self._troubles[trouble.kind] = trouble
        self._ledger.begin(trouble.kind, pull=trouble.pull, orders=trouble.kind == "wrong_price")
        self._weigh()

    def _end(self, trouble: Trouble, why: str, now: float) -> Event:
        del self._troubles[trouble.kind]
        self._ledger.end(trouble.kind)
        self._weigh()
        if trouble.complaint is not None:
            self._director.withdraw_all(trouble.complaint)
        return self._ledger.change(trouble.over(why == "streamer"), detail=why)

    def _weigh(self) -> None:
        """Let what goes on now act on how much is written, and on the price that viewers see."""
        self._director.pace.share = min((WRITES[kind] for kind in self._troubles), default=1.0)
        wrong = self._troubles.get("wrong_price")
        self._ledger.shown_price = self._scribe.talk.shown = wrong.price if wrong is not None else None

    def _remark(self, trouble: Trouble, now: float) -> None:
        """Let somebody who has not yet, or least often, say that something is wrong."""
        mean = _REMARK_EVERY_SEC[self._director.tempo.level]
        trouble.complain_at = now + self._rng.uniform(0.6, 1.4) * mean
        state = self._witness(trouble, now)
        if state is None or trouble.complaint is None:
            return
        self._remarks[state.spec.id] = self._remarks.get(state.spec.id, 0) + 1
        wish = Wish(
            viewer_id=state.spec.id,
            intent=trouble.complaint,
            rank=PLANNED,
            not_before=now,
            until=now + _REMARK_FOR_SEC,
            channel="chat" if state.spec.channel == "both" else None,
            in_crowd=True,
        )
        self._director.wish(wish)

    def _witness(self, trouble: Trouble, now: float) -> ViewerState | None:
        """Return who remarks on it; whoever has the author's line on it still to come leaves it to others."""
        able = [state for state in self._crowd.here if not self._director.has_wish(state.spec.id)]
        if trouble.complaint is not None:
            since = now - PLANNED_FOR_SEC
            able = [state for state in able if not self._crowd.keeps(state, trouble.complaint, since)] or able
        honest = [state for state in able if state.spec.type not in HOSTILE]
        fewest = sorted(honest or able, key=lambda state: self._remarks.get(state.spec.id, 0))
        return fewest[0] if fewest else None

    # --- attacks --------------------------------------------------------------------------------------------

    def _pile_on(self, event: ScenarioEvent, now: float, deal: Deal, pressure: bool) -> list[Event]:
        crew = attackers(event, self._crowd.here)
        missing = 0 if event.viewers else max(0, pile_on_lines(event) - len(crew))
        joined = self._door.mob(now, missing, deal)
        crew += [self._crowd.state(event.viewer_id) for event in joined]
        if not crew:
            return []
        over = pile_on(event, crew, self._director, self._rng, now)
        if pressure:
            self._director.pressed(over)
        return [self._ledger.change("pile_on", pressure=pressure, detail=crew[0].spec.id), *joined]

    def _raid(self, event: ScenarioEvent, now: float, deal: Deal, pressure: bool) -> list[Event]:
        times = raid_times(event, self._rng, now)
        joined = self._door.mob(now, len(times), deal)
        if not joined:
            return []
        specs = [self._crowd.state(viewer.viewer_id).spec for viewer in joined]
        for viewer_id, until in raid(specs, times, self._director, self._rng).items():
            self._door.guests.stay_until(viewer_id, until)
        self._raid_over = now + (event.for_sec or RAID_SEC)
        self._ledger.rush(len(times))
        return [self._ledger.change("raid", pressure=pressure), *joined]
