"""Frames of the room while it is busy, on a slow machine: thirty comments a minute, viewers coming and going."""

from __future__ import annotations

from typing import Any

from scripts.room_feed import Feed, lively

MEASURED_SEC = 20
STEPS_A_SEC = 2
LATE_MS = 25.0
"""A gap between two frames that the eye begins to see: half as long again as one at 60 frames a second."""
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


def frames(browser: Any, url: str, slower: int) -> dict[str, float]:
    """Return `fps`, `frame_p95_ms`, `frame_longest_ms` and `frames_late` (share of gaps over `LATE_MS`).

    Args:
        browser: A Chromium that Playwright has started.
        url: Of a practice room, which only hands out the page's files.
        slower: Times slower than this processor.
    """
    context = browser.new_context(base_url=url, viewport={"width": 1280, "height": 900}, locale="en-US")
    page = context.new_page()
    feed = lively(Feed("en"), minutes=1.5)
    before = feed.shown = len(feed.records) // 2
    feed.open(page)
    page.locator("[data-testid=audience] .viewer").first.wait_for()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.evaluate(f"() => {{ window.busyFrames = ({FRAMES})({MEASURED_SEC * 1000}) }}")
    per_step = (len(feed.records) - before) / 45 / STEPS_A_SEC
    for step in range(MEASURED_SEC * STEPS_A_SEC):
        feed.hand_out(before + int((step + 1) * per_step))
        page.wait_for_timeout(1000 / STEPS_A_SEC)
    gaps = sorted(page.evaluate("() => window.busyFrames"))
    context.close()
    return {
        "fps": round(1000 * len(gaps) / sum(gaps), 1),
        "frame_p95_ms": round(gaps[int(len(gaps) * 0.95)], 1),
        "frame_longest_ms": round(gaps[-1]),
        "frames_late": round(sum(gap > LATE_MS for gap in gaps) / len(gaps), 3),
    }
