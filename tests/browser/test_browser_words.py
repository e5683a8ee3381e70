"""Words of the browser's own speech recognition, with a stand-in for it: none exists in a test's Chromium."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page, expect

from scripts.browser_room import write_microphone
from tests.data import audio_clip, needs_test_data

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.slow, needs_test_data]

STAND_IN = Path(__file__).parent / "speech_stand_in.js"
CLIPS = ("zh/foamliu_aishell_1.wav", "zh/funasr_asr_example.wav", "zh/foamliu_aishell_7.wav")


@pytest.fixture
def chinese_microphone(tmp_path: Path) -> Path:
    """A recording of people speaking Chinese, with pauses."""
    return write_microphone(tmp_path / "zh.wav", [audio_clip(name) for name in CLIPS], [1.0, 2.5, 2.5])


def to_setup(page: Page) -> None:
    page.context.add_init_script(path=STAND_IN)
    page.goto("/")
    page.get_by_test_id("language-zh").click()
    page.get_by_test_id("scenario-card-" + zh_scenario(page)).click()
    page.get_by_test_id("start-setup").click()
    expect(page.get_by_test_id("mic-level")).to_be_visible()


def zh_scenario(page: Page) -> str:
    scenarios = page.request.get("/api/scenarios").json()
    return str(next(scenario["id"] for scenario in scenarios if scenario["locale"] == "zh-CN"))


def enter(page: Page) -> str:
    page.get_by_test_id("enter-room").click()
    expect(page.get_by_test_id("room")).to_be_visible()
    return page.url.rstrip("/").rsplit("/", 1)[-1]


def events(page: Page, rehearsal: str) -> list[dict[str, Any]]:
    answer = page.request.get(f"/api/rehearsals/{rehearsal}/records?since=0").json()
    return [record["event"] for record in answer["records"]]


def understood(page: Page, rehearsal: str) -> list[dict[str, Any]]:
    """Return the utterances with words, once there is one."""
    for _ in range(100):
        found = [event for event in events(page, rehearsal) if event["type"] == "utterance_heard" and event["text"]]
        if found:
            return found
        page.wait_for_timeout(200)
    raise AssertionError("nobody was understood within 20 s")


def test_chinese_is_understood_through_the_browser_once_the_streamer_chose_it(
    open_page: OpenPage, chinese_microphone: Path
) -> None:
    page = open_page(chinese_microphone)
    to_setup(page)
    expect(page.get_by_test_id("browser-words-notice")).to_contain_text("浏览器的厂商")
    box = page.get_by_test_id("browser-words")
    expect(box).not_to_be_checked()
    box.check()
    rehearsal = enter(page)
    expect(page.get_by_test_id("own-caption")).to_contain_text("衬衫")
    said = understood(page, rehearsal)
    assert {event["engine"] for event in said} == {"browser"}
    for event in said:
        times = [(word["start"], word["end"]) for word in event["words"]]
        assert times == sorted(times)
        assert all(event["start"] - 0.5 <= start <= end <= event["end"] + 0.5 for start, end in times)
    assert page.evaluate("() => speechRuns[0].lang") == "zh-CN"
    page.get_by_test_id("end").click()
    page.get_by_test_id("end-confirm").click()
    expect(page.get_by_test_id("scorecard")).to_be_visible()
    assert page.evaluate("() => speechRuns.every((run) => run.isStopped)")


def test_without_the_choice_the_browser_is_never_asked(open_page: OpenPage, chinese_microphone: Path) -> None:
    page = open_page(chinese_microphone)
    to_setup(page)
    rehearsal = enter(page)
    expect(page.get_by_test_id("connection-state")).to_be_visible()
    page.wait_for_timeout(3000)
    assert page.evaluate("() => speechRuns.length") == 0
    assert not [event for event in events(page, rehearsal) if event["type"] == "words_heard"]
    page.get_by_test_id("end").click()
    page.get_by_test_id("end-confirm").click()
