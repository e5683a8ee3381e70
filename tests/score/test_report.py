from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from coach.errors import InputError
from coach.score import score
from coach.score.report import render
from coach.score.scorecard import Scorecard
from tests.score.logs import joined, log, posted, said, scenario, voiced

EVIL = '<script>alert("x")</script>'


def card() -> Scorecard:
    records = log(
        joined(0, "mei", EVIL),
        said(1, 20, "欢迎新来的姐妹今天给大家看一件特别透气的亚麻衬衫百分之五十五的亚麻"),
        posted(21, f"骗子 {EVIL}", pressure=True),
        said(24, 45, f"没关系咱们接着看面料 {EVIL} 这件衣服真的很轻夏天出门穿着特别舒服"),
        end=60,
    )
    return score(scenario(title=f"衬衫 {EVIL}"), records)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_html_is_one_file_without_scripts_whatever_was_said(language: str) -> None:
    page = render(card(), "html", language)
    parser = _Tags()
    parser.feed(page)
    assert "script" not in parser.tags
    assert "link" not in parser.tags
    assert "img" not in parser.tags
    assert "svg" in parser.tags
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    ("language", "first", "then"), [("zh", "先说好的", "接下来练什么"), ("en", "What went well", "What to")]
)
def test_the_strength_comes_before_everything_else(language: str, first: str, then: str) -> None:
    page = render(card(), "html", language)
    heads = re.findall(r"<h2>(.*?)</h2>", page)
    assert heads[0] == first
    assert heads[1].startswith(then)


def test_markdown_leaves_no_live_markup() -> None:
    text = render(card(), "md", "en")
    assert "<script" not in text
    assert text.startswith("# Rehearsal report")


def test_json_is_the_scorecard() -> None:
    assert Scorecard.model_validate_json(render(card(), "json", "zh")) == card()


@pytest.mark.parametrize(
    ("language", "enough", "praise"),
    [("en", "Not enough evidence", "Nothing stands out"), ("zh", "证据不足", "照这样再练一遍")],
)
@pytest.mark.parametrize("form", ["md", "html"])
def test_a_voice_whose_words_are_unknown_is_neither_praised_nor_blamed(
    language: str, enough: str, praise: str, form: str
) -> None:
    talk = [said(2 + 6 * number, 7 + 6 * number, "", voiced=4.0) for number in range(9)]
    room = [posted(20, "骗子", pressure=True), *voiced(30, 32, "这个多少钱")]
    result = score(scenario(), log(*sorted([*talk, *room], key=lambda item: item[0]), end=57))
    assert (result.strength, result.focus, result.findings, result.coverage) == (None, [], [], [])
    assert {viewer.answered for viewer in result.viewers} == {None}
    assert result.pressure[0].language_control is None
    assert next(metric for metric in result.metrics if metric.id == "backchannels").value is None
    page = render(result, form, language)
    assert enough in page
    for said_too_much in (praise, "did not come back", "没有回来", "missed", "没讲到"):
        assert said_too_much not in page


def test_an_empty_rehearsal_renders_and_says_what_was_not_measured() -> None:
    empty = score(scenario(), log(end=30))
    page = render(empty, "html", "en")
    assert page.count("Not measured") >= 3
    assert "Nothing was said" in page


@pytest.mark.parametrize(("form", "language"), [("pdf", "zh"), ("html", "fr")])
def test_unknown_formats_and_languages_are_refused(form: str, language: str) -> None:
    with pytest.raises(InputError, match="expected a report"):
        render(card(), form, language)
