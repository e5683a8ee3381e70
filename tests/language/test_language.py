from __future__ import annotations

import pytest

from coach.errors import InputError
from coach.events import Word
from coach.language import language_for
from coach.language.pack import load_pack


@pytest.mark.parametrize(("locale", "code"), [("zh-CN", "zh"), ("zh", "zh"), ("en-US", "en"), ("EN_us", "en")])
def test_locales_find_their_language(locale: str, code: str) -> None:
    assert language_for(locale).code == code


def test_an_unknown_locale_is_refused_with_a_sentence() -> None:
    with pytest.raises(InputError, match="fr-FR"):
        language_for("fr-FR")


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("zh", "嗯大家好呃今天", ["嗯", "呃"]),
        ("zh", "那个，我们来看", ["那个"]),
        ("zh", "这个这个面料", ["这个", "这个"]),
        ("zh", "就是，嗯，面料", ["就是", "嗯"]),
        ("zh", "怎么说呢这款很轻", ["怎么说呢"]),
        ("zh", "那个颜色好看", []),
        ("zh", "我要这个，谢谢", []),
        ("zh", "这个就是亚麻", []),
        ("zh", "好看啊，金额不对，额头凉快", []),
        ("zh", "然后我们看面料", []),
        ("en", "um so it's like, you know, soft", ["um", "you know"]),
        ("en", "it is, like, great", ["like"]),
        ("en", "Actually, it is", ["Actually"]),
        ("en", "okay so here we go", ["okay so"]),
        ("en", "uh like uh", ["uh", "like", "uh"]),
        ("en", "tastes like toast", []),
        ("en", "do you know what kind of oil", []),
        ("en", "that's what I mean", []),
        ("en", "the right size, right here", []),
    ],
)
def test_fillers_are_told_from_words_with_meaning(code: str, text: str, expected: list[str]) -> None:
    assert [span.text for span in language_for(code).fillers(text)] == expected


def test_a_pause_after_that_word_makes_it_a_filler() -> None:
    words = (
        Word(text="那个", start=0.0, end=0.4),
        Word(text="颜色", start=0.8, end=1.2),
        Word(text="那个", start=1.2, end=1.4),
        Word(text="款", start=1.42, end=1.6),
    )
    assert [span.start for span in language_for("zh").fillers("那个颜色那个款", words)] == [0]


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("zh", "嗯", True),
        ("zh", "对对对", True),
        ("zh", "好的", True),
        ("zh", "对这件", False),
        ("zh", "", False),
        ("en", "uh-huh", True),
        ("en", "yeah, right", True),
        ("en", "Yeah but no", False),
        ("en", "okay so here", False),
    ],
)
def test_backchannels_do_not_take_the_floor(code: str, text: str, expected: bool) -> None:
    assert language_for(code).is_backchannel(text) is expected


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("zh", "到手八十九块", "finished"),
        ("zh", "能看清楚吗", "finished"),
        ("zh", "这款面料，", "open"),
        ("zh", "因为", "open"),
        ("zh", "怎么说呢", "open"),
        ("zh", "面料是亚麻的", "unknown"),
        ("zh", "", "unknown"),
        ("en", "it's eighty nine dollars", "finished"),
        ("en", "what is the price today", "finished"),
        ("en", "it comes with a", "open"),
        ("en", "because", "open"),
        ("en", "the fabric is linen", "unknown"),
    ],
)
def test_endings_say_whether_the_words_look_complete(code: str, text: str, expected: str) -> None:
    assert language_for(code).ending(text) == expected


@pytest.mark.parametrize(
    ("code", "text", "units"),
    [
        ("zh", "亚麻衬衫", 4),
        ("zh", "99", 3),
        ("zh", "¥99", 4),
        ("zh", "159元", 6),
        ("zh", "55%亚麻", 8),
        ("zh", "3.5折", 4),
        ("zh", "¥9.9包邮", 5),
        ("zh", "电话13812345678", 13),
        ("zh", "2026年1/3", 9),
        ("zh", "５０℃，500ml", 7),
        ("zh", "一点儿味儿，女儿和儿童", 8),
        ("zh", "SPF50的iPhone壳", 9),
        ("zh", "VIP价，这儿", 5),
        ("zh", "", 0),
        ("en", "it's a great shirt", 4),
        ("en", "eighty nine", 2),
        ("en", "89", 2),
        ("en", "$89.99", 4),
        ("en", "the 2nd, in 2026", 6),
        ("en", "call 555-0199 or 1234567", 16),
        ("en", "we didn't, they'll", 3),
        ("en", "20% off", 3),
    ],
)
def test_units_are_counted_as_spoken(code: str, text: str, units: int) -> None:
    assert language_for(code).count_units(text) == units


@pytest.mark.parametrize(
    ("text", "syllables"),
    [
        ("shirt", 1),
        ("breathable linen", 5),
        ("89", 3),
        ("made", 1),
        ("takes comes clothes", 3),
        ("going doing", 4),
        ("didn't isn't can't", 5),
        ("it'll there's", 3),
        ("hundred USB", 5),
        ("lovely safety ninety", 6),
        ("magnesium carrier", 7),
        ("certified tried", 4),
        ("NOW 5 gsm", 5),
    ],
)
def test_english_syllables_are_estimated(text: str, syllables: int) -> None:
    assert language_for("en").syllables(text) == syllables


def test_normalised_text_has_no_marks_but_keeps_numbers() -> None:
    assert language_for("zh").normalise("到手 ８９.9 元，「VIP」！") == "到手89.9元vip"
    assert language_for("zh").normalise("這個連結加 v x，ＵＳＢ a.b c") == "这个连结加vx usb abc"
    assert language_for("en").normalise("It’s $1,299.50 — really?") == "it's 1299.50 really"


def test_tokens_keep_numbers_and_latin_whole() -> None:
    assert language_for("zh").tokens("面料55%亚麻，VIP") == ["面", "料", "55%", "亚", "麻", "vip"]
    assert language_for("en").tokens("It's 4.6 grams.") == ["it's", "4.6", "grams"]


def test_questions_are_marked_among_clauses_and_offsets_hold() -> None:
    text = "有人问透气吗？很透气，89.9元。It's 4.6 grams. OK?"
    found = language_for("zh").clauses(text)
    assert [span.kind for span in found] == ["question", "clause", "clause", "clause", "question"]
    assert all(text[span.start : span.end] == span.text for span in found)


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("zh", "爱买不买，求求你们了", [("爱买不买", "hostile"), ("求求你们", "pleading")]),
        ("zh", "都怪你们", [("都怪你们", "blaming")]),
        ("zh", "谢谢提醒，咱们接着看面料", []),
        ("en", "shut up, it's your fault", [("shut up", "hostile"), ("it's your fault", "blaming")]),
        ("en", "Noted. Back to the fabric", []),
    ],
)
def test_slips_are_listed_wordings_only(code: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert [(span.text, span.kind) for span in language_for(code).slips(text)] == expected


@pytest.mark.parametrize("code", ["zh", "en"])
def test_packs_say_version_source_and_date(code: str) -> None:
    pack = load_pack(code)
    assert pack.id == f"language.{code}"
    assert pack.version
    assert pack.source
    assert pack.effective.year >= 2026
