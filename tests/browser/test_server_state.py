"""What a page shows while the server does not answer yet, and when it never does, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NOWHERE, Visit
from tests.browser.reading import violations

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def held(page: Page, *, refused: bool) -> None:
    """Answer no request to the API: refuse each, or keep it waiting until the route is taken away."""
    page.route("**/api/**", lambda route: route.abort() if refused else None)


@pytest.mark.parametrize(
    ("path", "locale", "said"),
    [
        pytest.param("/", "en-US", "The practice room is starting", id="start-en"),
        pytest.param("/", "zh-CN", "练习室正在启动", id="start-zh"),
        pytest.param("/history", "zh-CN", "练习室正在启动", id="history-zh"),
    ],
)
def test_a_page_that_waits_for_its_first_answer_says_that_the_room_starts(
    visit: Visit, path: str, locale: str, said: str
) -> None:
    page = visit(NOWHERE, locale=locale)
    held(page, refused=False)
    page.goto(path)
    expect(page.get_by_test_id("server-starting")).to_contain_text(said)
    assert violations(page) == []
    page.unroute("**/api/**")
    expect(page.get_by_test_id("server-starting")).to_have_count(0)
    expect(page.get_by_test_id("next-step")).to_be_visible()


def test_a_page_that_gets_no_answer_says_so_and_comes_by_itself(visit: Visit) -> None:
    page = visit(NOWHERE)
    held(page, refused=True)
    page.goto("/")
    expect(page.get_by_test_id("server-silent")).to_contain_text("It is tried again all the time")
    expect(page.get_by_test_id("next-step")).to_have_count(0)
    page.get_by_test_id("language-zh").click()
    expect(page.get_by_test_id("server-silent")).to_contain_text("没有回应，正在不断重试")
    page.unroute("**/api/**")
    expect(page.get_by_test_id("next-step")).to_be_visible()
    expect(page.get_by_test_id("server-silent")).to_have_count(0)
    expect(page.get_by_test_id("start-setup")).to_be_visible()


def test_the_first_file_says_what_is_opened_where_the_page_is_slow_to_come(visit: Visit) -> None:
    page = visit(NOWHERE)
    page.route("**/assets/*.js", lambda route: None)
    page.goto("/", wait_until="commit")
    expect(page.get_by_text("Opening Live Coach")).to_be_visible()
    expect(page.get_by_text("正在打开直播陪练")).to_be_visible()


def test_a_page_opened_while_the_server_is_gone_stays_and_comes_when_it_is_back(visit: Visit) -> None:
    page = visit("/")
    expect(page.get_by_test_id("next-step")).to_be_visible()
    for pattern in ("**/api/**", "**/assets/HistoryPage*", "**/history"):
        page.route(pattern, lambda route: route.abort())
    page.locator('a[href="/history"]').first.click()
    expect(page.get_by_test_id("server-silent")).to_contain_text("It is tried again all the time")
    expect(page.get_by_test_id("start-setup")).to_be_visible()
    for pattern in ("**/api/**", "**/assets/HistoryPage*", "**/history"):
        page.unroute(pattern)
    expect(page).to_have_url(re.compile(r"/history$"))
    expect(page.get_by_test_id("server-silent")).to_have_count(0)
    expect(page.get_by_role("heading", name="History", exact=True)).to_be_visible()
