"""A streamer shares, a mentor reviews by keyboard, the streamer sees it and takes it back, each in an own session."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect

from scripts.made_rehearsal import make_rehearsal
from tests.browser.conftest import NOWHERE

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SCENARIO = "en-camp-lantern"


@pytest.fixture(scope="module")
def rehearsal(room_folder: Path, room_url: str) -> str:
    """A rehearsal by voice of two minutes, kept in the running room."""
    return make_rehearsal(
        room_folder / "data", SCENARIO, "flustered", seed=11, rehearsal_id="reviewed-lantern", seconds=120
    )


def another(page: Page, *, width: int = 1280) -> Page:
    """Another person at another browser: nothing is remembered."""
    browser = page.context.browser
    assert isinstance(browser, Browser)
    base = re.sub(r"(https?://[^/]+).*", r"\1", page.url)
    context = browser.new_context(base_url=base, viewport={"width": width, "height": 860}, locale="en-US")
    return context.new_page()


def share(page: Page, rehearsal: str, note: str) -> None:
    """Share as if it had not been shared by a test before."""
    page.request.delete(f"/api/rehearsals/{rehearsal}/share")
    page.goto(f"/rehearsals/{rehearsal}")
    page.get_by_test_id("share-open").click()
    page.get_by_test_id("share-note").fill(note)
    page.get_by_test_id("share-confirm").click()
    expect(page.get_by_test_id("share-withdraw")).to_be_visible()


def open_desk(page: Page, rehearsal: str) -> None:
    """Come in as a mentor by the list, with keys alone once the name is given."""
    page.goto("/review")
    page.get_by_test_id("mentor-name-input").fill("Lin")
    page.get_by_test_id("mentor-name-input").press("Enter")
    row = page.get_by_test_id("shared-row").and_(page.locator(f"[data-rehearsal={rehearsal}]"))
    expect(row).to_be_visible()
    page.keyboard.press("j")
    expect(page.locator(":focus")).to_have_attribute("data-testid", "shared-row")
    row.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("review-desk")).to_have_attribute("data-state", "ready")


def name_focus(page: Page, text: str) -> None:
    page.get_by_test_id("focus-add").click()
    page.get_by_test_id("focus-text").fill(text)
    page.get_by_test_id("focus-save").click()


def seconds(page: Page) -> float:
    return float(page.get_by_test_id("wave").get_attribute("aria-valuenow") or "0")


def remark_by_keys(mentor: Page) -> None:
    """Go to the next place and say something there, without the mouse; the hint on tone goes with the wording."""
    expect(mentor.locator("[data-wave=drawn]")).to_be_visible()
    mentor.keyboard.press("j")
    expect(mentor.get_by_test_id("wave")).not_to_have_attribute("aria-valuenow", "0")
    at = seconds(mentor)
    mentor.keyboard.press("c")
    expect(mentor.get_by_test_id("comment-text")).to_be_focused()
    mentor.keyboard.type("You were nervous here.")
    expect(mentor.locator("[data-hint=feeling]")).to_contain_text("You were nervous")
    mentor.get_by_test_id("comment-text").fill("Say the price per night before the list price.")
    expect(mentor.get_by_test_id("review-hints")).to_have_count(0)
    mentor.keyboard.press("Control+Enter")
    expect(mentor.get_by_test_id("comment")).to_contain_text("price per night")
    expect(mentor.get_by_test_id("comment")).to_contain_text(f"{int(at) // 60}:{int(at) % 60:02d}")


def name_three(mentor: Page) -> None:
    """Two focus points, and a gentle stop at the third, which may take the place of one."""
    for number, text in enumerate(("Price in the first minute", "One proof for each doubt"), start=1):
        name_focus(mentor, text)
        expect(mentor.get_by_test_id("mentor-focus")).to_have_count(number)
    name_focus(mentor, "Slower numbers")
    expect(mentor.get_by_test_id("focus-stop")).to_contain_text("One or two things at a time")
    mentor.get_by_test_id("focus-swap").first.click()
    focus = mentor.get_by_test_id("mentor-focus")
    expect(focus).to_have_text([re.compile("Slower numbers"), re.compile("One proof")])
    focus.nth(1).get_by_test_id("focus-edit").click()
    mentor.get_by_test_id("focus-text").fill("One proof for every doubt")
    mentor.get_by_test_id("focus-save").click()
    expect(focus).to_have_text([re.compile("Slower numbers"), re.compile("One proof for every doubt")])


def see_pacing_differently(mentor: Page) -> None:
    """A score of one's own needs a reason."""
    row = mentor.get_by_test_id("override-score.pacing")
    row.get_by_test_id("override-open").click()
    row.get_by_test_id("override-value").fill("72")
    row.get_by_test_id("override-save").click()
    expect(row.get_by_role("alert")).to_be_visible()
    row.get_by_test_id("override-reason").fill("The lantern needs the quick start.")
    row.get_by_test_id("override-save").click()
    expect(row).to_contain_text("The lantern needs the quick start.")


def expect_notes(streamer: Page) -> None:
    """The streamer sees all of it, who looked, and hears the place with one click."""
    streamer.goto("/history")
    row = streamer.get_by_test_id("history-row").and_(streamer.locator("[data-id=reviewed-lantern]"))
    expect(row.get_by_test_id("new-remarks")).to_contain_text("new from your mentor")
    row.get_by_role("link").click()
    notes = streamer.get_by_test_id("mentor-notes")
    expect(notes).to_contain_text("price per night")
    expect(notes).to_contain_text("Lin: 72")
    expect(streamer.get_by_test_id("notes-focus")).to_have_count(2)
    expect(streamer.get_by_test_id("score-pacing").get_by_test_id("mentor-score.pacing")).to_contain_text("Lin: 72")
    expect(streamer.get_by_test_id("share-visits")).to_contain_text("Lin")
    expect(streamer.get_by_test_id("share-fresh")).to_contain_text("new from your mentor")
    notes.get_by_test_id("notes-play").click()
    expect(streamer.get_by_role("button", name="Stop", exact=True).first).to_be_visible()


def expect_nothing(mentor: Page, rehearsal: str) -> None:
    """The next step of a mentor finds nothing, nor does a reload or the list."""
    mentor.get_by_test_id("comment-text").fill("One more thing.")
    mentor.get_by_test_id("comment-send").click()
    expect(mentor.get_by_test_id("review-gone")).to_be_visible()
    expect(mentor.locator("body")).not_to_contain_text("Camp lantern")
    mentor.reload()
    expect(mentor.get_by_test_id("review-gone")).to_be_visible()
    mentor.goto("/review?status=reviewed")
    expect(mentor.get_by_test_id("status-reviewed")).to_have_attribute("aria-pressed", "true")
    expect(mentor.locator(f"[data-rehearsal={rehearsal}]")).to_have_count(0)


def test_a_streamer_shares_a_mentor_reviews_the_streamer_sees_it_and_withdraws(
    open_page: OpenPage, rehearsal: str
) -> None:
    streamer = open_page(None, NOWHERE)
    share(streamer, rehearsal, "Was I too soft on the price?")
    expect(streamer.get_by_test_id("share-visits")).to_have_text("Nobody has opened it yet.")
    mentor = another(streamer)
    open_desk(mentor, rehearsal)
    expect(mentor.get_by_test_id("nav-review")).to_have_text(re.compile(r"Review\s*1\s*1 waiting"))
    expect(mentor.get_by_test_id("review-asks")).to_contain_text("Was I too soft on the price?")
    remark_by_keys(mentor)
    name_three(mentor)
    see_pacing_differently(mentor)
    mentor.get_by_test_id("review-desk").locator("h1").click()
    mentor.keyboard.press("r")
    expect(mentor.get_by_test_id("review-finish")).to_have_attribute("data-reviewed", "true")
    mentor.get_by_test_id("nav-history").click()
    expect(mentor.get_by_test_id("history-row").first).to_be_visible()
    expect(mentor.get_by_test_id("review-count")).to_have_count(0)
    mentor.go_back()
    expect_notes(streamer)
    streamer.get_by_test_id("share-withdraw").click()
    expect(streamer.get_by_test_id("share-open")).to_be_visible()
    expect_nothing(mentor, rehearsal)
    expect(streamer.get_by_test_id("mentor-notes")).to_contain_text("price per night")


def test_filters_stay_in_the_address_and_keys_are_told(open_page: OpenPage, rehearsal: str) -> None:
    streamer = open_page(None, NOWHERE)
    share(streamer, rehearsal, "The haggler, please.")
    mentor = another(streamer, width=390)
    mentor.goto("/review")
    mentor.get_by_test_id("mentor-name-input").fill("王老师")
    mentor.get_by_test_id("mentor-name-save").click()
    expect(mentor.get_by_test_id("shared-row")).to_have_count(1)
    mentor.keyboard.press("/")
    expect(mentor.get_by_test_id("review-search")).to_be_focused()
    mentor.keyboard.type("nothing like it")
    expect(mentor.get_by_test_id("shared-row")).to_have_count(0)
    expect(mentor).to_have_url(re.compile(r"q=nothing"))
    mentor.get_by_test_id("review-search").fill("HAGGLER")
    expect(mentor.get_by_test_id("shared-row")).to_have_count(1)
    mentor.reload()
    expect(mentor.get_by_test_id("review-search")).to_have_value("HAGGLER")
    expect(mentor.get_by_test_id("shared-row")).to_have_count(1)
    mentor.keyboard.press("Escape")
    mentor.keyboard.press("?")
    expect(mentor.get_by_test_id("review-help")).to_be_visible()
    mentor.keyboard.press("Escape")
    expect(mentor.get_by_test_id("review-help")).to_be_hidden()
    assert mentor.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_who_dictates_switches_single_keys_off(open_page: OpenPage, rehearsal: str) -> None:
    page = open_page(None, NOWHERE)
    share(page, rehearsal, "")
    mentor = another(page)
    open_desk(mentor, rehearsal)
    mentor.get_by_test_id("review-keys-open").click()
    mentor.get_by_test_id("keys-on").uncheck()
    mentor.keyboard.press("Escape")
    expect(mentor.get_by_test_id("review-help")).to_be_hidden()
    mentor.keyboard.press("r")
    mentor.keyboard.press("c")
    expect(mentor.get_by_test_id("comment-text")).not_to_be_focused()
    expect(mentor.get_by_test_id("review-finish")).to_have_attribute("data-reviewed", "false")
    mentor.reload()
    mentor.get_by_test_id("review-keys-open").click()
    expect(mentor.get_by_test_id("keys-on")).not_to_be_checked()


def test_two_mentors_see_who_was_quicker(open_page: OpenPage, rehearsal: str) -> None:
    page = open_page(None, NOWHERE)
    share(page, rehearsal, "")
    first, second = another(page), another(page)
    for mentor in (first, second):
        open_desk(mentor, rehearsal)
    rows = [mentor.get_by_test_id("override-score.coverage") for mentor in (first, second)]
    for row, value in zip(rows, ("55", "60"), strict=True):
        row.get_by_test_id("override-open").click()
        row.get_by_test_id("override-value").fill(value)
        row.get_by_test_id("override-reason").fill(f"Heard {value} percent of it.")
    rows[0].get_by_test_id("override-save").click()
    expect(rows[0]).to_contain_text("Heard 55 percent of it.")
    rows[1].get_by_test_id("override-save").click()
    expect(second.get_by_test_id("notice")).to_contain_text("Somebody has changed this meanwhile")
    # The other's value is there, one's own words too.
    expect(rows[1]).to_contain_text("55")
    expect(rows[1].get_by_test_id("override-reason")).to_have_value("Heard 60 percent of it.")
