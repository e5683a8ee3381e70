"""From the sound check to the scorecard by the keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_room import SCENARIO

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def tab_to(page: Page, testid: str, longest: int = 80) -> None:
    """Press Tab until it has the focus."""
    for _ in range(longest):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement?.dataset.testid") == testid:
            return
    raise AssertionError(f"{testid} cannot be reached by Tab")


def test_the_keyboard_alone_leads_from_the_sound_check_to_the_scorecard(open_page: OpenPage) -> None:
    page = open_page(None)
    page.goto(f"/setup/{SCENARIO}")
    expect(page.get_by_test_id("typed-mode")).to_be_visible()
    tab_to(page, "typed-mode")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("room")).to_be_visible()
    expect(page.get_by_test_id("typed-input")).to_be_enabled()
    tab_to(page, "typed-input")
    page.keyboard.type("This lantern runs 40 hours on low, and it is 29 dollars.")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("danmaku-list")).to_contain_text("40 hours on low")
    tab_to(page, "pause")
    page.keyboard.press("Space")
    expect(page.get_by_test_id("resume")).to_be_visible()
    tab_to(page, "resume")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("pause")).to_be_visible()
    tab_to(page, "end")
    page.keyboard.press("Enter")
    tab_to(page, "end-confirm")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("scorecard")).to_be_visible()
