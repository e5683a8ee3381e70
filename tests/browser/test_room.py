"""A person's way through the page, in a real browser against a real server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SCENARIO = "en-camp-lantern"


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
