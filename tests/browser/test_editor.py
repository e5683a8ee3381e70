"""Mentors in a real browser: a scenario is written, broken, put right, simulated, tried and published; tabs meet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NOWHERE

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SHELF = "/api/authoring/scenarios"
OWN_EDITOR = re.compile(r"/scenarios/(?!new)([\w-]+)/edit")


def begin(page: Page, title: str) -> None:
    """Make a new English scenario from the list; the editor is open and the linter content."""
    page.goto("/")
    page.get_by_test_id("nav-scenarios").click()
    page.get_by_test_id("new-scenario").click()
    page.get_by_test_id("new-title").fill(title)
    page.get_by_test_id("new-locale").select_option("en-US")
    page.get_by_test_id("make").click()
    expect(page.get_by_test_id("yaml")).to_be_visible()
    expect(page.get_by_test_id("clean").or_(page.get_by_test_id("problem").first)).to_be_visible()


def write_at_end(page: Page, text: str) -> None:
    page.get_by_test_id("yaml").click()
    page.keyboard.press("ControlOrMeta+End")
    page.keyboard.type(text)


def save(page: Page, number: int) -> str:
    """Save by keyboard; return the scenario's id."""
    page.keyboard.press("ControlOrMeta+s")
    expect(page.get_by_test_id("saved-version")).to_have_text(f"Version {number}")
    expect(page.get_by_test_id("dirty")).to_have_count(0)
    # The address follows the save in a step of its own.
    page.wait_for_url(OWN_EDITOR)
    found = OWN_EDITOR.search(page.url)
    assert found, page.url
    return found[1]


def stored(page: Page, scenario_id: str) -> dict[str, Any]:
    answer: dict[str, Any] = page.request.get(f"{SHELF}/{scenario_id}").json()
    return answer


def test_a_mentor_writes_breaks_fixes_simulates_tries_and_publishes(open_page: OpenPage) -> None:
    page = open_page(None, NOWHERE)
    begin(page, "A rack for the mentor's test")

    # A broken key is told while it is typed, at its place, and put right by a press.
    write_at_end(page, "platfrom: generic")
    problem = page.get_by_test_id("problem-unknown_key")
    expect(problem).to_contain_text("unknown key 'platfrom'")
    expect(problem).to_contain_text(re.compile(r"line \d+"))
    expect(page.get_by_test_id("publish")).to_be_disabled()
    page.keyboard.press("ControlOrMeta+Home")
    page.keyboard.press("F8")
    page.wait_for_function("getSelection().toString() === 'platfrom'")
    page.get_by_test_id("fix-unknown_key").click()
    expect(problem).to_have_count(0)
    scenario_id = save(page, 1)
    assert stored(page, scenario_id)["text"].endswith("platform: generic")
    expect(page.get_by_test_id("state")).to_have_text("Draft")

    # Scripted streamers play it; the words of one can be read.
    page.get_by_test_id("panel-plan").click()
    expect(page.get_by_test_id("plan")).to_contain_text("Hook")
    page.get_by_test_id("panel-simulation").click()
    page.get_by_test_id("seeds").select_option("1")
    page.get_by_test_id("simulate").click()
    for streamer in ("skilled", "rude", "banned_claims"):
        expect(page.get_by_test_id(f"simulated-{streamer}")).to_contain_text("%", timeout=90_000)
    page.get_by_test_id("read-skilled").click()
    expect(page.get_by_test_id("simulated-talk").locator("li[data-what=said]").first).to_be_visible(timeout=90_000)

    # It is tried at once, unlisted.
    page.get_by_test_id("try").click()
    expect(page.get_by_role("heading", name="A rack for the mentor's test")).to_be_visible()
    page.get_by_test_id("typed-mode").click()
    expect(page.get_by_test_id("room")).to_be_visible()
    page.goto("/")
    expect(page.locator("[data-testid^=scenario-card-]").first).to_be_visible()
    expect(page.get_by_test_id(f"scenario-card-{scenario_id}")).to_have_count(0)

    # Published, it is on the landing page; and off it again.
    page.goto(f"/scenarios/{scenario_id}/edit")
    page.get_by_test_id("publish").click()
    expect(page.get_by_test_id("state")).to_have_text("Published")
    page.goto("/")
    expect(page.get_by_test_id(f"scenario-card-{scenario_id}")).to_be_attached()


def test_the_form_changes_the_text_where_it_stands(open_page: OpenPage) -> None:
    page = open_page(None, NOWHERE)
    begin(page, "By form")
    scenario_id = save(page, 1)
    before = stored(page, scenario_id)["text"]
    page.get_by_test_id("view-form").click()
    price = page.locator("[data-field='product.price.live'] input")
    price.fill("12")
    price.press("Tab")
    wrong = page.locator("[data-field='product.price.live'], [data-field='product.price.floor']")
    expect(wrong.get_by_test_id("field-finding").first).to_be_visible()
    price.fill("41")
    page.get_by_test_id("add-events").click()
    expect(page.get_by_test_id("form-events").locator("details").last).to_contain_text("2:30")
    save(page, 2)
    after = stored(page, scenario_id)["text"]
    gone = [line for line in before.splitlines() if line not in after.splitlines()]
    new = [line for line in after.splitlines() if line not in before.splitlines()]
    assert len(gone) == 1
    assert re.search(r"live: 39\b", gone[0]), gone
    assert new[0] == gone[0].replace("live: 39", "live: 41")
    assert re.fullmatch(r"  - \{at_sec: 150, viewer: [\w-]+, intent: push, pressure: true\}", new[1]), new
    assert len(new) == 2


def test_a_second_tab_meets_what_the_first_has_saved(open_page: OpenPage) -> None:
    first = open_page(None, NOWHERE)
    begin(first, "Two tabs")
    scenario_id = save(first, 1)
    second = first.context.new_page()
    second.goto(f"/scenarios/{scenario_id}/edit")
    expect(second.get_by_test_id("saved-version")).to_have_text("Version 1")
    write_at_end(first, "# from the first tab\n")
    save(first, 2)
    second.get_by_test_id("view-form").click()
    title = second.locator("[data-field='title'] input")
    title.fill("Two tabs, renamed")
    title.press("Tab")
    second.keyboard.press("ControlOrMeta+s")
    dialog = second.get_by_test_id("conflict")
    expect(dialog).to_contain_text("version 2")
    expect(dialog.get_by_test_id("diff")).to_contain_text("from the first tab")
    dialog.get_by_test_id("conflict-merge").click()
    expect(second.get_by_test_id("saved-version")).to_have_text("Version 3")
    merged = stored(second, scenario_id)["text"]
    assert "# from the first tab" in merged
    assert "Two tabs, renamed" in merged

    # An old version is put back as a new one.
    second.get_by_test_id("panel-versions").click()
    second.get_by_test_id("restore-1").click()
    expect(second.get_by_test_id("saved-version")).to_have_text("Version 4")
    assert stored(second, scenario_id)["text"] == page_text(second, scenario_id, 1)


def page_text(page: Page, scenario_id: str, number: int) -> str:
    """Return the text of a version, as the server keeps it."""
    return str(page.request.get(f"{SHELF}/{scenario_id}/versions/{number}").json()["text"])


def test_unsaved_work_is_not_left_by_mistake_and_shipped_ones_are_copied(open_page: OpenPage) -> None:
    page = open_page(None, NOWHERE)
    page.goto("/scenarios")
    page.get_by_test_id("open-en-camp-lantern").click()
    expect(page.get_by_test_id("state")).to_have_text("Comes with the room")
    expect(page.get_by_test_id("save")).to_have_count(0)
    page.get_by_test_id("copy").click()
    expect(page.get_by_test_id("dirty")).to_be_visible()
    page.get_by_test_id("nav-landing").click()
    page.get_by_role("button", name="Stay here").click()
    expect(page.get_by_test_id("dirty")).to_be_visible()
    scenario_id = save(page, 1)
    assert scenario_id == "en-camp-lantern-2"
    page.goto("/scenarios")
    page.get_by_test_id(f"delete-{scenario_id}").click()
    page.get_by_test_id("confirm-delete").click()
    expect(page.get_by_test_id(f"shelf-{scenario_id}")).to_have_count(0)
