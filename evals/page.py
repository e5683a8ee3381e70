"""How soon every page of the web app is there: paints, the main control, shifts of layout, long tasks, script bytes.

    run_coach.py bench page [--repeats 5] [--slower 1 4]

A room with made rehearsals on loopback, a Chromium with an empty cache for every load; figures are medians in ms.
Then the frames of a busy room (`evals.page_frames`).
"""

from __future__ import annotations

import argparse
import contextlib
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from evals.page_frames import frames
from evals.results import RESULTS, Result
from scripts.browser_room import chromium_flags, find_chromium, practice_room
from scripts.every_page import SCENARIOS, Place, ask, places, stock

SETTLE_MS = 1500
"""After the main control is there: what comes late counts too."""
LONGEST_MS = 60_000
OBSERVE = """(ready) => {
  const seen = window.measured = { fcp: null, lcp: null, cls: 0, long_ms: 0, usable: null }
  const watch = (type, note) => new PerformanceObserver((list) => list.getEntries().forEach(note))
    .observe({ type, buffered: true })
  watch('paint', (one) => { if (one.name === 'first-contentful-paint') seen.fcp = one.startTime })
  watch('largest-contentful-paint', (one) => { seen.lcp = one.startTime })
  watch('layout-shift', (one) => { if (!one.hadRecentInput) seen.cls += one.value })
  watch('longtask', (one) => { seen.long_ms += one.duration })
  const look = () => {
    const found = document.querySelector(ready)
    if (!found || found.disabled) return
    seen.usable = performance.now()
    changes.disconnect()
  }
  const changes = new MutationObserver(look)
  changes.observe(document, { subtree: true, childList: true, attributes: true })
}"""
REQUESTS = """() => performance.getEntriesByType('resource').map(({ name, encodedBodySize, transferSize }) =>
  ({ name: name.replace(location.origin, ''), size: encodedBodySize, sent: transferSize }))"""
FIGURES = ("fcp", "lcp", "usable", "cls", "long_ms", "js_kb", "requests", "twice")


def main(arguments: list[str]) -> int:
    """Measure, write `page.json` and `page.md`, print a table; return the exit code."""
    parser = argparse.ArgumentParser(prog="run_coach.py bench page", description=__doc__)
    parser.add_argument("--repeats", type=int, default=5, help="loads of every page")
    parser.add_argument("--slower", type=int, nargs="+", default=[1, 4], help="times slower than this processor")
    parser.add_argument("--only", nargs="*", help="pages by name")
    parser.add_argument("--output", type=Path, default=RESULTS)
    options = parser.parse_args(arguments)
    if find_chromium() is None:
        print("expected an installed Chromium; on Debian: apt-get install chromium fonts-noto-cjk")
        return 2
    raw, busy = _measured(options.repeats, options.slower, options.only)
    summary = {name: {factor: _medians(loads) for factor, loads in factors.items()} for name, factors in raw.items()}
    for factor, figures in busy.items():
        summary["room"][factor] |= figures
    written = Result("page", summary=summary, raw=raw, command=f"bench page --repeats {options.repeats}")
    path = written.write(options.output)
    print("\n".join([*_table(summary), *(f"busy room at {factor}: {figures}" for factor, figures in busy.items())]))
    print(path)
    return 0


def _measured(
    repeats: int, slower: Sequence[int], only: Sequence[str] | None
) -> tuple[dict[str, dict[str, list[Any]]], dict[str, dict[str, float]]]:
    """Return the loads of each page by factor, and the frames of a busy room by factor if the room is among them."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, practice_room(Path(folder)) as url:
        kept = stock(Path(folder) / "data", url, "en", history=24)
        room = Place("room", "/room", "[data-testid=typed-input]:not(:disabled)")
        wanted = [place for place in [*places(kept), room] if not only or place.name in only]
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=chromium_flags(None))
            found = {
                place.name: {
                    f"x{factor}": [_load(browser, url, place, factor, kept.language) for _ in range(repeats)]
                    for factor in slower
                }
                for place in wanted
            }
            busy = {f"x{factor}": frames(browser, url, factor) for factor in slower if "room" in found}
            browser.close()
    return found, busy


@contextlib.contextmanager
def _opened(place: Place, url: str, language: str) -> Iterator[Place]:
    """Give the page to load; a room gets a typed rehearsal of its own, since one that nobody joins ends."""
    if place.name != "room":
        yield place
        return
    made = ask(url, "POST", "/api/rehearsals", {"scenario": SCENARIOS[language], "input": "typed", "intensity": 1})
    yield Place(place.name, f"{place.path}/{made['id']}", place.ready)
    ask(url, "POST", f"/api/rehearsals/{made['id']}/commands", {"type": "end"})


def _load(browser: Any, url: str, place: Place, slower: int, language: str) -> dict[str, float | None]:
    """Load a page with an empty cache; return its figures."""
    with _opened(place, url, language) as opened:
        return _figures(browser, url, opened, slower)


def _figures(browser: Any, url: str, place: Place, slower: int) -> dict[str, float | None]:
    context = browser.new_context(base_url=url, viewport={"width": 1280, "height": 860}, locale="en-US")
    context.add_init_script("localStorage.setItem('coach.mentor', 'Lin')")
    if place.name == "room":
        rehearsal = place.path.rsplit("/", 1)[-1]
        context.add_init_script(f"sessionStorage.setItem('coach.input.{rehearsal}', 'typed')")
    context.add_init_script(f"({OBSERVE})({place.ready!r})")
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.goto(place.path)
    page.wait_for_function("() => measured.usable !== null", timeout=LONGEST_MS)
    page.wait_for_timeout(SETTLE_MS)
    figures: dict[str, float | None] = page.evaluate("() => measured")
    requests = page.evaluate(REQUESTS)
    context.close()
    scripts = sum(one["size"] for one in requests if one["name"].endswith(".js"))
    asked = [one["name"] for one in requests]
    return {**figures, "js_kb": scripts / 1000, "requests": len(asked), "twice": len(asked) - len(set(asked))}


def _medians(loads: Sequence[dict[str, Any]]) -> dict[str, float | None]:
    found: dict[str, float | None] = {}
    for name in FIGURES:
        values = [load[name] for load in loads if load[name] is not None]
        found[name] = round(statistics.median(values), 3 if name == "cls" else 0) if values else None
    return found


def _table(summary: dict[str, dict[str, dict[str, float | None]]]) -> list[str]:
    lines = ["| page | CPU | " + " | ".join(FIGURES) + " |", "|---" * (len(FIGURES) + 2) + "|"]
    for name, factors in summary.items():
        for factor, figures in factors.items():
            cells = ("–" if figures[key] is None else f"{figures[key]:g}" for key in FIGURES)
            lines.append(f"| {name} | {factor} | " + " | ".join(cells) + " |")
    return lines
