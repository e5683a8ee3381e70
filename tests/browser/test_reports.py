"""The HTML that is saved and sent: reports and the overview of a run, on a phone and on a screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from coach.score.report import render
from tests.browser.reading import too_wide
from tests.score.batch.test_overview import shown
from tests.score.test_report import full

WINDOWS = ((390, 844), (1280, 860))
LEAST_QUOTE = 200
"""Pixels; a dozen Chinese characters or four English words."""
LEAST_LETTERS = 9
"""Pixels of a letter's height."""
NARROWEST = """() => Math.min(...[...document.querySelectorAll('td blockquote')].map((one) => one.clientWidth))"""
SMALLEST = """() => {
  const drawing = document.querySelector('#timeline svg')
  const scale = drawing.getBoundingClientRect().width / drawing.viewBox.baseVal.width
  return scale * Math.min(...[...drawing.querySelectorAll('text')].map((one) => Number(one.getAttribute('font-size'))))
}"""


@pytest.fixture(params=WINDOWS, ids=lambda size: str(size[0]))
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, height = request.param
    opened = browser.new_page(viewport={"width": width, "height": height})
    yield opened
    opened.close()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_report_fits_its_window_and_can_be_read_in_it(page: Page, language: str) -> None:
    page.set_content(render(full(), "html", language))
    assert too_wide(page) == []
    assert page.evaluate(NARROWEST) >= LEAST_QUOTE
    assert page.evaluate(SMALLEST) >= LEAST_LETTERS


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_overview_fits_its_window(page: Page, tmp_path: Path, language: str) -> None:
    page.set_content(shown(tmp_path, language))
    assert too_wide(page) == []
