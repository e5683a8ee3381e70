"""Ideas of the trade in any wording: asserted, denied, only hinted at, and what never is one."""

from __future__ import annotations

import pytest

from coach.language import language_for
from coach.language.clause import read_clauses
from coach.language.ideas import HINT, LIKE, SAME, is_same, load_ideas
from coach.language.pack import load_pack
from coach.language.point import text_ideas


def level(code: str, text: str, idea: str) -> float:
    return max((clause.ideas.get(idea, 0.0) for clause in read_clauses(text, code)), default=0.0)


@pytest.mark.parametrize(
    ("code", "text", "idea", "expected"),
    [
        ("zh", "直接扔洗衣机里头就好了", "washable", SAME),
        ("zh", "洗了十几次都没怎么起球", "no_pilling", SAME),
        ("zh", "这个不会掉毛球的", "no_pilling", SAME),
        ("zh", "起不起球", "no_pilling", 0),
        ("zh", "它会起球", "no_pilling", HINT),
        ("zh", "这个杯子倒过来一滴都不漏", "leakproof", SAME),
        ("zh", "早上倒的水到晚上还烫", "keep_temp", LIKE),
        ("zh", "这件衣服很轻", "light", SAME),
        ("zh", "年轻人都爱穿", "light", 0),
        ("zh", "这个不轻", "light", 0),
        ("zh", "不仅轻便还好看", "light", SAME),
        ("en", "you just toss it in the wash", "washable", LIKE),
        ("en", "it won't ever pill", "no_pilling", SAME),
        ("en", "does not roll down when you jog", "high_waist", LIKE),
        ("en", "it's not machine washable", "washable", 0),
        ("en", "not only is it waterproof it's pretty", "waterproof", SAME),
        ("en", "it really doesn't leak, I had it upside down", "leakproof", SAME),
        ("en", "and the return label's free", "free_return_shipping", SAME),
        ("en", "hello everybody welcome in", "washable", 0),
    ],
)
def test_an_idea_is_asserted_in_other_words_and_not_where_it_is_denied(
    code: str, text: str, idea: str, expected: float
) -> None:
    assert level(code, text, idea) == expected


@pytest.mark.parametrize(
    ("code", "fact", "ideas"),
    [
        ("zh", "洗面奶", {"cleanser"}),
        ("zh", "运费险", {"ship_insurance"}),
        ("zh", "燃气", {"gas"}),
        ("zh", "260克", set()),
        ("en", "prepaid label", {"free_return_shipping"}),
        ("en", "opened", {"opened_ok"}),
        ("en", "two coats", set()),
    ],
)
def test_a_fact_that_is_one_idea_may_be_said_by_its_other_names(code: str, fact: str, ideas: set[str]) -> None:
    assert is_same(language_for(code).normalise(fact), code) == ideas


def test_a_sheets_denial_is_its_own_idea() -> None:
    assert "machine washable" not in text_ideas("not machine washable", language_for("en"))
    assert "no_pilling" in text_ideas("不起球，可机洗", language_for("zh"))


@pytest.mark.parametrize("code", ["zh", "en"])
def test_every_form_is_found_where_it_is_said_as_written(code: str) -> None:
    language = language_for(code)
    for idea, (same, like, _) in load_ideas(code).ideas.items():
        for form in filter(None, (item.strip() for item in (*same.split(","), *like.split(",")))):
            if "…" not in form and "*" not in form:
                text = f"我们这款{form}" if code == "zh" else f"well {form}"
                assert idea in read_clauses(language.normalise(text), code)[0].ideas, (idea, form)


def test_whatever_only_looks_like_a_negation_in_chinese_holds_a_sign_of_one() -> None:
    assert all(set(wording) & set("不没无别未非") for wording in load_pack("zh").not_negations)
