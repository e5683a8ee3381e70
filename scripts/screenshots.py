"""Take the README's screenshots of every page, in Chinese and English: docs/screenshots/*.png.

    uv run scripts/screenshots.py [en] [zh]

English rehearses by voice (a synthetic streamer says the scenario's selling points), Chinese by typing.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Page, expect, sync_playwright

from audio.pcm import resample
from audio.tts.espeak import EspeakSynthesizer
from coach.ports import EAR_RATE_HZ, MOUTH_RATE_HZ
from coach.scenario.library import Library
from coach.scenario.model import Scenario
from commands.streamer import from_synthesizer, pitch
from scripts.browser_room import chromium_flags, find_chromium, practice_room, write_wav

FOLDER = ROOT / "docs" / "screenshots"
SCENARIOS = {"en": "en-camp-lantern", "zh": "zh-linen-shirt"}
REHEARSAL_MS = 60_000
"""Long enough for several lines of viewers and a scorecard worth showing."""


def main() -> int:
    """Take all pictures; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("languages", nargs="*", metavar="LANGUAGE", help="en, zh; both if none is named")
    wanted = parser.parse_args().languages or list(SCENARIOS)
    chromium = find_chromium()
    if chromium is None:
        print("expected an installed Chromium; on Debian: apt-get install chromium fonts-noto-cjk")
        return 2
    FOLDER.mkdir(parents=True, exist_ok=True)
    library = Library([ROOT / "scenarios"])
    scenarios = {language: library.find(name).scenario for language, name in SCENARIOS.items() if language in wanted}
    with tempfile.TemporaryDirectory() as folder:
        # Playwright's synchronous interface keeps an event loop running, so this comes before it.
        microphones = {
            language: asyncio.run(_microphone(Path(folder) / f"{language}.wav", scenario))
            for language, scenario in scenarios.items()
        }
        with practice_room(Path(folder)) as url, sync_playwright() as playwright:
            for language, scenario in scenarios.items():
                flags = chromium_flags(microphones[language])
                browser = playwright.chromium.launch(executable_path=chromium, args=flags)
                page = browser.new_page(base_url=url, viewport={"width": 1280, "height": 860}, color_scheme="light")
                page.set_default_timeout(30_000)
                _walk(page, language, scenario)
                browser.close()
    return 0


async def _microphone(path: Path, scenario: Scenario) -> Path:
    """Write what the synthetic streamer says as the browser's microphone."""
    synthesizer = EspeakSynthesizer()
    try:
        sound = await from_synthesizer(scenario, synthesizer)
    finally:
        await synthesizer.aclose()
    return write_wav(path, resample(sound.pcm, EAR_RATE_HZ, MOUTH_RATE_HZ))


def _walk(page: Page, language: str, scenario: Scenario) -> None:
    """Go through every page as a streamer does, and take a picture of each."""
    page.goto("/")
    page.get_by_test_id(f"language-{language}").click()
    page.get_by_test_id(f"scenario-card-{scenario.id}").click()
    _shoot(page, "start", language)
    page.get_by_test_id("start-setup").click()
    # Permission is granted already, so the page opens the microphone without being asked.
    expect(page.get_by_test_id("mic-level")).to_be_visible()
    page.wait_for_timeout(3000)
    _shoot(page, "setup", language)
    if language == "en":
        page.get_by_test_id("enter-room").click()
        page.wait_for_timeout(REHEARSAL_MS)
    else:
        page.get_by_test_id("typed-mode").click()
        _type_pitch(page, scenario)
    _shoot(page, "room", language)
    page.get_by_test_id("end").click()
    page.get_by_test_id("end-confirm").click()
    expect(page.get_by_test_id("scorecard")).to_be_visible(timeout=60_000)
    page.wait_for_timeout(1000)
    _shoot(page, "scorecard", language, full_page=True)
    page.goto("/")
    page.get_by_test_id("history-list").scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    _shoot(page, "history", language)


def _type_pitch(page: Page, scenario: Scenario) -> None:
    sentences = pitch(scenario)
    for sentence in sentences:
        page.get_by_test_id("typed-input").fill(sentence)
        page.get_by_test_id("typed-send").click()
        page.wait_for_timeout(REHEARSAL_MS // len(sentences))


def _shoot(page: Page, name: str, language: str, *, full_page: bool = False) -> None:
    path = FOLDER / f"{name}-{language}.png"
    page.screenshot(path=path, full_page=full_page, animations="disabled")
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1000} KB")


if __name__ == "__main__":
    sys.exit(main())
