"""What turns a selling point round: its thing denied, what it rules out granted, a price for what is free."""

from __future__ import annotations

import pytest

from coach.language import language_for
from coach.language.match import match_point
from coach.language.point import amounts

SODA = {
    "title": "unsweetened",
    "statement": "no sugar added and caffeine free",
    "facts": ["no sugar", "caffeine"],
    "aliases": ["unsweetened"],
}
FITTING = {
    "title": "free fitting",
    "statement": "fitting is free in the shop",
    "facts": ["free"],
    "aliases": ["fitting"],
}
LAMP = {"title": "显色指数", "statement": "显色指数95", "facts": ["95"], "aliases": ["显色"]}
SEAL = {"title": "蓝光认证", "statement": "有无蓝光危害认证", "facts": ["无蓝光"], "aliases": ["认证"]}
NUTS = {"title": "过敏原", "statement": "腰果过敏的人不要吃", "facts": ["腰果"], "aliases": ["过敏"]}


def _wrong(point: dict[str, object], text: str, code: str) -> bool:
    language = language_for(code)
    texts = " ， ".join((str(point["title"]), str(point["statement"]), *map(str, point["facts"])))  # type: ignore[call-overload]
    match = match_point(
        text,
        point["aliases"],  # type: ignore[arg-type]
        point["facts"],  # type: ignore[arg-type]
        str(point["statement"]),
        language,
        title=str(point["title"]),
        known=amounts(texts, language),
        sheet=texts,
    )
    return bool(match.contradictions)


@pytest.mark.parametrize(
    ("point", "text", "code"),
    [
        (SODA, "there's some caffeine in it to wake you up", "en"),
        (FITTING, "fitting costs twenty bucks", "en"),
        (LAMP, "显色指数七十", "zh"),
        (SEAL, "没有认证，不过也够用", "zh"),
        (NUTS, "腰果过敏的也能吃", "zh"),
    ],
)
def test_the_other_sign_of_what_a_point_names_is_found(point: dict[str, object], text: str, code: str) -> None:
    assert _wrong(point, text, code)


@pytest.mark.parametrize(
    ("point", "text", "code"),
    [
        (SODA, "there's no caffeine in it", "en"),
        (SODA, "caffeine free and no sugar", "en"),
        (FITTING, "fitting costs you nothing", "en"),
        (LAMP, "显色指数九十五，我三十岁了才懂", "zh"),
        (SEAL, "有认证的，放心", "zh"),
        (NUTS, "腰果过敏的，别吃", "zh"),
    ],
)
def test_the_same_said_in_other_words_is_left(point: dict[str, object], text: str, code: str) -> None:
    assert not _wrong(point, text, code)
