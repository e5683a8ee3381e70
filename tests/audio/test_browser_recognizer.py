"""Words from the page: grown, corrected, late, missing, and spread over our own clock."""

from __future__ import annotations

import asyncio
from typing import Any

import numpy as np
import pytest

from audio.asr.browser import FIRST_WORDS_SEC, LAST_WORDS_SEC, SETTLED_SEC, BrowserRecognizer
from audio.asr.word_tape import MAX_RESULTS, WordTape
from coach.ports import EAR_RATE_HZ, Hearing, Hypothesis, RecognitionHints
from tests.virtual_time import virtual_time

EN, ZH = RecognitionHints(language="en"), RecognitionHints(language="zh")


def opened(recognizer: BrowserRecognizer, hints: RecognitionHints = EN) -> tuple[Hearing, list[str]]:
    partials: list[str] = []
    return recognizer.open(hints, lambda partial: partials.append(partial.text)), partials


def feed(hearing: Hearing, seconds: float) -> None:
    hearing.feed(np.zeros(round(seconds * EAR_RATE_HZ), np.int16))


async def timed(hearing: Hearing) -> tuple[Hypothesis, float]:
    loop = asyncio.get_running_loop()
    begun = loop.time()
    return await hearing.final(), loop.time() - begun


@virtual_time
async def test_words_grow_and_a_final_result_is_not_waited_for() -> None:
    page = BrowserRecognizer()
    hearing, partials = opened(page)
    for text in ("it is", "it is nine", "it is nine dollars"):
        feed(hearing, 0.5)
        page.hear_page(0, text, is_final=False)
    page.hear_page(0, "it is 9 dollars", is_final=True)
    heard, waited = await timed(hearing)
    assert (heard.text, heard.engine, waited) == ("it is 9 dollars", "browser", 0.0)
    assert partials == ["it is", "it is nine", "it is nine dollars", "it is 9 dollars"]
    times = [(word.start_sec, word.end_sec) for word in heard.words]
    assert times == sorted(times)
    assert all(start <= end <= 1.5 for start, end in times)
    assert heard.words[1].end_sec <= 0.5  # seen before half a second had been heard


@virtual_time
async def test_words_still_moving_are_waited_for_until_they_settle() -> None:
    page = BrowserRecognizer()
    hearing, _ = opened(page)
    feed(hearing, 1.0)
    page.hear_page(0, "ship it", is_final=False)

    async def grow() -> None:
        await asyncio.sleep(0.2)
        page.hear_page(0, "ship it today", is_final=False)

    async with asyncio.TaskGroup() as group:
        group.create_task(grow())
        heard, waited = await timed(hearing)
    assert heard.text == "ship it today"
    assert waited == pytest.approx(0.2 + SETTLED_SEC)


@virtual_time
async def test_a_sound_without_words_ends_without_words_and_a_chatterer_is_cut_short() -> None:
    page = BrowserRecognizer()
    hearing, _ = opened(page)
    feed(hearing, 1.0)
    heard, waited = await timed(hearing)
    assert (heard.text, heard.words) == ("", ())
    assert waited == pytest.approx(FIRST_WORDS_SEC)

    async def chatter() -> None:
        for number in range(40):
            await asyncio.sleep(0.1)
            page.hear_page(1, "word " * (number + 1), is_final=False)

    async with asyncio.TaskGroup() as group:
        talking = group.create_task(chatter())
        heard, waited = await timed(hearing)
        talking.cancel()
    assert waited == pytest.approx(LAST_WORDS_SEC)
    assert len(heard.words) >= 14


@virtual_time
async def test_one_result_over_two_utterances_is_divided_even_if_its_beginning_is_corrected() -> None:
    page = BrowserRecognizer()
    first, _ = opened(page, ZH)
    feed(first, 1.0)
    page.hear_page(0, "这个衬衫", is_final=False)
    assert (await first.final()).text == "这个衬衫"
    await first.aclose()
    second, partials = opened(page, ZH)
    feed(second, 1.0)
    page.hear_page(0, "这件衬衫今天89块", is_final=True)
    heard = await second.final()
    assert heard.text == "今天89块"
    assert [word.text for word in heard.words] == ["今", "天", "89", "块"]
    assert partials == ["今天89块"]


@virtual_time
async def test_an_utterance_that_came_to_nothing_and_late_words_lose_none() -> None:
    page = BrowserRecognizer()
    page.hear_page(0, "early", is_final=True)
    cough, _ = opened(page)
    await cough.aclose()  # discarded before anybody asked for its words
    hearing, _ = opened(page)
    page.hear_page(1, "and late", is_final=True)
    assert (await hearing.final()).text == "early and late"
    await hearing.aclose()
    await hearing.aclose()
    page.hear_page(2, "after the end", is_final=True)
    after, _ = opened(page)
    assert (await after.final()).text == "after the end"


@pytest.mark.parametrize(
    ("language", "results", "taken", "left"),
    [
        ("en", [(0, "a b", True), (1, "c", False)], 0, ["a", "b", "c"]),
        ("en", [(1, "c", False), (0, "a b", True)], 0, ["c"]),  # too late: result 1 is known already
        ("en", [(0, "a b", True), (0, "x y z", True)], 0, ["a", "b"]),  # final stays
        ("en", [(0, "a b", False)], 2, []),
        ("en", [(0, "a b", False), (0, "a", False)], 2, []),
        ("zh", [(0, "3号链接，OK", True)], 1, ["号", "链", "接", "，", "OK"]),
        ("en", [(0, "", True)], 0, []),
    ],
)
def test_the_tape_counts_words(language: str, results: list[Any], taken: int, left: list[str]) -> None:
    tape = WordTape(language)
    for number, text, is_final in results:
        tape.put(number, text, is_final=is_final)
    tape.take(taken)
    assert tape.fresh() == left


@virtual_time
async def test_words_of_a_page_that_was_loaded_anew_are_heard_as_its_numbers_are_higher() -> None:
    recognizer = BrowserRecognizer()
    first = recognizer.open(RecognitionHints("en"), lambda _: None)
    recognizer.hear_page(1_795_000_000_000, "before the reload", is_final=True)
    assert (await first.final()).text == "before the reload"
    await first.aclose()
    second = recognizer.open(RecognitionHints("en"), lambda _: None)
    recognizer.hear_page(1_795_000_009_000, "after it", is_final=True)
    assert (await second.final()).text == "after it"


def test_a_long_rehearsal_keeps_a_short_tape() -> None:
    tape = WordTape()
    for number in range(MAX_RESULTS * 3):
        tape.put(number, "two words", is_final=True)
        tape.take(tape.length)
    tape.put(MAX_RESULTS * 3, "new", is_final=False)
    assert tape.fresh() == ["new"]
    assert tape.length == MAX_RESULTS * 6 + 1
    assert not tape.is_final
