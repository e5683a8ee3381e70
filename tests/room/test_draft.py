"""New scenarios: whatever is asked for, the file is valid, clean, and says what it says in its own language."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import get_args

import pytest

from coach.room.comment_types import comment_type
from coach.room.draft import Draft, draft_pack, draft_text
from coach.room.log_draft import MASK, draft_from_comments, masked
from coach.room.scenario_check import Checker
from coach.scenario.comment_log import Comment
from coach.scenario.load import parse_scenario
from coach.scenario.model import Locale, ViewerType

TODAY = date(2026, 11, 26)
LOCALES: list[Locale] = ["zh-CN", "en-US"]


def draft(locale: Locale = "en-US", **keys: object) -> Draft:
    values: dict[str, object] = {"id": "x", "locale": locale, "title": "T", "category": "home", "created": TODAY}
    return Draft(**{**values, **keys})  # type: ignore[arg-type]


def remarks(text: str) -> list[str]:
    found = Checker(TODAY).check(text, "x.yaml", "s.json")
    return [str(finding) for finding in found if finding.severity != "info"]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("difficulty", [1, 2, 3, 4, 5])
def test_a_draft_of_every_difficulty_is_clean(locale: Locale, difficulty: int) -> None:
    text = draft_text(draft(locale, difficulty=difficulty), "s.json")
    assert remarks(text) == []
    scenario = parse_scenario(text).scenario
    assert (scenario.difficulty, scenario.locale, scenario.kind) == (difficulty, locale, "rehearsal")


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", get_args(ViewerType))
def test_a_draft_of_every_type_is_clean_alone_and_as_a_drill(locale: Locale, kind: ViewerType) -> None:
    assert remarks(draft_text(draft(locale, types=(kind,), difficulty=3), "s.json")) == []
    drill = draft_text(draft(locale, types=(kind,), skill="my_skill", minutes=3), "s.json")
    assert remarks(drill) == []
    assert parse_scenario(drill).scenario.kind == "drill"


@pytest.mark.parametrize("code", ["zh", "en"])
def test_both_languages_have_a_draft_for_every_type_and_the_same_skills(code: str) -> None:
    assert set(draft_pack(code)["viewers"]) == set(get_args(ViewerType))
    assert draft_pack(code)["skills"].keys() == draft_pack("en")["skills"].keys()
    for locale in LOCALES:
        for skill in draft_pack(code)["skills"]:
            assert parse_scenario(draft_text(draft(locale, skill=skill), "s.json")).scenario.viewers


def test_odd_titles_and_wishes_are_quoted() -> None:
    text = draft_text(draft(title='He said: "no" # really', success="[x]: {y}"), "s.json")
    scenario = parse_scenario(text).scenario
    assert scenario.title == 'He said: "no" # really'
    assert scenario.goals[0].title == "[x]: {y}"


def test_a_draft_without_a_product_asks_for_it_kindly() -> None:
    found = Checker(TODAY).check(draft_text(draft(todo=True), "s.json"), "x.yaml", "s.json")
    assert {finding.severity for finding in found} == {"info"}
    assert {finding.rule for finding in found} == {"todo"}


# --- from a log ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code", "kind"),
    [
        ("能不能再便宜点 我拿两个", "zh", "haggler"),
        ("隔壁同款才39", "zh", "price_comparer"),
        ("上周买的还没发货", "zh", "angry_returner"),
        ("加我微信 一手货源", "zh", "spammer"),
        ("哈哈哈哈哈哈哈", "zh", "spammer"),
        ("孕妇可以用吗", "zh", "special_care"),
        ("是不是全网最低", "zh", "bait"),
        ("主播有男朋友吗", "zh", "derailer"),
        ("666", "zh", None),
        ("?", "zh", None),
        ("any discount code for me", "en", "haggler"),
        ("cheaper link in my bio", "en", "spammer"),
        ("i'm 14 can i buy this", "en", "special_care"),
        ("is it legit tho", "en", "trust_skeptic"),
        ("ordered two weeks ago still nothing", "en", "angry_returner"),
        ("k", "en", None),
    ],
)
def test_comments_are_told_apart_by_clear_wordings(text: str, code: str, kind: ViewerType | None) -> None:
    assert comment_type(text, code) == kind


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("打我电话 138 1234 5678", "打我电话 ***"),
        ("订单号20261126001234", "订单号***"),
        ("加我微信abc_12345", "加我***"),
        ("@老板娘 看看", "某某 看看"),
        ("小美说得对", "某某说得对"),
        ("看 https://x.example/y 这个", "看 这个"),
        ("便宜5块 59包邮", "便宜5块 59包邮"),
    ],
)
def test_what_leads_to_a_person_is_masked(text: str, clean: str) -> None:
    assert masked(text, ["小美"], "zh") == clean


def test_viewers_speak_their_own_words_and_come_when_the_log_pressed() -> None:
    wanted = [
        (0.0, "hi everyone"),
        (60.0, "any coupon for new people"),
        (61.0, "can you do 20"),
        (62.0, "any coupon for new people"),
        (300.0, "is this legit"),
        (305.0, "who pays return shipping"),
        (600.0, "lol you idiot this is trash"),
    ]
    comments = [Comment(text, f"user{number}", at) for number, (at, text) in enumerate(wanted)]
    made, counts = draft_from_comments(draft(difficulty=3, minutes=5, todo=True), comments)
    text = draft_text(made, "s.json")
    assert remarks(text) == []
    scenario = parse_scenario(text).scenario
    assert counts["haggler"] == 3
    said = {viewer.type: [line for lines in viewer.lines.values() for line in lines] for viewer in scenario.viewers}
    assert said["haggler"] == ["any coupon for new people", "can you do 20"]
    assert "trash" not in text
    haggler, skeptic = [event for event in scenario.events if event.kind == "line"][:2]
    assert (haggler.viewer, skeptic.viewer) == ("haggler", "trust-skeptic")
    assert haggler.at_sec == pytest.approx(15 + (270 - 15) * 0.1, abs=5)
    assert skeptic.at_sec == pytest.approx(15 + (270 - 15) * 0.5, abs=5)


def test_the_types_of_a_log_come_by_how_often_they_wrote_whatever_the_difficulty() -> None:
    said = (
        ["能便宜点吗"] * 6 + ["真的假的 是正品吗"] * 4 + ["上周买的到现在没发货"] * 3 + ["会不会掉色"] * 2 + ["多大码"]
    )
    comments = [Comment(f"{text} {number}", f"user{number}", 4.0 * number) for number, text in enumerate(said)]
    made, counts = draft_from_comments(draft("zh-CN", difficulty=2, todo=True), comments)
    often = sorted((kind for kind in counts if kind and counts[kind] > 1), key=lambda kind: -counts[kind])
    assert len(often) >= 3
    assert [viewer.type for viewer in made.viewers] == often[:5]
    assert remarks(draft_text(made, "s.json")) == []


def test_moments_go_round_among_those_who_press() -> None:
    said = ["能便宜点吗", "能再便宜点吗", "真的假的 是正品吗"]
    comments = [Comment(f"{said[at % 3]} {at}", f"user{at}", 5.0 * at) for at in range(60)]
    made, _ = draft_from_comments(draft("zh-CN", difficulty=3, minutes=5, todo=True), comments)
    who = [event.viewer for event in made.events]
    assert len(set(who)) > 1
    assert all(one != other for one, other in pairwise(who))


@pytest.mark.parametrize(
    ("text", "code", "kind"),
    [
        ("退货五天没退款", "zh", "angry_returner"),
        ("能退货吗", "zh", "friendly"),
        ("没拆封能退货吗", "zh", "friendly"),
        ("shipping has not moved for a week", "en", "angry_returner"),
        ("how long is shipping?", "en", "friendly"),
    ],
)
def test_what_has_not_been_done_after_buying_is_a_complaint(text: str, code: str, kind: str) -> None:
    assert comment_type(text, code) == kind


def test_a_log_without_times_still_has_a_plan_and_names_of_users_stay_out() -> None:
    comments = [Comment("便宜点 学学玛丽苏", "老王"), Comment("玛丽苏你再便宜点嘛", "玛丽苏")] * 3
    made, _ = draft_from_comments(draft("zh-CN", todo=True), comments)
    text = draft_text(made, "s.json")
    assert remarks(text) == []
    assert "玛丽苏" not in text
    assert MASK["zh"] in text
    assert parse_scenario(text).scenario.events


def test_flooding_is_told_by_repetition() -> None:
    comments = [Comment("家人们冲", "刷子", float(at)) for at in range(5)] + [Comment("家人们冲", "别人", 9.0)]
    _, counts = draft_from_comments(draft("zh-CN", todo=True), comments)
    assert counts["spammer"] == 5


def test_a_name_that_is_also_a_word_is_not_masked_everywhere() -> None:
    comments = [Comment("这个好看 能便宜点吗", "好看"), *[Comment(f"好看{n} 再便宜点嘛", f"u{n}") for n in range(9)]]
    made, _ = draft_from_comments(draft("zh-CN", todo=True), comments)
    assert MASK["zh"] not in draft_text(made, "s.json")
