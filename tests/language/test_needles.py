"""What a text must hold before patterns are tried on it, and which of many strings stand in it."""

from __future__ import annotations

import random
import re

import pytest

from coach.language.literals import alternatives, needed
from coach.language.needles import Needles, pieces

STRINGS = {
    "zh": ("保证", "保证有效", "最", "第一名", "vx", "加我", "不敢说", "全网最低"),
    "en": ("cure", " no risk", "risk", "guarante", "best in the world", "100%", "it's", "add me on "),
}
TEXTS = {
    "zh": ("", "这款保证有效", "我不敢说第一", "加vx", "全网最低价最划算", "保", "证有效保证"),
    "en": (
        "",
        " there is no risk ",
        "it secures a cure",
        " guaranteed best in the world ",
        "its 100% risky",
        "add me on",
    ),
}


@pytest.mark.parametrize("code", ["zh", "en"])
def test_strings_are_found_wherever_they_stand(code: str) -> None:
    needles = Needles(STRINGS[code], code)
    for text in TEXTS[code]:
        assert needles.held(text, needles.signs_in(text)) == {word for word in STRINGS[code] if word in text}, text


@pytest.mark.parametrize("code", ["zh", "en"])
def test_they_are_found_in_any_text_of_the_same_letters(code: str) -> None:
    dice, letters = random.Random(3), "".join(STRINGS[code]) + "  "
    needles = Needles(STRINGS[code], code)
    for _ in range(500):
        text = "".join(dice.choice(letters) for _ in range(30)) + dice.choice(STRINGS[code])
        assert needles.held(text, needles.signs_in(text)) == {word for word in STRINGS[code] if word in text}, text


@pytest.mark.parametrize("code", ["zh", "en"])
def test_a_text_with_a_string_has_its_sign(code: str) -> None:
    needles = Needles((), code, others=STRINGS[code])
    for word in STRINGS[code]:
        assert needles.sign(word) in needles.signs_in(f"a {word} z")
        assert needles.held(word, needles.signs_in(word)) == set()


def test_pieces_are_characters_and_pairs() -> None:
    assert pieces("充电快") == {"充", "电", "快", "充电", "电快"}
    assert pieces("") == frozenset()


@pytest.mark.parametrize(
    ("body", "held"),
    [
        ("plain words", [{"plain words"}]),
        ("(?:buy|get) two", [{"buy", "get"}, {" two"}]),
        ("colou?r", [{"r"}, {"colo"}]),
        (r"\d+ days?", [{" day"}]),
        ("(?<!not )safe(?! word)", [{"safe"}]),
        ("(?:a|b)?[xyz]*", []),
        ("(?:再|还)便宜.{0,4}点", [{"再", "还"}, {"点"}, {"便宜"}]),
        ("x{0,3}yes{2,}", [{"yes"}]),
    ],
)
def test_what_a_match_must_hold(body: str, held: list[set[str]]) -> None:
    found = [set(strings) for strings in needed(body)]
    assert sorted(map(sorted, found)) == sorted(map(sorted, held))
    assert found[-1:] == held[-1:]


@pytest.mark.parametrize("body", ["(?:buy|get) (?:two|2)(?: now)?", "(?:cures?|heals?) ~?all", "既(?:能|可以).{0,3}又"])
def test_every_match_holds_it(body: str) -> None:
    dice, pattern = random.Random(5), re.compile(body)
    letters = sorted({*"buy get two 2 now cures heals all ~", *"既能可以又快"})
    words = ["buy ", "get ", "two", "2", " now", "cure", "heals", " all", "~all", "既", "能", "可以", "又"]
    matched = 0
    for _ in range(3000):
        text = "".join(dice.choice(words) if dice.random() < 0.8 else dice.choice(letters) for _ in range(5))
        if hit := pattern.search(text):
            matched += 1
            assert all(any(string in hit.group() for string in strings) for strings in needed(body)), text
    assert matched


def test_alternatives_stand_outside_brackets() -> None:
    assert alternatives(r"a(?:b|c)|d\|e|[|]") == ["a(?:b|c)", r"d\|e", "[|]"]
