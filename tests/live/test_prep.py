from __future__ import annotations

import asyncio

import pytest

from coach.events import LinePosted, RehearsalPaused, RehearsalResumed, ViewerJoined
from coach.live.rehearsal import LiveRehearsal
from coach.live.terms import Terms
from tests.live.rehearsals import events, room
from tests.virtual_time import virtual_time


def joined(rehearsal: LiveRehearsal) -> list[float]:
    return [record.at for record in rehearsal.log.records if isinstance(record.event, ViewerJoined)]


@virtual_time
async def test_viewers_keep_silent_until_the_time_to_prepare_is_over() -> None:
    async with room() as here:
        rehearsal = await here.host.create(here.scenario, terms=Terms(prep_sec=60.0), input="typed")
        await asyncio.sleep(59.0)
        assert not events(rehearsal, LinePosted)
        assert len(joined(rehearsal)) <= 1
        await asyncio.sleep(30.0)
        assert [event.reason for event in events(rehearsal, RehearsalPaused)] == ["streamer"]
        (resumed,) = events(rehearsal, RehearsalResumed)
        assert resumed.paused_sec == pytest.approx(60.0, abs=0.1)
        assert events(rehearsal, LinePosted)


@virtual_time
async def test_a_streamer_who_is_ready_need_not_wait_and_may_pause_later() -> None:
    async with room() as here:
        rehearsal = await here.host.create(here.scenario, terms=Terms(prep_sec=60.0), input="typed")
        await asyncio.sleep(10.0)
        rehearsal.resume()
        await asyncio.sleep(10.0)
        rehearsal.pause()
        await asyncio.sleep(60.0)
        assert len(events(rehearsal, RehearsalResumed)) == 1


@pytest.mark.parametrize(("prep", "kept"), [(60.0, 60.0), (900.0, 895.0), (1800.0, 895.0)])
def test_preparing_is_shorter_than_the_pause_that_ends_a_rehearsal(prep: float, kept: float) -> None:
    assert Terms(prep_sec=prep).within(900.0).prep_sec == kept
