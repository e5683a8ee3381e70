"""Every page in both languages, on a desk and a phone, light and dark: usable by anybody, whole, in its own words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from coach.scenario.library import Library
from coach.score.drills import DRILLS
from scripts.browser_room import ROOT, practice_room
from scripts.every_page import MENTORS, Place, Stock, places, stock
from scripts.room_feed import NAMES, REHEARSAL, Feed, lively
from tests.browser.conftest import CHROMIUM, LONGEST_WAIT_MS
from tests.browser.reading import Watch, refused, texts, too_wide, violations

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SIZES: dict[str, ViewportSize] = {"desk": {"width": 1280, "height": 860}, "phone": {"width": 390, "height": 844}}
LOCALES = {"en": "en-US", "zh": "zh-CN"}
BROKEN = re.compile(r"undefined|\bNaN\b|\[object|\{\w+\}|\bnull\b|^[a-z]+(\.[a-zA-Z_]+)+$|^[a-z]+(_[a-z]+)+$")
"""Words that nobody wrote: a value that was missing, a placeholder that was not filled, a key, an id."""
CALM = "() => document.getAnimations().every((one) => one.playState !== 'running' || !(one instanceof CSSTransition))"
"""Colours on their way from light to dark have the contrast of neither."""
HAN = re.compile(r"[\u4e00-\u9fff]{2}")
QUOTED = re.compile(r"“[^”]*”|\([^)]*\)|run_coach\.py [\w -]+")
SENTENCE = re.compile(r"[A-Za-z]{2,}[a-z] [a-z]{2,} [a-z]{2,}")
"""Three English words in a row: no name of a product or an engine."""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, Stock]]]:
    """A practice room of its own, and what it holds in each language: other tests count what they find."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    folder = tmp_path_factory.mktemp("every-page")
    with practice_room(folder) as url:
        yield url, {language: stock(folder / "data", url, language) for language in LOCALES}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LOCALES)
def test_every_page_is_whole_and_for_everybody(
    browser: Browser, room: tuple[str, dict[str, Stock]], language: str, size: str
) -> None:
    url, kept = room
    context = browser.new_context(base_url=url, viewport=SIZES[size], locale=LOCALES[language], reduced_motion="reduce")
    context.set_default_timeout(LONGEST_WAIT_MS)
    context.add_init_script(f"localStorage.setItem('coach.mentor', '{MENTORS[language]}')")
    page = context.new_page()
    watch = Watch(page)
    found = {}
    axe = (language == "en") == (size == "desk")
    with_room = Place("room", f"/room/{REHEARSAL}", "[data-testid=audience] .viewer")
    feed = lively(Feed(language), minutes=0.3)
    feed.serve(page)
    page.add_init_script(f"sessionStorage.setItem('coach.input.{REHEARSAL}', 'typed')")
    for place in [*places(kept[language]), with_room]:
        problems = looked_at(page, place, language, axe=axe)
        if problems:
            found[place.name] = problems
    context.close()
    assert not found, json.dumps(found, indent=1, ensure_ascii=False)
    assert watch.elsewhere == []
    assert watch.faults == []


def looked_at(page: Page, place: Place, language: str, *, axe: bool) -> list[str]:
    """Open a page; return what is wrong with it.

    Args:
        page: Opened before or not.
        place: What to open.
        language: `zh` or `en`.
        axe: Whether axe is asked too. It is in half of the four forms, so in both languages and on both sizes.
    """
    page.emulate_media(color_scheme="light")
    page.goto(place.path)
    expect(page.locator(place.ready).first).to_be_attached()
    # Menus stay shut: they lie over what is under them.
    page.evaluate("() => document.querySelectorAll('details:not(.menu, .more)').forEach((one) => { one.open = true })")
    # Charts are drawn when they come near the window.
    for chart in page.locator("[data-chart]").all():
        chart.scroll_into_view_if_needed()
        expect(chart).to_have_attribute("data-chart", "drawn")
    problems = in_both_schemes(page) if axe else []
    problems += [f"wide: {one}" for one in too_wide(page)]
    if (headings := page.locator("h1").count()) != 1:
        problems.append(f"{headings} h1")
    if page.evaluate("() => document.documentElement.lang") != LOCALES[language]:
        problems.append("language of the document")
    return [*problems, *spoken(page, language), *refused(page)]


def in_both_schemes(page: Page) -> list[str]:
    """Return what axe finds in the light, and by its rules of colour in the dark."""
    page.wait_for_function(CALM)
    problems = [f"light: {one}" for one in violations(page)]
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(CALM)
    return problems + [f"dark: {one}" for one in violations(page, colours_alone=True)]


def spoken(page: Page, language: str) -> list[str]:
    """Return words that nobody wrote, and words of the other language."""
    other = HAN if language == "en" else SENTENCE
    said = [page.title(), *texts(page)]
    wrong = [f"words: {text[:120]}" for text in said if BROKEN.search(text) and text not in viewers()]
    wrong += [f"not {language}: {text[:120]}" for text in said if other.search(own_words(text))]
    return sorted(set(wrong))


def own_words(text: str) -> str:
    """Return what the page itself says: without titles, quotes, words told in brackets, and commands."""
    for title in titles():
        text = text.replace(title, "")
    return QUOTED.sub("", text)


@cache
def titles() -> tuple[str, ...]:
    """Return what scenarios and drills are called, the longest first; and each language's name for itself."""
    named = {loaded.scenario.title for loaded in Library([ROOT / "scenarios"]).all()}
    named |= {name for drill in DRILLS.values() for name in (drill.name.zh, drill.name.en)}
    return *sorted(named, key=len, reverse=True), "中文", "English"


@cache
def viewers() -> frozenset[str]:
    """Return what viewers are called: some names look like identifiers."""
    loaded = Library([ROOT / "scenarios"]).all()
    return frozenset([*(viewer.name for one in loaded for viewer in one.scenario.viewers), *NAMES["en"]])
