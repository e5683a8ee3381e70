"""History and comparison in a real browser, on a room that already holds rehearsals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect

from scripts.browser_room import practice_room
from scripts.made_history import make_history
from tests.browser.conftest import visiting
from tests.browser.reading import violations

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def kept(room_url: str, room_folder: Path) -> list[str]:
    """Thirty rehearsals of eight weeks, in the folder of a room that runs."""
    return make_history(room_folder / "data", 30)


def open_history(open_page: OpenPage, address: str = "/history") -> Page:
    return open_page(None, address)


def rows(page: Page) -> list[str]:
    found: list[str] = page.get_by_test_id("history-row").evaluate_all("rows => rows.map((row) => row.dataset.id)")
    return found


def test_scores_over_time_are_told_in_words_beside_the_charts(open_page: OpenPage, kept: list[str]) -> None:
    page = open_history(open_page)
    page.get_by_test_id("practised-en").click()
    pacing = page.get_by_test_id("trend-pacing")
    expect(pacing).to_have_attribute("data-verdict", "rising")
    expect(pacing).to_contain_text("points a week (most likely")
    expect(pacing.locator("svg").first).to_be_visible()
    page.get_by_test_id("weeks-4").click()
    expect(page.get_by_test_id("trend-coverage")).to_be_visible()
    page.get_by_test_id("language-zh").click()
    page.get_by_test_id("weeks-all").click()
    expect(pacing).to_contain_text("每周大约上升")
    assert violations(page) == []


@pytest.fixture
def english_only(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """The history of a room in which nobody has rehearsed in Chinese."""
    with practice_room(tmp_path) as url, visiting(browser, url) as visit:
        make_history(tmp_path / "data", 30)
        yield visit("/history", viewport={"width": 1280, "height": 900})


def test_a_page_in_a_language_not_rehearsed_says_so_and_offers_that_language(english_only: Page) -> None:
    page = english_only
    expect(page.get_by_test_id("practised-en")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_test_id("other-language-only")).to_have_count(0)
    page.get_by_test_id("language-zh").click()
    expect(page.get_by_test_id("other-language-only")).to_contain_text("还没有用中文排练过")
    expect(page.get_by_test_id("next-step").locator("[lang]").first).to_have_attribute("lang", "zh-CN")
    expect(page.get_by_test_id("history-trends")).to_have_count(0)
    expect(page.get_by_test_id("filter-scenario").locator("optgroup")).to_have_attribute("label", "English")
    page.get_by_test_id("show-other-language").click()
    expect(page.get_by_test_id("trend-scenario")).to_be_visible()
    expect(page.get_by_test_id("next-step").locator("[lang]").first).to_have_attribute("lang", "en-US")


def test_the_next_step_and_open_focus_points_lead_to_a_drill(open_page: OpenPage, kept: list[str]) -> None:
    page = open_history(open_page)
    page.get_by_test_id("practised-en").click()
    expect(page.get_by_test_id("next-step")).to_contain_text("Why:")
    expect(page.get_by_test_id("focus-course").first).to_be_visible()
    page.get_by_test_id("course-drill").first.click()
    expect(page.get_by_test_id("drill")).to_contain_text("Three-minute drill")


def test_rehearsals_are_searched_filtered_and_paged_and_the_address_keeps_it(
    open_page: OpenPage, kept: list[str]
) -> None:
    page = open_history(open_page)
    page.get_by_test_id("history-search").fill("made-en kettle")
    expect(page).to_have_url(re.compile(r"q=made-en"))
    page.get_by_test_id("filter-kind").select_option("drill")
    expect(page.get_by_test_id("history-row").first).to_contain_text("Drill")
    page.reload()
    expect(page.get_by_test_id("filter-kind")).to_have_value("drill")
    expect(page.get_by_test_id("history-search")).to_have_value("made-en kettle")
    page.get_by_test_id("clear-filters").click()
    expect(page.get_by_test_id("history-row")).to_have_count(25)
    first = rows(page)
    page.get_by_test_id("page-next").click()
    expect(page.get_by_test_id("page-range")).to_contain_text("26–")
    expect(page.locator(f'[data-id="{first[0]}"]')).to_have_count(0)
    assert not set(rows(page)) & set(first)
    page.get_by_test_id("history-search").fill("nothing is called this")
    expect(page.get_by_test_id("history-none")).to_be_visible()


def test_two_rehearsals_are_compared_and_what_differs_in_terms_is_said(open_page: OpenPage, kept: list[str]) -> None:
    page = open_history(open_page, "/history?q=made-en&sort=oldest")
    boxes = page.get_by_test_id("select-row")
    boxes.nth(2).check()
    expect(page.get_by_test_id("compare-selected")).to_have_count(0)
    boxes.nth(3).check()
    page.get_by_test_id("compare-selected").click()
    expect(page.get_by_test_id("compare-summary")).not_to_be_empty()
    expect(page.get_by_test_id("compare-pacing")).to_be_visible()
    expect(page.get_by_test_id("compare-rows-delivery")).to_contain_text("Fillers")
    assert violations(page) == []
    # The second of the made ones had no pressure.
    page.goto(f"/compare/{kept[1]}/{kept[0]}")
    expect(page.get_by_test_id("compare-obstacles")).to_contain_text("the pressure chosen differs")
    expect(page.get_by_test_id("compare-pacing")).to_have_attribute("data-verdict", "not_comparable")
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert violations(page) == []


def test_a_drawn_chart_holds_no_narrowed_window_open_before_it_is_drawn_again(
    open_page: OpenPage, kept: list[str]
) -> None:
    page = open_history(open_page)
    page.add_init_script("ResizeObserver = class { observe() {} unobserve() {} disconnect() {} }")
    page.goto(f"/compare/{kept[1]}/{kept[0]}")
    expect(page.locator("[data-chart=drawn]").first).to_be_attached()
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("[innerWidth, document.documentElement.scrollWidth]") == [390, 390]


def test_several_are_deleted_after_a_question(open_page: OpenPage, kept: list[str], room_folder: Path) -> None:
    page = open_history(open_page, "/history?q=made-en&sort=oldest")
    page.get_by_test_id("select-row").nth(0).check()
    page.get_by_test_id("select-row").nth(1).check()
    page.get_by_test_id("delete-selected").click()
    expect(page.get_by_role("dialog")).to_contain_text("Delete 2 rehearsals?")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_test_id("delete-selected").click()
    page.get_by_test_id("delete-confirm").click()
    expect(page.locator(f'[data-id="{kept[0]}"]')).to_have_count(0)
    assert not (room_folder / "data/rehearsals" / kept[0]).exists()
    assert (room_folder / "data/rehearsals" / kept[2]).is_dir()


def test_recordings_are_given_back_and_scorecards_stay(open_page: OpenPage, kept: list[str], room_folder: Path) -> None:
    page = open_history(open_page)
    expect(page.get_by_test_id("storage-total")).to_contain_text("rehearsals,")
    page.get_by_test_id("storage-age").select_option("30 days")
    page.get_by_test_id("storage-recordings").click()
    expect(page.get_by_role("dialog")).to_contain_text("Logs and scorecards stay")
    page.get_by_test_id("clean-confirm").click()
    expect(page.get_by_test_id("history-storage")).to_contain_text("freed")
    old, new = (room_folder / "data/rehearsals" / name for name in (kept[2], kept[-1]))
    assert not (old / "streamer.ogg").exists()
    assert (old / "scorecard.json").is_file()
    assert (new / "streamer.ogg").is_file()
