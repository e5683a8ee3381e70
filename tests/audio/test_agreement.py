from __future__ import annotations

import pytest

from audio.asr.agreement import Agreement, joined, units


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Hi, it's $29.90!", ["Hi,", "it's", "$29.90!"]),
        ("en", "- so - yes", ["so -", "yes"]),
        ("en", "", []),
        ("zh", "我们的CloudSync很好。", ["我", "们", "的", "CloudSync", "很", "好。"]),
        ("zh", "只要 29.9 元，3号链接", ["只", "要", "29.9", "元，", "3", "号", "链", "接"]),
        ("zh", "。嗯……对", ["嗯……", "对"]),
    ],
)
def test_units_keep_marks_with_the_word_before(language: str, text: str, expected: list[str]) -> None:
    assert [unit.replace(" ", "") for unit in units(text, language)] == [unit.replace(" ", "") for unit in expected]


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "Let me show you."), ("zh", "我们的CloudSync Pro很好，真的。"), ("zh", ""), ("zh", "OK OK 好")],
)
def test_units_join_to_the_same_text(language: str, text: str) -> None:
    assert joined(units(text, language), language) == text.replace("OK 好", "OK好")


@pytest.mark.parametrize(
    ("language", "readings", "shown"),
    [
        pytest.param("en", ["I", "I understand."], ["", "I"], id="a word needs two readings"),
        pytest.param("en", ["Hi.", "hi, there", "Hi there, all"], ["", "hi", "Hi there"], id="marks and case"),
        pytest.param(
            "en", ["to be", "to be or", "two bees or not"], ["", "to be", "to be"], id="a sudden change is not shown"
        ),
        pytest.param(
            "en",
            ["to be", "to be", "two bees or not", "two bees or not to"],
            ["", "to be", "to be", "two bees or not"],
            id="two longer readings outweigh two shorter ones",
        ),
        pytest.param("en", ["so the price", "so", ""], ["", "so", "so"], id="never less than before"),
        pytest.param("zh", ["这款产", "这款产品。", "这款产品每天"], ["", "这款产", "这款产品"], id="characters"),
        pytest.param("zh", ["CloudSync", "CloudSync Pro 好"], ["", "CloudSync"], id="latin words are whole"),
    ],
)
def test_only_what_two_readings_agree_on_is_shown(language: str, readings: list[str], shown: list[str]) -> None:
    agreement = Agreement(language)
    assert [joined(agreement.hear(reading), language) for reading in readings] == shown


def test_what_is_shown_never_gets_shorter() -> None:
    agreement = Agreement("en")
    words = "a b c d e f g".split()  # noqa: SIM905
    readings = [words[:n] for n in (1, 3, 2, 5, 1, 4, 7, 7)]
    lengths = [len(agreement.hear(" ".join(reading))) for reading in readings]
    assert lengths == sorted(lengths)
    assert lengths[-1] == 7
