"""The first minute in a real browser: start page, sound check, what is kept."""

from __future__ import annotations

import asyncio
import math
import re
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, TimeoutError, expect

from coach.live.engines import Engines
from coach.live.hearing_check import sentence_for
from coach.ports import MOUTH_RATE_HZ, Recognizer
from coach.scenario.library import Library
from coach.score.scorecard import Text
from coach.testing import LevelVad, ScriptedRecognizer
from scripts.browser_room import ROOT, write_wav
from tests.browser.conftest import DESKTOP, Visit, visiting
from tests.browser.reading import violations
from tests.data import needs_test_data
from tests.web.peers import served
from tests.web.rooms import compose
from web.composition import Composition, EngineReport
from web.ui_build import UiBuild

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PHONE = {"width": 390, "height": 844}
NOISE_RMS = 8
"""Of full scale 32768, -72 dB: a quiet room."""


def with_part(part: str) -> re.Pattern[str]:
    """Match an address that holds this."""
    return re.compile(re.escape(part))


def quiet_room(seconds: float) -> np.ndarray[Any, np.dtype[np.int16]]:
    noise = np.random.default_rng(1).normal(0, NOISE_RMS, round(seconds * MOUTH_RATE_HZ))
    return noise.astype(np.int16)


def page_sound() -> np.ndarray[Any, np.dtype[np.int16]]:
    """The page's test sound: two sweeps from 500 to 2500 Hz."""
    at = np.arange(round(0.5 * MOUTH_RATE_HZ)) / MOUTH_RATE_HZ / 0.5
    growth = math.log(5)
    sweep = np.sin(np.pi * at) ** 2 * np.sin(2 * np.pi * 500 * 0.5 / growth * (np.exp(at * growth) - 1))
    pause = np.zeros(round(0.1 * MOUTH_RATE_HZ))
    return (8000 * np.concatenate([sweep, pause, sweep])).astype(np.int16)


def spoken(sentence: str) -> np.ndarray[Any, np.dtype[np.int16]]:
    """The sentence in a synthetic voice."""
    from audio.tts.espeak import EspeakSynthesizer
    from coach.ports import VoiceSpec

    async def speak() -> list[np.ndarray[Any, np.dtype[np.int16]]]:
        synthesizer = EspeakSynthesizer()
        try:
            return [chunk.pcm async for chunk in synthesizer.speak(sentence, VoiceSpec(language="en"))]
        finally:
            await synthesizer.aclose()

    # Playwright keeps an event loop running in this thread.
    with ThreadPoolExecutor(1) as thread:
        return np.concatenate(thread.submit(asyncio.run, speak()).result())


class Parcel:
    """A recogniser for Chinese that arrives when the test says so. Implements `web.composition.Arrival`."""

    note = Text(zh="正在下载，已到 40%", en="Being fetched, 40% so far")

    def __init__(self) -> None:
        self.is_here = False
        self._recognizer = ScriptedRecognizer(())

    async def run(self) -> None:
        """Go on until the room closes."""
        await asyncio.Event().wait()

    def reports(self) -> tuple[EngineReport, ...]:
        """Return what hears English, and what hears Chinese or will."""
        english = EngineReport("recognizer", "scripted", ready=True)
        coming = EngineReport("recognizer", "none", ready=False, note=self.note, arriving=True)
        return english, english if self.is_here else coming

    def recognizer(self, language: str) -> Recognizer | None:
        """Return what hears a language by now."""
        return self._recognizer if language == "en" or self.is_here else None


@contextmanager
def in_a_thread(composition: Composition) -> Iterator[str]:
    """Serve a room beside Playwright, which has this thread's event loop; yield its URL."""
    url, over = Future[str](), threading.Event()

    async def serve() -> None:
        try:
            async with served(composition) as address:
                url.set_result(address)
                await asyncio.to_thread(over.wait)
        except BaseException as error:
            if not url.done():
                url.set_exception(error)
            raise

    with ThreadPoolExecutor(1) as thread:
        serving = thread.submit(asyncio.run, serve())
        try:
            yield url.result()
        finally:
            over.set()
        serving.result()


@needs_test_data
def test_a_voice_is_measured_and_what_was_understood_is_shown(visit: Visit, microphone: Path) -> None:
    page = visit("/setup/en-camp-lantern", microphone)
    expect(page.get_by_text("That level is right.")).to_be_visible()
    page.get_by_test_id("say-start").click()
    result = page.get_by_test_id("say-result")
    expect(result).to_be_visible()
    # The recording says something else.
    assert result.get_attribute("data-verdict") in ("other", "partly", "nothing")
    expect(page.get_by_test_id("say-helps")).to_contain_text("run_coach.py models pull")
    assert violations(page) == []


def test_the_sentence_said_is_recognised(visit: Visit, tmp_path: Path) -> None:
    sentence = sentence_for(Library([ROOT / "scenarios"]).get("en-pour-kettle").scenario)
    said = spoken(sentence)
    recording = write_wav(tmp_path / "said.wav", np.concatenate([quiet_room(0.3), said, quiet_room(0.3)]))
    # The recording is played again and again, so 5 s of it hold a sentence of 2 s whole, wherever they begin.
    page = visit("/setup/en-pour-kettle", recording)
    page.get_by_test_id("say-start").click()
    expect(page.get_by_test_id("say-heard")).to_be_visible()
    assert page.get_by_test_id("say-sentence").locator("mark").count() >= len(sentence.split()) // 2
    expect(page.get_by_test_id("say-result")).to_contain_text("moonshine")


def test_a_recogniser_that_arrives_while_the_page_is_open_is_offered_without_reloading(
    browser: Browser, own_room: str, tmp_path: Path
) -> None:
    parcel = Parcel()
    room = compose(tmp_path, engines=Engines(vad=LevelVad, recognizer=parcel.recognizer))
    library = Library([ROOT / "scenarios"])
    with (
        in_a_thread(replace(room, library=library, ui=UiBuild(), arrival=parcel)) as url,
        visiting(browser, url) as visit,
    ):
        page = visit("/setup/zh-linen-shirt")
        expect(page.get_by_test_id("say-deaf")).to_have_text(parcel.note.en)
        helps = page.get_by_test_id("say-helps")
        expect(helps.get_by_role("listitem")).to_have_count(1)
        expect(helps).not_to_contain_text("models pull")
        assert violations(page) == []
        page.evaluate("() => { window.isTheSamePage = true }")
        parcel.is_here = True
        expect(page.get_by_test_id("say-sentence")).to_have_text(sentence_for(library.get("zh-linen-shirt").scenario))
        expect(page.get_by_test_id("say-deaf")).to_be_hidden()
        expect(helps).to_be_hidden()
        assert page.evaluate("() => window.isTheSamePage")


def test_silence_is_told_from_words_that_were_not_understood(visit: Visit, tmp_path: Path) -> None:
    page = visit("/setup/en-camp-lantern", write_wav(tmp_path / "quiet.wav", quiet_room(3)))
    page.get_by_test_id("say-start").click()
    expect(page.get_by_test_id("say-result")).to_have_attribute("data-verdict", "silent")
    page.get_by_test_id("speaker-test").click()
    expect(page.get_by_test_id("noise")).to_have_attribute("data-verdict", "quiet")
    expect(page.get_by_test_id("echo")).to_have_attribute("data-verdict", "none")


def test_a_loudspeaker_that_comes_back_is_noticed(visit: Visit, tmp_path: Path) -> None:
    echoing = np.concatenate([quiet_room(0.2), page_sound()])
    page = visit("/setup/en-camp-lantern", write_wav(tmp_path / "echo.wav", echoing))
    page.get_by_test_id("speaker-test").click()
    expect(page.get_by_test_id("echo")).to_have_attribute("data-verdict", "heard")
    expect(page.get_by_test_id("echo")).to_contain_text("headphones")


def test_a_refused_microphone_is_explained_and_typing_stays(visit: Visit) -> None:
    page = visit("/setup/en-camp-lantern", flags=("--use-fake-device-for-media-stream", "--deny-permission-prompts"))
    page.get_by_test_id("enter-room").click()
    expect(page.get_by_test_id("mic-help")).to_contain_text("allow the microphone")
    assert violations(page) == []
    page.get_by_test_id("typed-mode").click()
    expect(page.get_by_test_id("room")).to_be_visible()


def test_no_microphone_is_another_matter(visit: Visit) -> None:
    page = visit("/setup/en-camp-lantern")
    page.get_by_test_id("mic-allow").click()
    expect(page.get_by_test_id("mic-help")).to_contain_text("Plug in")
    expect(page.get_by_test_id("enter-room")).to_be_hidden()
    expect(page.get_by_test_id("typed-mode")).to_be_in_viewport()
    # The loudspeaker can be tried all the same.
    page.get_by_test_id("speaker-test").click()
    expect(page.get_by_test_id("speaker-test")).to_be_enabled()


def test_harsh_words_wait_for_consent(visit: Visit) -> None:
    page = visit("/setup/en-camp-lantern")
    page.get_by_test_id("intensity-3").check()
    expect(page.get_by_test_id("typed-mode")).to_be_disabled()
    page.get_by_test_id("consent").check()
    expect(page.get_by_test_id("typed-mode")).to_be_enabled()
    page.get_by_test_id("exam").check()
    with page.expect_request(lambda request: request.method == "POST") as order:
        page.get_by_test_id("typed-mode").click()
    body = order.value.post_data_json
    assert body is not None
    assert (body["intensity"], body["consent"], body["exam"]) == (3, True, True)
    expect(page.get_by_test_id("room")).to_be_visible()


def test_the_library_is_filtered_by_keyboard_and_the_address_keeps_it(visit: Visit) -> None:
    page = visit("/")
    count = page.get_by_test_id("shown-count")
    page.get_by_test_id("filter-text").focus()
    page.keyboard.type("haggler")
    expect(page).to_have_url(with_part("q=haggler"))
    page.keyboard.press("Tab")
    expect(page.get_by_test_id("filter-all")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(with_part("lang=all"))
    page.get_by_test_id("kind-drill").focus()
    page.keyboard.press("Space")
    expect(page.get_by_test_id("kind-drill")).to_have_attribute("aria-pressed", "true")
    shown = page.locator("[data-testid^='scenario-card-']")
    number = shown.count()
    assert number > 0
    expect(count).to_have_text(f"Scenarios shown: {number}")
    expect(page.get_by_test_id("kind-drill")).to_contain_text(str(number))
    page.reload()
    expect(page.get_by_test_id("filter-text")).to_have_value("haggler")
    expect(shown).to_have_count(number)
    shown.first.focus()
    page.keyboard.press("Enter")
    expect(shown.first).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("typed-mode")).to_be_visible()
    page.go_back()
    expect(shown).to_have_count(number)


def test_a_filter_that_shows_nothing_has_a_way_out(visit: Visit) -> None:
    page = visit("/?q=nothing+like+it&level=5")
    expect(page.get_by_test_id("no-scenarios")).to_be_visible()
    page.get_by_test_id("show-all").click()
    expect(page.get_by_test_id("no-scenarios")).to_be_hidden()
    everything = page.request.get("/api/scenarios").json()
    expect(page.locator("[data-testid^='scenario-card-']")).to_have_count(len(everything))


@pytest.mark.parametrize(("language", "start"), [("zh-CN", "开始练"), ("en-US", "Set up")])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_way_on_is_in_sight_in_every_form(visit: Visit, size: dict[str, int], language: str, start: str) -> None:
    page = visit("/", viewport=size, locale=language)
    page.locator("[data-testid^='scenario-card-']").nth(1).click()
    button = page.get_by_test_id("start-setup")
    expect(button).to_contain_text(start)
    expect(button).to_be_in_viewport()
    button.click()
    expect(page.get_by_test_id("typed-mode")).to_be_in_viewport()
    expect(page.get_by_test_id("enter-room")).to_be_in_viewport()
    assert violations(page) == []


ZOOMED = {"width": 640, "height": 400}
"""A small laptop's window at 200 %."""
COVERED = """() => {
  const one = document.activeElement, bar = document.querySelector('.go')
  if (!one || one === document.body || bar.contains(one)) return null
  const { top, bottom } = one.getBoundingClientRect()
  return top >= bar.getBoundingClientRect().top || bottom <= 0 ? (one.dataset.testid ?? one.textContent.trim()) : null
}"""
SETTLING_MS = 2_000
"""What comes late may move the page as a key is pressed: it has come to rest by then."""


def test_the_keyboard_never_leads_behind_the_bar_at_200_percent(visit: Visit) -> None:
    page = visit("/setup/en-camp-lantern", viewport=ZOOMED)
    expect(page.get_by_test_id("browser-words")).to_be_attached()
    for _ in range(30):
        page.keyboard.press("Tab")
        with suppress(TimeoutError):
            page.wait_for_function(f"() => ({COVERED})() === null", timeout=SETTLING_MS)
        assert page.evaluate(COVERED) is None


def test_what_is_kept_is_told_and_can_all_be_deleted(visit: Visit) -> None:
    page = visit("/setup/en-camp-lantern")
    page.get_by_test_id("typed-mode").click()
    page.get_by_test_id("end").click()
    page.get_by_test_id("end-confirm").click()
    expect(page.get_by_test_id("scorecard")).to_be_visible()
    page.get_by_test_id("privacy-link").click()
    folder = page.get_by_test_id("privacy-folder").text_content()
    assert folder is not None
    assert list(Path(folder).glob("20*"))
    expect(page.get_by_test_id("privacy-nothing")).to_be_visible()
    page.get_by_test_id("delete-all").click()
    page.get_by_test_id("delete-all-confirm").click()
    expect(page.get_by_test_id("delete-state")).to_contain_text("Deleted")
    running = {one["id"] for one in page.request.get("/api/rehearsals").json()}
    assert {path.name for path in Path(folder).glob("20*")} == running
