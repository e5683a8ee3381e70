"""The scorecard in a real browser: heard, read, marked, taken up again, kept, compared, deleted.

Most of it is shown with a made rehearsal (`scripts.made_rehearsal`): a scripted streamer by voice, five minutes long,
with both recordings and the real scorer's card.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page, expect

from scripts.made_rehearsal import make_rehearsal
from tests.browser.conftest import NOWHERE
from tests.browser.test_room import choose, end

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LANTERN, SHIRT = "en-camp-lantern", "zh-linen-shirt"
PLAYED_UNTIL = "(seconds) => Math.max(0, ...players.map((player) => player.currentTime)) > seconds"
WATCH_PLAYERS = """
  const play = HTMLMediaElement.prototype.play
  window.players = []
  HTMLMediaElement.prototype.play = function () {
    if (!players.includes(this)) players.push(this)
    return play.call(this)
  }"""


@pytest.fixture
def made(room_folder: Path, room_url: str) -> str:
    """A rehearsal by voice with wording to change, kept in the room's data folder while the room is open."""
    return keep(room_folder, LANTERN, "banned_claims")


def keep(room_folder: Path, scenario: str, streamer: Any, **how: Any) -> str:
    """Make a rehearsal that no other test has; see `make_rehearsal`."""
    number = len(list((room_folder / "data" / "rehearsals").glob("made-*")))
    name = f"made-{number}-{streamer.replace('_', '-')}"
    return make_rehearsal(room_folder / "data", scenario, streamer, rehearsal_id=name, **how)


def show(page: Page, rehearsal: str) -> None:
    page.add_init_script(WATCH_PLAYERS)
    page.goto(f"/rehearsals/{rehearsal}")
    expect(page.get_by_test_id("scorecard")).to_be_visible()


def rehearse_by_typing(page: Page) -> None:
    choose(page)
    page.get_by_test_id("typed-mode").click()
    expect(page.get_by_test_id("room")).to_be_visible()
    page.get_by_test_id("typed-input").fill("Hello and welcome, this lantern is for camping.")
    page.get_by_test_id("typed-input").press("Enter")
    end(page)


def leave(page: Page) -> None:
    """End the rehearsal whose room is open: a room has few places."""
    expect(page.get_by_test_id("room")).to_be_visible()
    rehearsal = page.url.rstrip("/").rsplit("/", 1)[-1]
    page.evaluate(
        """(id) => fetch(`/api/rehearsals/${id}/commands`, {
          method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify({type: 'end'})})""",
        rehearsal,
    )


def seconds(clock: str) -> int:
    minutes, rest = clock.strip().split(":")
    return int(minutes) * 60 + int(rest)


def test_a_finding_is_marked_by_keyboard_and_stays_marked(open_page: OpenPage) -> None:
    page = open_page(None)
    rehearse_by_typing(page)
    first = page.get_by_test_id("focus-point").first.get_by_test_id("mark-useful")
    first.focus()
    page.keyboard.press("Enter")
    expect(first).to_have_attribute("aria-pressed", "true")
    page.reload()
    again = page.get_by_test_id("focus-point").first.get_by_test_id("mark-useful")
    expect(again).to_have_attribute("aria-pressed", "true")
    page.get_by_test_id("language-zh").click()
    expect(again).to_have_text("有用")
    again.press("Space")
    expect(again).to_have_attribute("aria-pressed", "false")


def test_a_focus_point_leads_at_once_to_its_drill_on_the_same_product(open_page: OpenPage) -> None:
    page = open_page(None)
    rehearse_by_typing(page)
    page.get_by_test_id("focus-point").first.get_by_test_id("start-drill").click()
    expect(page.get_by_test_id("room")).to_be_visible()
    expect(page.get_by_test_id("typed-input")).to_be_enabled()
    expect(page.get_by_test_id("product-card")).to_contain_text("Ember")
    leave(page)


@pytest.mark.parametrize("answer", ["consent-mild", "consent-same"])
def test_a_harsh_moment_is_done_again_once_its_tone_is_chosen(open_page: OpenPage, made: str, answer: str) -> None:
    page = open_page(None, NOWHERE)
    show(page, made)
    page.get_by_test_id("replay-moment").first.click()
    expect(page.get_by_test_id("consent-dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("consent-dialog")).to_have_count(0)
    page.get_by_test_id("replay-moment").first.click()
    page.get_by_test_id(answer).click()
    leave(page)


def test_a_moment_of_ordinary_tone_is_done_again_at_once(open_page: OpenPage, room_folder: Path, room_url: str) -> None:
    page = open_page(None, NOWHERE)
    show(page, keep(room_folder, LANTERN, "banned_claims", cap=2))
    page.get_by_test_id("replay-moment").first.click()
    leave(page)


def test_the_report_is_kept_as_a_page_of_its_own(open_page: OpenPage) -> None:
    page = open_page(None)
    rehearse_by_typing(page)
    page.get_by_test_id("keep").click()
    with page.expect_download() as saved:
        page.get_by_test_id("report-html").click()
    text = saved.value.path().read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>")
    assert "What to practise next" in text


def test_a_typed_rehearsal_has_its_transcript_and_says_that_nothing_was_recorded(open_page: OpenPage) -> None:
    page = open_page(None)
    rehearse_by_typing(page)
    expect(page.get_by_test_id("typed-note")).to_be_visible()
    expect(page.get_by_test_id("no-audio")).to_be_visible()
    expect(page.get_by_test_id("transcript")).to_contain_text("this lantern is for camping")
    expect(page.get_by_test_id("wave")).to_have_count(0)
    expect(page.get_by_test_id("play-quote")).to_have_count(0)


def test_a_quote_is_heard_at_its_place_and_the_transcript_follows(open_page: OpenPage, made: str) -> None:
    page = open_page(None, NOWHERE)
    show(page, made)
    quote = page.get_by_test_id("focus-point").first.get_by_test_id("play-quote")
    start = seconds(quote.locator(".time").inner_text())
    words = quote.locator("q").inner_text()
    quote.click()
    page.wait_for_function(PLAYED_UNTIL, arg=start)
    expect(page.get_by_test_id("bar-toggle")).to_have_accessible_name("Stop")
    heard = seconds(page.get_by_test_id("bar-time").inner_text())
    assert start - 1 <= heard <= start + 5
    row = page.get_by_test_id("transcript").locator("[aria-current=true]")
    expect(row).to_contain_text(words.split()[0])
    # Scrolled into sight in its own box, while the page stays where it is read.
    page.wait_for_function(
        """() => {
          const box = document.querySelector('[data-testid=transcript]').getBoundingClientRect()
          const row = document.querySelector('[data-testid=transcript] [aria-current]').getBoundingClientRect()
          return row.top >= box.top && row.bottom <= box.bottom
        }"""
    )
    expect(quote).to_be_in_viewport()
    # The stretch ends by itself.
    expect(page.get_by_test_id("bar-toggle")).to_have_accessible_name(re.compile("Play"), timeout=20_000)


def test_the_recording_is_gone_through_by_keyboard(open_page: OpenPage, made: str) -> None:
    page = open_page(None, NOWHERE)
    show(page, made)
    wave = page.get_by_test_id("wave")
    wave.scroll_into_view_if_needed()
    expect(wave).to_have_attribute("data-wave", "drawn")
    wave.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    expect(wave).to_have_attribute("aria-valuenow", "11")
    page.keyboard.press("Space")
    page.wait_for_function(PLAYED_UNTIL, arg=11.3)
    page.keyboard.press("Space")
    expect(page.get_by_test_id("studio-play")).to_have_accessible_name("Play the whole rehearsal")
    page.keyboard.press("Home")
    expect(wave).to_have_attribute("aria-valuenow", "0")
    page.get_by_test_id("moment-after").click()
    page.wait_for_function(PLAYED_UNTIL, arg=0.1)
    page.get_by_test_id("zoom-in").click()
    expect(page.get_by_test_id("zoom-out")).to_be_enabled()


def test_a_row_of_the_transcript_plays_from_there_and_words_are_found(open_page: OpenPage, made: str) -> None:
    page = open_page(None, NOWHERE)
    show(page, made)
    rows = page.get_by_test_id("transcript-row")
    chosen = rows.nth(12)
    at = seconds(chosen.inner_text())
    chosen.click()
    page.wait_for_function(PLAYED_UNTIL, arg=at)
    page.get_by_test_id("bar-toggle").click()
    page.get_by_test_id("transcript-search").fill("GUARANTEE")
    marks = page.get_by_test_id("transcript").locator("mark")
    expect(marks.first).to_have_text(re.compile("guarantee", re.IGNORECASE))
    assert page.get_by_test_id("transcript").locator("li").count() < rows.count() + 1
    page.get_by_test_id("transcript-search").fill("no such words")
    expect(page.get_by_text("0 found")).to_be_visible()


def test_charts_stand_there_with_data_and_lead_to_the_sound(open_page: OpenPage, made: str) -> None:
    page = open_page(None, NOWHERE)
    show(page, made)
    for name in ("coverage-chart", "pace-chart", "recovery-chart"):
        chart = page.get_by_test_id(name)
        chart.scroll_into_view_if_needed()
        expect(chart.locator("[data-chart=drawn] svg")).to_be_visible()
        assert chart.locator("svg path").count() > 8
    page.get_by_test_id("pace-chart").locator("details summary").click()
    table = page.get_by_test_id("pace-chart").locator("tbody tr")
    assert table.count() >= 10
    page.get_by_test_id("language-zh").click()
    expect(page.get_by_test_id("pace-chart")).to_contain_text("每段 30 秒")
    expect(page.get_by_test_id("recovery-chart").locator("svg")).to_contain_text("秒")
    page.set_viewport_size({"width": 390, "height": 844})  # a drawn chart must not hold the window open
    expect(page.get_by_test_id("recovery-chart").locator("svg[width='358']")).to_be_visible()


def test_the_ledger_is_narrowed_by_viewer_and_by_how_it_was_met(open_page: OpenPage, made: str) -> None:
    page = open_page(None, NOWHERE)
    show(page, made)
    page.get_by_test_id("ledger-badly").click()
    lines = page.get_by_test_id("ledger-line")
    expect(lines.first).to_contain_text("badly")
    badly = lines.count()
    page.get_by_test_id("ledger-viewer").first.click()
    assert lines.count() <= badly
    page.get_by_test_id("ledger-all").click()
    name = page.get_by_test_id("ledger-viewer").first.locator(".name > span").first.inner_text()
    for text in lines.all_inner_texts():
        assert name in text


def test_wording_that_stops_a_pass_comes_first_and_can_be_contradicted(open_page: OpenPage, made: str) -> None:
    page = open_page(None, NOWHERE)
    show(page, made)
    rules = page.get_by_test_id("compliance-rule")
    expect(rules.first).to_contain_text("serious")
    expect(rules.first).to_contain_text("Say instead")
    wrong = rules.first.get_by_test_id("mark-wrong").first
    wrong.click()
    expect(wrong).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(page.get_by_test_id("compliance-rule").first.get_by_test_id("mark-wrong").first).to_have_attribute(
        "aria-pressed", "true"
    )


def test_the_attempt_before_is_shown_and_leads_to_the_comparison(open_page: OpenPage, room_folder: Path) -> None:
    page = open_page(None, NOWHERE)
    keep(room_folder, SHIRT, "flustered", days_ago=3, aloud=False)
    now = keep(room_folder, SHIRT, "skilled", aloud=False)
    show(page, now)
    expect(page.get_by_test_id("before-coverage")).to_contain_text("last time 100")
    expect(page.get_by_test_id("before-coverage")).to_contain_text("too early")
    page.get_by_test_id("compare").click()
    link = page.get_by_test_id("compare-with").first
    assert (link.get_attribute("href") or "").startswith(f"/compare/{now}/made-")


def test_deleting_says_what_goes_and_then_it_is_gone(open_page: OpenPage, made: str, room_folder: Path) -> None:
    page = open_page(None, NOWHERE)
    show(page, made)
    page.get_by_test_id("keep").click()
    page.get_by_test_id("delete").click()
    expect(page.locator("dialog")).to_contain_text("both recordings")
    page.locator("dialog").get_by_role("button", name="Cancel").click()
    assert (room_folder / "data" / "rehearsals" / made).is_dir()
    page.get_by_test_id("keep").click()
    page.get_by_test_id("delete").click()
    page.get_by_test_id("delete-confirm").click()
    expect(page.get_by_test_id("scorecard")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"/$"))
    assert not (room_folder / "data" / "rehearsals" / made).exists()
    page.goto(f"/rehearsals/{made}")
    expect(page.get_by_role("main")).to_contain_text("no rehearsal")


def test_a_damaged_scorecard_says_so_at_once(open_page: OpenPage, made: str, room_folder: Path) -> None:
    page = open_page(None, NOWHERE)
    (room_folder / "data" / "rehearsals" / made / "scorecard.json").write_text('{"schema_version": 1', encoding="utf-8")
    page.goto(f"/rehearsals/{made}")
    expect(page.get_by_role("main")).to_contain_text("rescore", timeout=5_000)


def test_a_log_with_a_hole_is_shown_and_named(open_page: OpenPage, made: str, room_folder: Path) -> None:
    page = open_page(None, NOWHERE)
    log = room_folder / "data" / "rehearsals" / made / "events.jsonl"
    lines = log.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[20] = "not a record\n"
    log.write_text("".join(lines), encoding="utf-8")
    show(page, made)
    expect(page.get_by_text("log is damaged")).to_be_visible()
    expect(page.get_by_test_id("transcript-row").first).to_be_visible()


def test_a_phone_shows_all_of_it_without_scrolling_sideways(open_page: OpenPage, made: str) -> None:
    page = open_page(None, NOWHERE)
    page.set_viewport_size({"width": 390, "height": 844})
    show(page, made)
    expect(page.get_by_test_id("transcript-row").first).to_be_attached()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    nav = page.get_by_test_id("score-nav")
    nav.get_by_role("link", name="Viewers").click()
    expect(page.locator("#viewers h2")).to_be_in_viewport()
    expect(nav.locator("[aria-current]")).to_have_text("Viewers")
    expect(nav.locator("[aria-current]")).to_be_in_viewport()


def test_paper_holds_everything_and_no_buttons(open_page: OpenPage, made: str) -> None:
    page = open_page(None, NOWHERE)
    show(page, made)
    expect(page.get_by_test_id("transcript-row").first).to_be_visible()
    page.emulate_media(media="print")
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    expect(page.get_by_test_id("score-nav")).to_be_hidden()
    expect(page.get_by_test_id("nav-landing")).to_be_hidden()
    for kind in ("ledger-line", "pressure-card"):
        expect(page.get_by_test_id(kind).last).to_be_visible()
        expect(page.get_by_test_id(kind).locator("visible=true")).to_have_count(page.get_by_test_id(kind).count())
    expect(page.get_by_test_id("keep")).to_be_hidden()
    expect(page.get_by_test_id("start-drill").first).to_be_hidden()
    assert page.get_by_test_id("all-findings").evaluate("(details) => details.open")
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    assert not page.get_by_test_id("all-findings").evaluate("(details) => details.open")
