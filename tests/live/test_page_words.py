"""A rehearsal whose words come from the page, in virtual time: our own ears say when, the page says what."""

from __future__ import annotations

import asyncio

import pytest

from audio.asr.browser import BrowserRecognizer
from coach.errors import InputError
from coach.events import EngineFailed, RehearsalStarted, UtteranceHeard, WordsHeard
from coach.live.rehearsal import LiveRehearsal
from coach.testing import MemoryMouth, Say, ScriptedEars, ScriptedSynthesizer
from tests.live.rehearsals import events, room
from tests.virtual_time import virtual_time


async def send_words(rehearsal: LiveRehearsal, script: list[tuple[float, int, str, bool]]) -> None:
    """Send (at, result, text, is final) as a page does."""
    for at, result, text, is_final in script:
        await rehearsal.clock.sleep_until(at)
        assert rehearsal.hear_page(result, text, is_final=is_final)


@virtual_time
async def test_the_pages_words_become_utterances_on_our_clock() -> None:
    script = [
        (1.8, 0, "so this", False),
        (2.6, 0, "so this is the kettle", False),
        (3.3, 0, "so this is the kettle.", True),
        (6.6, 1, "it is thirty nine", False),
        (7.3, 1, "it is $39", True),
    ]
    async with room(synthesizer=ScriptedSynthesizer()) as here:
        here.host.engines.page_recognizer = BrowserRecognizer
        rehearsal = await here.host.create(here.scenario, words="browser")
        async with asyncio.TaskGroup() as group:
            group.create_task(send_words(rehearsal, script))
            ears = ScriptedEars(rehearsal.clock, [Say(1.0, 3.0), Say(6.0, 7.0)], 12.0)
            await rehearsal.converse(ears, MemoryMouth(rehearsal.clock))
        first, second = events(rehearsal, UtteranceHeard)
    assert (first.text, first.engine) == ("so this is the kettle.", "browser")
    assert second.text == "it is $39"
    assert [first.start, first.end] == pytest.approx([1.0, 3.0], abs=0.1)
    assert all(0.6 <= word.start <= word.end <= 3.1 for word in first.words)
    assert [event.text for event in events(rehearsal, WordsHeard)][:2] == ["so this", "so this is the kettle"]
    assert events(rehearsal, RehearsalStarted)[0].engines["recognizer"] == "browser"
    assert not events(rehearsal, EngineFailed)


@virtual_time
async def test_without_the_choice_the_pages_words_are_not_taken() -> None:
    async with room() as here:
        rehearsal = await here.host.create(here.scenario)
        assert not rehearsal.hear_page(0, "hello", is_final=True)
        with pytest.raises(InputError, match="does not take them"):
            await here.host.create(here.scenario, words="browser")
