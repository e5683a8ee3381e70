"""Take pictures of every page, in Chinese and English, light and dark, on a desktop and on a phone.

    uv run scripts/screenshots.py                      # the README's: docs/screenshots/*.png
    uv run scripts/screenshots.py --all FOLDER         # all of them, to look at
    uv run scripts/screenshots.py --compare OLD NEW    # which pictures differ, and by how many pixels

English rehearses by voice (a synthetic streamer says the scenario's selling points), Chinese by typing; scorecards,
history and review show rehearsals that `scripts/made_rehearsal.py` makes.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, Page, expect, sync_playwright

from audio.pcm import resample
from audio.tts.espeak import EspeakSynthesizer
from coach.ports import EAR_RATE_HZ, MOUTH_RATE_HZ
from coach.room.simulated.manner import StreamerName
from coach.scenario.library import Library
from coach.scenario.model import Scenario
from commands.streamer import from_synthesizer, pitch
from scripts.browser_room import chromium_flags, find_chromium, practice_room, write_wav
from scripts.compare_pictures import report
from scripts.made_rehearsal import make_rehearsal

FOLDER = ROOT / "docs" / "screenshots"
SCENARIOS = {"en": "en-camp-lantern", "zh": "zh-linen-shirt"}
SIZES = {"desktop": (1280, 860), "phone": (390, 844)}
SCHEMES = ("light", "dark")
README = ("room", "scorecard", "timeline", "editor")
"""Pages whose desktop picture in light colours is kept in the repository."""
REHEARSAL_MS = 45_000
"""Long enough for several lines of viewers."""
EARLIER: tuple[tuple[StreamerName, float], ...] = (
    ("flustered", 30),
    ("flustered", 26),
    ("silent", 21),
    ("flustered", 17),
    ("skilled", 12),
    ("flustered", 8),
    ("skilled", 5),
    ("skilled", 2),
    ("flustered", 0.1),
)
"""How earlier rehearsals went, and how many days ago: something for the history to show."""


def main() -> int:
    """Take the pictures or compare them; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("languages", nargs="*", metavar="LANGUAGE", help="en, zh; both if none is named")
    parser.add_argument("--all", type=Path, metavar="FOLDER", help="every page, scheme and size, into this folder")
    parser.add_argument("--compare", nargs=2, type=Path, metavar=("OLD", "NEW"), help="folders of pictures")
    options = parser.parse_args()
    if options.compare:
        return report(*options.compare)
    chromium = find_chromium()
    if chromium is None:
        print("expected an installed Chromium; on Debian: apt-get install chromium fonts-noto-cjk")
        return 2
    wanted = options.languages or list(SCENARIOS)
    _take(chromium, [language for language in SCENARIOS if language in wanted], options.all)
    return 0


def _take(chromium: str, languages: list[str], everything: Path | None) -> None:
    library = Library([ROOT / "scenarios"])
    scenarios = {language: library.find(SCENARIOS[language]).scenario for language in languages}
    (everything or FOLDER).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # Playwright's synchronous interface keeps an event loop running, so this comes before it.
        microphones = {
            language: asyncio.run(_microphone(folder / f"{language}.wav", scenario))
            for language, scenario in scenarios.items()
        }
        with practice_room(folder) as url, sync_playwright() as playwright:
            for language, scenario in scenarios.items():
                made = _earlier(folder / "data", scenario)
                flags = chromium_flags(microphones[language])
                browser = playwright.chromium.launch(executable_path=chromium, args=flags)
                walk = Walk(_opened(browser, url, language), language, scenario, made, everything)
                walk.through()
                browser.close()


async def _microphone(path: Path, scenario: Scenario) -> Path:
    """Write what the synthetic streamer says as the browser's microphone."""
    synthesizer = EspeakSynthesizer()
    try:
        sound = await from_synthesizer(scenario, synthesizer)
    finally:
        await synthesizer.aclose()
    return write_wav(path, resample(sound.pcm, EAR_RATE_HZ, MOUTH_RATE_HZ))


def _earlier(data_dir: Path, scenario: Scenario) -> list[str]:
    """Make the rehearsals that history, scorecard and review show; the last one is aloud."""
    return [
        make_rehearsal(
            data_dir,
            scenario.id,
            streamer,
            seed=number,
            days_ago=days,
            aloud=number == len(EARLIER) - 1,
        )
        for number, (streamer, days) in enumerate(EARLIER)
    ]


def _opened(browser: Browser, url: str, language: str) -> Page:
    page = browser.new_page(base_url=url, color_scheme="light", locale="zh-CN" if language == "zh" else "en-US")
    page.set_default_timeout(30_000)
    expect.set_options(timeout=30_000)
    return page


@dataclass
class Walk:
    """One person's way through all pages, with a picture of each."""

    page: Page
    language: str
    scenario: Scenario
    made: list[str]
    everything: Path | None

    def through(self) -> None:
        """Visit every page."""
        self._resize("desktop")
        self.page.goto("/")
        # The page may still be built anew; it then reloads itself.
        expect(self.page.get_by_test_id("next-step")).to_be_visible(timeout=180_000)
        self._shoot("start")
        self._rehearse()
        self._scorecard()
        self._look("/history", "history", None)
        self._look(f"/compare/{self.made[-1]}/{self.made[-2]}", "compare", None)
        self._look("/privacy", "privacy", None)
        self._look("/scenarios", "scenarios", None)
        self._editor()
        self._review()

    def _rehearse(self) -> None:
        page = self.page
        page.goto(f"/setup/{self.scenario.id}")
        # Permission is granted already, so the page opens the microphone without being asked.
        expect(page.get_by_test_id("mic-level")).to_be_visible()
        page.wait_for_timeout(3000)
        self._shoot("setup")
        if self.language == "en":
            page.get_by_test_id("enter-room").click()
            expect(page.get_by_test_id("room")).to_be_visible()
            page.wait_for_timeout(REHEARSAL_MS)
        else:
            page.get_by_test_id("typed-mode").click()
            sentences = pitch(self.scenario)
            for sentence in sentences:
                page.get_by_test_id("typed-input").fill(sentence)
                page.get_by_test_id("typed-send").click()
                page.wait_for_timeout(REHEARSAL_MS // len(sentences))
        self._shoot("room")
        self._resize("desktop")
        page.get_by_test_id("end").click()
        page.get_by_test_id("end-confirm").click()
        expect(page.get_by_test_id("scorecard")).to_be_visible(timeout=60_000)

    def _scorecard(self) -> None:
        self._look(f"/rehearsals/{self.made[-1]}", "scorecard", "scorecard")
        for section in ("timeline", "composure"):
            self._shoot(section, lambda section=section: self._scroll_to(section))  # type: ignore[misc]

    def _scroll_to(self, section: str) -> None:
        """Bring a section's heading to the top; charts are drawn when they come near."""
        self.page.evaluate("id => document.getElementById(id).scrollIntoView()", section)
        self.page.wait_for_timeout(1000)

    def _editor(self) -> None:
        self.page.goto(f"/scenarios/{self.scenario.id}/edit")
        expect(self.page.locator(".cm-content")).to_be_visible()
        self._shoot("editor")

    def _review(self) -> None:
        shared = self.page.request.put(f"/api/rehearsals/{self.made[-1]}/share", data={"note": ""})
        if not shared.ok:
            raise RuntimeError(f"sharing answered {shared.status}: {shared.text()}")
        self._look("/review", "review-list", None)
        if self.page.get_by_test_id("mentor-name-input").count():
            self.page.get_by_test_id("mentor-name-input").fill("Lin" if self.language == "en" else "林导")
            self.page.get_by_test_id("mentor-name-input").press("Enter")
        self.page.goto(f"/review/{self.made[-1]}")
        expect(self.page.get_by_test_id("review-desk")).to_have_attribute("data-state", "ready")
        self._shoot("review")

    def _look(self, path: str, name: str, ready: str | None) -> None:
        self.page.goto(path)
        expect(self.page.get_by_test_id(ready) if ready else self.page.locator("h1")).to_be_visible()
        self._shoot(name)

    def _resize(self, size: str) -> None:
        width, height = SIZES[size]
        self.page.set_viewport_size({"width": width, "height": height})

    def _shoot(self, name: str, before: Callable[[], None] = lambda: None) -> None:
        """Take the page as it is, in each scheme and size that is wanted."""
        sizes = tuple(SIZES) if self.everything else ("desktop",)
        schemes = SCHEMES if self.everything else SCHEMES[:1]
        if not self.everything and name not in README:
            return
        for size in sizes:
            self._resize(size)
            for scheme in schemes:
                self.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                before()
                self.page.wait_for_timeout(700)
                self._write(f"{name}-{self.language}" + (f"-{scheme}-{size}" if self.everything else ""))
        self._resize("desktop")
        self.page.emulate_media(color_scheme="light")

    def _write(self, name: str) -> None:
        path = (self.everything or FOLDER) / f"{name}.png"
        self.page.screenshot(path=path, animations="disabled")
        print(f"{path.name}: {path.stat().st_size // 1000} KB")


if __name__ == "__main__":
    sys.exit(main())
