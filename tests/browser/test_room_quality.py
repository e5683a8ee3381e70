"""The room's page: what it loads, the time until one can act, and rules of accessibility.

Figures are printed (`pytest -s`), never asserted: they belong to the machine they were taken on. Frames on a slow
machine are measured by `bench page`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from scripts.room_feed import REHEARSAL, Feed, lively
from tests.browser.conftest import NOWHERE
from tests.browser.reading import violations

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.slow]

READY = """() => {
  const seen = new MutationObserver(() => {
    if (!document.querySelector('[data-testid=typed-input]:not(:disabled)')) return
    seen.disconnect()
    window.readyAt = performance.now()
  })
  seen.observe(document, { subtree: true, childList: true, attributes: true })
}"""


def test_the_room_is_there_at_once(open_page: OpenPage) -> None:
    page = open_page(None, NOWHERE)
    page.add_init_script(f"({READY})()")
    took = []
    for _ in range(3):
        Feed("en").open(page)
        expect(page.get_by_test_id("typed-input")).to_be_enabled()
        took.append(page.evaluate("() => window.readyAt"))
    sizes = page.evaluate("""() => performance.getEntriesByType('resource')
      .filter(({ name }) => name.endsWith('.js')).map(({ name, encodedBodySize }) => [name, encodedBodySize])""")
    print(f"interactive after {[round(one) for one in took]} ms; scripts {sizes}")
    assert REHEARSAL in page.url
    names = " ".join(name for name, _ in sizes)
    assert not any(late in names for late in ("echarts", "codemirror", "wavesurfer", "Editor", "Compare"))


@pytest.mark.parametrize(("language", "width", "height"), [("zh", 1280, 860), ("en", 390, 844), ("zh", 844, 390)])
def test_nothing_stands_in_the_way_of_anybody(open_page: OpenPage, language: str, width: int, height: int) -> None:
    page = open_page(None)
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(reduced_motion="reduce", color_scheme="dark" if width == 390 else "light")
    page.evaluate("(code) => localStorage.setItem('coach.language', code)", language)
    feed = lively(Feed(language), minutes=0.3)
    feed.open(page)
    expect(page.get_by_test_id("audience").locator(".viewer").first).to_be_attached()
    assert violations(page) == []
    for opens in ("room-help", "room-latency", *(["room-product"] if width < 1280 else [])):
        page.locator(f"[popovertarget={opens}]:not(.close)").click()
        expect(page.locator(f"#{opens}")).to_be_visible()
        assert violations(page) == []
        page.keyboard.press("Escape")
    page.get_by_test_id("end").click()
    expect(page.get_by_test_id("end-confirm")).to_be_visible()
    assert violations(page) == []
