"""A person's way through the page, in a real browser against a real server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page, expect

from tests.data import needs_test_data

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SCENARIO = "en-camp-lantern"
PROBE = (Path(__file__).parent / "probe.js").read_text(encoding="utf-8")
SILENT = 0.002
"""Root mean square of full scale (-54 dB): under it nobody speaks."""
LOUD = 0.01
WATCH_PLAYERS = """() => {
  const play = HTMLMediaElement.prototype.play
  window.players = []
  HTMLMediaElement.prototype.play = function () { players.push(this); return play.call(this) }
}"""
IS_CUT_OFF = "() => probe.records.some(([, { event }]) => event.type === 'line_voiced' && event.cut_off)"
HAS_ANSWERED_PRESSURE = """() => {
  const events = probe.records.map(([, record]) => record.event)
  const pressed = events.findIndex((event) => event.pressure)
  return pressed >= 0 && events.slice(pressed).some((event) => event.type === 'utterance_heard')
}"""


def choose(page: Page, scenario: str = SCENARIO) -> None:
    page.get_by_test_id("language-en").click()
    page.get_by_test_id(f"scenario-card-{scenario}").click()
    page.get_by_test_id("start-setup").click()


def enter_by_voice(page: Page) -> str:
    """Go through the microphone check into the room; return the rehearsal's id."""
    # Permission is granted already, so the page opens the microphone without being asked.
    expect(page.get_by_test_id("mic-level")).to_be_visible()
    page.get_by_test_id("enter-room").click()
    expect(page.get_by_test_id("room")).to_be_visible()
    return page.url.rstrip("/").rsplit("/", 1)[-1]


def end(page: Page) -> None:
    page.get_by_test_id("end").click()
    page.get_by_test_id("end-confirm").click()
    expect(page.get_by_test_id("scorecard")).to_be_visible()


def probed(page: Page) -> tuple[list[tuple[float, float]], list[tuple[float, dict[str, Any]]]]:
    """Return the viewers' levels and the records so far, each with its time in the page (ms)."""
    probe = page.evaluate("() => probe")
    assert probe["problem"] is None
    return probe["levels"], [(at, record["event"]) for at, record in probe["records"]]


@needs_test_data
def test_a_streamer_rehearses_by_voice_barges_in_and_reads_the_scorecard(open_page: OpenPage, microphone: Path) -> None:
    page = open_page(microphone)
    choose(page)
    rehearsal = enter_by_voice(page)
    page.evaluate(PROBE, rehearsal)

    expect(page.get_by_test_id("live-badge")).to_be_visible()
    expect(page.get_by_test_id("product-card")).to_contain_text("Ember")
    expect(page.get_by_test_id("danmaku-list").locator(":scope > *").first).to_be_visible()
    expect(page.get_by_test_id("own-caption")).to_contain_text(" ")

    page.wait_for_function(IS_CUT_OFF, timeout=120_000)
    page.wait_for_timeout(600)
    levels, events = probed(page)
    check_that_viewers_were_heard_and_then_stopped(levels, events)

    page.wait_for_function(HAS_ANSWERED_PRESSURE, timeout=120_000)
    end(page)
    for score in ("score-pacing", "score-coverage", "score-composure"):
        expect(page.get_by_test_id(score)).to_be_visible()
    page.evaluate(WATCH_PLAYERS)
    page.get_by_test_id("play-quote").first.click()
    page.wait_for_function("() => players.some(({ played }) => played.length && played.end(0) > played.start(0))")
    page.goto("/")
    expect(page.get_by_test_id("history-list")).to_contain_text("lantern")


def check_that_viewers_were_heard_and_then_stopped(
    levels: list[tuple[float, float]], events: list[tuple[float, dict[str, Any]]]
) -> None:
    came, line = next((at, event) for at, event in events if event["type"] == "line_voiced" and event["cut_off"])
    began = next(at for at, event in events if event["type"] == "line_voicing" and event["line_id"] == line["line_id"])
    assert len(line["heard_text"]) < len(line["text"])
    assert max(level for at, level in levels if began < at < came) > LOUD
    # The page learns of the stop by long poll; 300 ms later the last sound has left the receiver's buffer.
    next_voice = min((at for at, event in events if event["type"] == "line_voicing" and at > came), default=came + 500)
    after = [level for at, level in levels if came + 300 < at < min(next_voice, came + 500)]
    assert after
    assert max(after) < SILENT


def test_without_a_microphone_typing_is_offered_and_leads_to_a_scorecard(open_page: OpenPage) -> None:
    page = open_page(None)
    choose(page)
    page.get_by_test_id("mic-allow").click()
    expect(page.get_by_test_id("notice").first).to_be_visible()
    page.get_by_test_id("typed-mode").click()
    expect(page.get_by_test_id("room")).to_be_visible()
    for text in ("Welcome in! This lantern runs 40 hours on low.", "It is 29 dollars, and it is splash proof, IPX4."):
        page.get_by_test_id("typed-input").fill(text)
        page.get_by_test_id("typed-send").click()
        expect(page.get_by_text(text).first).to_be_visible()
    expect(page.get_by_test_id("danmaku-list").locator(":scope > *").first).to_be_visible()
    end(page)
    expect(page.get_by_test_id("score-coverage")).to_be_visible()


@needs_test_data
def test_a_second_tab_on_the_same_rehearsal_may_take_it_over(open_page: OpenPage, microphone: Path) -> None:
    page = open_page(microphone)
    choose(page)
    enter_by_voice(page)
    expect(page.get_by_test_id("connection-state")).to_be_visible()
    expect(page.get_by_test_id("timer")).to_be_visible()
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_test_id("takeover").click()
    expect(other.get_by_test_id("takeover")).to_be_hidden()
    expect(other.get_by_test_id("room")).to_be_visible()
    end(other)


def test_the_page_speaks_chinese_and_remembers_it(open_page: OpenPage) -> None:
    page = open_page(None)
    page.get_by_test_id("language-zh").click()
    expect(page.get_by_test_id("start-setup")).to_contain_text("开始练")
    page.reload()
    expect(page.get_by_test_id("start-setup")).to_contain_text("开始练")


def test_stop_now_leads_to_a_quiet_screen_and_a_gentler_start(open_page: OpenPage) -> None:
    page = open_page(None)
    choose(page)
    page.get_by_test_id("typed-mode").click()
    expect(page.get_by_test_id("room")).to_be_visible()
    page.get_by_test_id("typed-input").fill("Welcome in, everyone!")
    page.get_by_test_id("typed-send").click()
    page.get_by_test_id("stop").click()
    expect(page.get_by_test_id("cool-down")).to_be_visible()
    page.wait_for_timeout(1500)
    expect(page.get_by_test_id("cool-down")).to_be_visible()
    assert page.get_by_test_id("cool-down").evaluate("(screen) => screen.clientWidth === innerWidth")
    page.get_by_test_id("cool-gentle").click()
    expect(page.get_by_test_id("exposure-calm")).to_be_checked()
