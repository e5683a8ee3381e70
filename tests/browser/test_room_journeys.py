"""By voice, in a real browser: what may go wrong in the middle of a rehearsal, and what must never be sent."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_room import SCENARIO, end
from tests.data import needs_test_data

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage, Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WATCH = Path(__file__).parent / "room_watch.js"
UNPLUG = """() => {
  const track = watched.microphones.at(-1)
  track.stop()
  track.dispatchEvent(new Event('ended'))
}"""
SENT = """() => watched.connections.flatMap((one) => one.getSenders()).map((one) => one.track?.kind ?? 'none')"""


def enter(open_page: OpenPage, microphone: Path) -> tuple[Page, str]:
    """Go straight to a rehearsal by voice, in a page whose connections and tracks are watched."""
    page = open_page(microphone)
    page.context.grant_permissions(["microphone", "camera"])
    page.add_init_script(path=WATCH)
    order = {"scenario": SCENARIO, "input": "voice", "intensity": 2}
    made = page.request.post("/api/rehearsals", data=order, headers={"Origin": page.url.rstrip("/")})
    assert made.status == 201, made.text()
    rehearsal: str = made.json()["id"]
    page.evaluate("(id) => sessionStorage.setItem(`coach.input.${id}`, 'voice')", rehearsal)
    page.goto(f"/room/{rehearsal}")
    expect(page.get_by_test_id("connection-state")).to_have_attribute("data-state", "connected")
    return page, rehearsal


def events(page: Page, rehearsal: str, *types: str) -> list[dict[str, Any]]:
    records = page.request.get(f"/api/rehearsals/{rehearsal}/records?since=0&wait=0").json()["records"]
    assert [record["seq"] for record in records] == list(range(len(records)))
    return [record["event"] for record in records if record["event"]["type"] in types]


@needs_test_data
def test_muted_nothing_is_heard_and_the_camera_is_never_sent(open_page: OpenPage, microphone: Path) -> None:
    page, _ = enter(open_page, microphone)
    mute = page.get_by_test_id("mute")
    mute.click()
    expect(mute).to_have_text("Unmute")
    assert page.evaluate("() => watched.connections.at(-1).getSenders().map(({ track }) => track.enabled)") == [False]
    # A muted streamer who speaks is told, from a copy of the track that goes nowhere.
    expect(page.get_by_text("You are speaking, but muted")).to_be_visible()
    page.keyboard.press("m")
    expect(mute).to_have_text("Mute")
    assert page.evaluate("() => watched.connections.at(-1).getSenders().map(({ track }) => track.enabled)") == [True]

    expect(page.get_by_test_id("own-camera")).to_have_count(0)
    expect(page.get_by_test_id("camera")).to_contain_text("not sent")
    page.get_by_test_id("camera").click()
    expect(page.get_by_test_id("own-camera")).to_be_visible()
    page.wait_for_function("() => document.querySelector('[data-testid=own-camera]').videoWidth > 0")
    assert (
        page.get_by_test_id("own-camera")
        .evaluate("(video) => getComputedStyle(video).transform")
        .startswith("matrix(-1")
    )
    page.reload()
    expect(page.get_by_test_id("connection-state")).to_have_attribute("data-state", "connected")
    expect(page.get_by_test_id("own-camera")).to_be_visible()
    assert page.evaluate("() => watched.cameras.length") == 1
    assert set(page.evaluate(SENT)) == {"audio"}
    assert not page.evaluate("() => watched.offers.some((sdp) => /^m=video/m.test(sdp))")
    page.get_by_test_id("camera").click()
    expect(page.get_by_test_id("own-camera")).to_have_count(0)
    assert page.evaluate("() => watched.cameras.map(({ readyState }) => readyState)") == ["ended"]
    end(page)


@needs_test_data
def test_a_microphone_pulled_out_pauses_the_room_and_another_goes_on(open_page: OpenPage, microphone: Path) -> None:
    page, rehearsal = enter(open_page, microphone)
    expect(page.get_by_test_id("own-caption")).to_contain_text(" ")
    page.evaluate(UNPLUG)
    expect(page.get_by_test_id("live-badge")).to_contain_text("Paused")
    expect(page.get_by_text("The microphone is gone.")).to_be_visible()
    page.get_by_test_id("mic-choice").or_(page.get_by_test_id("mic-again")).first.click()
    expect(page.get_by_text("The microphone is gone.")).to_be_hidden()
    expect(page.get_by_test_id("live-badge")).to_contain_text("LIVE")
    expect(page.get_by_test_id("mute")).to_be_visible()
    page.evaluate(UNPLUG)
    expect(page.get_by_test_id("live-badge")).to_contain_text("Paused")
    page.get_by_test_id("mic-type").click()
    expect(page.get_by_test_id("typed-input")).to_be_focused()
    page.keyboard.type("It runs 40 hours on low.")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("danmaku-list")).to_contain_text("It runs 40 hours on low.")
    expect(page.get_by_test_id("live-badge")).to_contain_text("LIVE")
    reasons = [event["reason"] for event in events(page, rehearsal, "rehearsal_paused")]
    assert reasons == ["streamer", "streamer"]
    end(page)


@needs_test_data
def test_a_network_that_goes_and_comes_back_loses_nothing(open_page: OpenPage, microphone: Path) -> None:
    page, rehearsal = enter(open_page, microphone)
    expect(page.get_by_test_id("danmaku-list").locator("li").first).to_be_attached()
    page.route("**/offer", lambda route: route.abort())
    page.evaluate("() => watched.connections.at(-1).close()")
    expect(page.get_by_test_id("connection-state")).to_have_text("Reconnecting …")
    expect(page.get_by_text("The room waits, and what you type")).to_be_visible()
    page.unroute("**/offer")
    page.evaluate("() => dispatchEvent(new Event('online'))")
    expect(page.get_by_test_id("connection-state")).to_have_text("Back, nothing lost")
    expect(page.get_by_text("The room waits, and what you type")).to_be_hidden()
    page.get_by_test_id("typed-input").fill("Where were we? The lantern!")
    page.get_by_test_id("typed-send").click()
    expect(page.get_by_test_id("danmaku-list")).to_contain_text("Where were we? The lantern!")
    assert [event["reason"] for event in events(page, rehearsal, "rehearsal_paused")] == ["disconnected"]
    page.get_by_test_id("connection-state").click()
    expect(page.get_by_test_id("latency")).to_contain_text("ms")
    page.keyboard.press("Escape")
    end(page)


@needs_test_data
def test_the_tab_that_was_taken_over_says_so_and_a_third_may_stay_away(open_page: OpenPage, microphone: Path) -> None:
    page, rehearsal = enter(open_page, microphone)
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_test_id("takeover").click()
    expect(other.get_by_test_id("connection-state")).to_have_attribute("data-state", "connected")
    expect(page.get_by_test_id("takeover")).to_be_visible()
    expect(page.get_by_test_id("pause")).to_be_disabled()
    page.get_by_test_id("stay-away").click()
    expect(page.get_by_test_id("room")).to_have_count(0)
    expect(other.get_by_test_id("connection-state")).to_have_attribute("data-state", "connected")
    assert events(other, rehearsal, "rehearsal_ended") == []
    end(other)


def test_who_has_had_enough_waits_for_no_server(visit: Visit) -> None:
    page = visit("/setup/en-camp-lantern")
    page.get_by_test_id("typed-mode").click()
    expect(page.get_by_test_id("connection-state")).to_have_attribute("data-state", "connected")
    rehearsal = page.url.rsplit("/", 1)[-1]
    page.route("**/api/rehearsals/**", lambda route: route.abort())
    page.get_by_test_id("typed-input").fill("Anyone here?")
    page.get_by_test_id("typed-send").click()
    expect(page.get_by_test_id("connection-state")).to_have_attribute("data-state", "reconnecting")
    page.get_by_test_id("stop").click()
    expect(page.get_by_test_id("cool-down")).to_be_visible()
    page.unroute("**/api/rehearsals/**")
    page.wait_for_function(
        "id => fetch(`/api/rehearsals/${id}`).then(answer => answer.json()).then(found => !found.running)",
        arg=rehearsal,
    )
