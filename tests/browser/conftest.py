from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from scripts.browser_room import chromium_flags, find_chromium, practice_room, write_microphone
from tests.data import audio_clip

CHROMIUM = find_chromium()
PHRASES = (
    ("en/pv_coffee_order_5.wav", 1.5),
    ("en/pydantic_marcelo.wav", 3.0),
    ("en/librispeech_3005-163389-0001.wav", 2.5),
    ("en/pv_coffee_order_3.wav", 3.5),
    ("en/pocketsphinx_cards_005.wav", 2.0),
)
"""People speaking, and the seconds of silence before each: time for a viewer to begin, too little to finish."""

LONGEST_WAIT_MS = 30_000
"""Opening the first room loads the recogniser, on a machine that also runs Chromium."""

OpenPage = Callable[[Path | None], Page]


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


@pytest.fixture
def microphone(tmp_path: Path) -> Path:
    """A recording of people speaking English, with pauses."""
    clips = [audio_clip(name) for name, _ in PHRASES]
    return write_microphone(tmp_path / "microphone.wav", clips, [gap_sec for _, gap_sec in PHRASES])


@pytest.fixture
def open_page(room_url: str, room_folder: Path) -> Iterator[OpenPage]:
    """Opens the practice room in a Chromium with this recording for a microphone, or with no microphone."""
    with ExitStack() as stack:
        expect.set_options(timeout=LONGEST_WAIT_MS)
        playwright = stack.enter_context(sync_playwright())

        def open_it(recording: Path | None) -> Page:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=chromium_flags(recording))
            stack.callback(browser.close)
            context = browser.new_context(base_url=room_url, viewport={"width": 1280, "height": 900}, locale="en-US")
            context.set_default_timeout(LONGEST_WAIT_MS)
            page = context.new_page()
            page.goto("/")
            return page

        yield open_it
        # Shown by pytest beside a failure of this test.
        print((room_folder / "server.txt").read_text(encoding="utf-8")[-4000:])
