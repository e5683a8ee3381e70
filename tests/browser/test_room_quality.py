"""The room's page, measured: frames on a slow machine, time until one can act, and rules of accessibility.

Figures are printed (`pytest -s`), never asserted: they belong to the machine they were taken on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.reading import violations
from tests.browser.room_feed import REHEARSAL, Feed, lively

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FRAMES = """(ms) => new Promise((resolve) => {
  const gaps = []
  let last = performance.now()
  const until = last + ms
  const next = (now) => {
    gaps.push(now - last)
    last = now
    now < until ? requestAnimationFrame(next) : resolve(gaps.slice(1))
  }
  requestAnimationFrame(next)
})"""
READY = """() => {
  const seen = new MutationObserver(() => {
    if (!document.querySelector('[data-testid=typed-input]:not(:disabled)')) return
    seen.disconnect()
    window.readyAt = performance.now()
  })
  seen.observe(document, { subtree: true, childList: true, attributes: true })
}"""
SLOWER = 4
"""Times slower than this machine's processor."""
MEASURED_SEC = 20


def test_frames_of_a_busy_room_on_a_slow_machine(open_page: OpenPage) -> None:
    page = open_page(None)
    feed = lively(Feed("en"), minutes=1.5)
    before = feed.shown = len(feed.records) // 2
    feed.open(page)
    expect(page.get_by_test_id("audience").locator(".viewer").first).to_be_attached()
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.evaluate(f"() => {{ window.frames20 = ({FRAMES})({MEASURED_SEC * 1000}) }}")
    per_sec = (len(feed.records) - before) / 45
    for second in range(MEASURED_SEC * 2):
        feed.hand_out(before + int((second + 1) / 2 * per_sec))
        page.wait_for_timeout(500)
    gaps = sorted(page.evaluate("() => window.frames20"))
    mean = sum(gaps) / len(gaps)
    late = sum(gap > 25 for gap in gaps) / len(gaps)
    p95, fps = gaps[int(len(gaps) * 0.95)], 1000 / mean
    print(f"frames: {fps:.1f}/s, p95 {p95:.1f} ms, longest {gaps[-1]:.0f} ms, late {late:.1%}")
    assert page.get_by_test_id("danmaku-list").locator("li").count() <= 120
    assert page.locator(".lane span").count() <= 12


def test_the_room_is_there_at_once(open_page: OpenPage) -> None:
    page = open_page(None)
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
