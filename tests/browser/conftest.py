from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserType, Page, expect, sync_playwright

from scripts.browser_room import chromium_flags, find_chromium, practice_room, write_microphone
from tests.data import audio_clip

CHROMIUM = find_chromium()
PHRASES = (
    ("en/pv_coffee_order_5.wav", 1.5),
    ("en/pydantic_marcelo.wav", 0.2),
    ("en/librispeech_3005-163389-0001.wav", 2.5),
    ("en/pv_coffee_order_3.wav", 3.5),
    ("en/pocketsphinx_cards_005.wav", 2.0),
)
"""People speaking, and the seconds of silence before each, in addition to the quiet that the first has at its end: time
for a viewer to begin, too little to finish."""

LONGEST_WAIT_MS = 30_000
"""Opening the first room loads the recogniser, on a machine that also runs Chromium."""

NOWHERE = "about:blank"
"""Where a page begins that is sent to its place later."""

DESKTOP = {"width": 1280, "height": 860}

OpenPage = Callable[..., Page]
Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def room_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the practice room keeps its data and what its server printed."""
    return tmp_path_factory.mktemp("room")


@pytest.fixture(scope="session")
def room_url(room_folder: Path) -> Iterator[str]:
    """A practice room of its own for all browser tests."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with practice_room(room_folder) as url:
        yield url


@pytest.fixture(scope="module")
def chromium() -> Iterator[BrowserType]:
    """What starts browsers; not for the session, because Playwright keeps an event loop running in this thread."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    expect.set_options(timeout=LONGEST_WAIT_MS)
    with sync_playwright() as playwright:
        yield playwright.chromium


@pytest.fixture(scope="module")
def browser(chromium: BrowserType) -> Iterator[Browser]:
    """The Chromium of a module's tests that need no microphone; each has a context of its own in it."""
    with chromium.launch(executable_path=CHROMIUM, args=chromium_flags(None)) as opened:
        yield opened


@pytest.fixture
def microphone(tmp_path: Path) -> Path:
    """A recording of people speaking English, with pauses."""
    clips = [audio_clip(name) for name, _ in PHRASES]
    return write_microphone(tmp_path / "microphone.wav", clips, [gap_sec for _, gap_sec in PHRASES])


@pytest.fixture
def open_page(browser: Browser, room_url: str, room_folder: Path) -> Iterator[OpenPage]:
    """Opens the practice room in a Chromium with this recording for a microphone, or with no microphone.

    Its second argument is the path, default the start page.
    """
    with visiting(browser, room_url) as visit:
        yield lambda recording, path="/": visit(path, recording, viewport={"width": 1280, "height": 900})
        # Shown by pytest beside a failure of this test.
        print((room_folder / "server.txt").read_text(encoding="utf-8")[-4000:])


@pytest.fixture(scope="module")
def own_room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A practice room for one module, in which nobody has been."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with practice_room(tmp_path_factory.mktemp("own-room")) as url:
        yield url


@pytest.fixture
def visit(browser: Browser, own_room: str) -> Iterator[Visit]:
    """Open a page of the module's own room, each time as somebody new; see `visiting`."""
    with visiting(browser, own_room) as go:
        yield go


@contextmanager
def visiting(browser: Browser, url: str) -> Iterator[Visit]:
    """Give a function that opens a page of a room: recording for a microphone, flags, script, context.

    Each page has a context of its own; with a recording or with flags a browser of its own too. All contexts are
    closed at the end, also those that a test has made itself.
    """
    with ExitStack() as stack:
        stack.callback(_close_contexts, browser)

        def go(
            path: str = "/",
            recording: Path | None = None,
            *,
            flags: Sequence[str] = (),
            script: str = "",
            **context: Any,
        ) -> Page:
            chosen = browser
            if recording is not None or flags:
                arguments = [*chromium_flags(recording), *flags]
                chosen = browser.browser_type.launch(executable_path=CHROMIUM, args=arguments)
                stack.callback(chosen.close)
            opened = chosen.new_context(base_url=url, **{"viewport": DESKTOP, "locale": "en-US", **context})
            opened.set_default_timeout(LONGEST_WAIT_MS)
            if script:
                opened.add_init_script(script)
            page = opened.new_page()
            page.goto(path)
            return page

        yield go


def _close_contexts(browser: Browser) -> None:
    for context in browser.contexts:
        context.close()
