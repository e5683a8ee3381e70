"""A rehearsal by voice from the start page to the scorecard; `test_by_voice.py` runs it where no network is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_room import choose, end, enter_by_voice

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.slow]

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
  return pressed >= 0 && events.slice(pressed).some((event) => event.type === 'utterance_heard' && event.text)
}"""


def probed(page: Page) -> tuple[list[tuple[float, float]], list[tuple[float, dict[str, Any]]]]:
    """Return the viewers' levels and the events so far, each with its time in the page (ms).

    Records may come late and several at once. So an event stands where it would have, had it come as quickly as the
    quickest of them; nothing pauses the rehearsal here.
    """
    probe = page.evaluate("() => probe")
    assert probe["problem"] is None
    ahead = min(came - 1000 * record["at"] for came, record in probe["records"])
    return probe["levels"], [(ahead + 1000 * record["at"], record["event"]) for _, record in probe["records"]]


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
    stopped, line = next((at, event) for at, event in events if event["type"] == "line_voiced" and event["cut_off"])
    began = next(at for at, event in events if event["type"] == "line_voicing" and event["line_id"] == line["line_id"])
    assert len(line["heard_text"]) < len(line["text"])
    assert max(level for at, level in levels if began < at < stopped) > LOUD
    # 300 ms later the last sound has left the receiver's buffer.
    voices = [at for at, event in events if event["type"] == "line_voicing" and at > stopped]
    after = [level for at, level in levels if stopped + 300 < at < min([*voices, stopped + 500])]
    assert after
    assert max(after) < SILENT
