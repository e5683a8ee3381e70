"""The scorecard in a real browser: findings are marked and stay marked, a drill starts, a report is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_room import choose, end

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def rehearse_by_typing(page: Page) -> None:
    choose(page)
    page.get_by_test_id("typed-mode").click()
    expect(page.get_by_test_id("room")).to_be_visible()
    page.get_by_test_id("typed-input").fill("Hello and welcome, this lantern is for camping.")
    page.get_by_test_id("typed-input").press("Enter")
    end(page)


def test_a_finding_is_marked_by_keyboard_and_stays_marked(open_page: OpenPage) -> None:
    page = open_page(None)
    rehearse_by_typing(page)
    first = page.get_by_test_id("focus-point").first.get_by_test_id("mark-wrong")
    first.focus()
    page.keyboard.press("Enter")
    expect(first).to_have_attribute("aria-pressed", "true")
    page.reload()
    again = page.get_by_test_id("focus-point").first.get_by_test_id("mark-wrong")
    expect(again).to_have_attribute("aria-pressed", "true")
    page.get_by_test_id("language-zh").click()
    expect(again).to_have_text("不对")
    again.press("Space")
    expect(again).to_have_attribute("aria-pressed", "false")


def test_a_focus_point_leads_to_its_drill_on_the_same_product(open_page: OpenPage) -> None:
    page = open_page(None)
    rehearse_by_typing(page)
    page.get_by_test_id("start-drill").first.click()
    expect(page.get_by_test_id("drill")).to_contain_text("Three-minute drill")
    page.get_by_test_id("typed-mode").click()
    expect(page.get_by_test_id("product-card")).to_contain_text("Ember")


def test_the_report_is_kept_as_a_page_of_its_own(open_page: OpenPage) -> None:
    page = open_page(None)
    rehearse_by_typing(page)
    with page.expect_download() as saved:
        page.get_by_test_id("report-html").click()
    text = saved.value.path().read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>")
    assert "What to practise next" in text
