from __future__ import annotations

import pytest

from audio.asr.whisper_guard import (
    Reading,
    echoes,
    is_broken,
    is_doubtful,
    is_invented,
    is_silence,
    is_too_dense,
    longest_run,
    without_loop,
)
from audio.asr.whisper_prompt import MOST_TOKENS, prompt_text
from audio.asr.whisper_window import FINAL, FULL, PARTIAL, Window
from audio.asr.zh_text import tidy
from coach.ports import EAR_RATE_HZ, RecognitionHints

S = EAR_RATE_HZ


def read(text: str, *, tokens: int = 5, logprob: float = -0.2, no_speech: float = 0.01) -> Reading:
    return Reading(text, tuple(range(tokens)), logprob, no_speech)


@pytest.mark.parametrize(
    ("window", "seconds", "frames"),
    [
        (FINAL, 0.5, 700),
        (FINAL, 5.5, 700),
        (FINAL, 5.505, 702),
        (FINAL, 12.0, 1350),
        (FINAL, 29.0, 3000),
        (FINAL, 60.0, 3000),
        (PARTIAL, 1.0, 600),
        (PARTIAL, 7.0, 800),
        (FULL, 1.0, 3000),
    ],
)
def test_the_window_is_as_short_as_the_sound_allows(window: Window, seconds: float, frames: int) -> None:
    assert window.frames(round(seconds * S), 80) == frames


@pytest.mark.parametrize("mels", [80, 128])
def test_no_window_is_mistaken_for_sound_that_is_not_encoded(mels: int) -> None:
    for window in (FINAL, PARTIAL, FULL, Window(0.0, 0.0), Window(1.6, 0.1), Window(2.56, 0.0)):
        for samples in range(0, 31 * S, 800):
            frames = window.frames(samples, mels)
            assert frames % 2 == 0
            assert frames // 2 != mels
            assert frames <= 3000


@pytest.mark.parametrize(
    ("reading", "voiced_sec", "broken"),
    [
        pytest.param(read("a good sentence", tokens=20), 2.0, False, id="plain"),
        pytest.param(read("too much", tokens=40), 2.0, True, id="more tokens than anybody says"),
        pytest.param(read("so " * 60, tokens=30), 10.0, True, id="text that zlib shortens"),
        pytest.param(Reading("哈哈哈哈", (7, 7, 7, 7)), 2.0, True, id="four equal tokens"),
        pytest.param(Reading("对对对", (7, 7, 7)), 2.0, False, id="three equal tokens"),
        pytest.param(Reading(), 2.0, False, id="nothing"),
    ],
)
def test_a_reading_that_looks_broken_is_told(reading: Reading, voiced_sec: float, broken: bool) -> None:
    assert is_broken(reading, voiced_sec) is broken


def test_a_loop_is_too_dense_and_three_sales_calls_are_not() -> None:
    assert is_too_dense(read("loop", tokens=100), 3.0)
    assert not is_too_dense(read("买它买它买它买它买它", tokens=10), 2.0)
    assert longest_run((1, 2, 2, 2, 3)) == 3
    assert longest_run(()) == 0


@pytest.mark.parametrize(
    ("no_speech", "logprob", "silence", "doubtful"),
    [(0.7, -1.2, True, True), (0.7, -0.3, False, True), (0.1, -1.2, False, True), (0.1, -0.3, False, False)],
)
def test_silence_needs_both_signs_doubt_one(no_speech: float, logprob: float, silence: bool, doubtful: bool) -> None:
    reading = read("so", no_speech=no_speech, logprob=logprob)
    assert is_silence(reading) is silence
    assert is_doubtful(reading) is doubtful


@pytest.mark.parametrize(
    ("text", "no_speech", "invented"),
    [
        ("Thank you for watching!", 0.5, True),
        ("Thank you for watching!", 0.02, False),
        ("谢谢大家观看。", 0.5, True),
        ("字幕由Amara.org社区提供", 0.0, True),
        ("请不吝点赞 订阅 转发 打赏支持明镜与点点栏目", 0.0, True),
        ("Thank you for watching, the shirt is linen", 0.5, False),
        ("这款衬衫八十九元", 0.9, False),
    ],
)
def test_phrases_that_whisper_makes_up_are_doubted(text: str, no_speech: float, invented: bool) -> None:
    assert is_invented(read(text, no_speech=no_speech)) is invented


@pytest.mark.parametrize(
    ("text", "echo"),
    [
        ("Linen shirt, storage bag.", True),
        ("live now linen shirt storage bag", True),
        ("storage bag", False),
        ("linen shirt", False),
        ("", False),
    ],
)
def test_the_end_of_the_prompt_is_an_echo(text: str, echo: bool) -> None:
    assert echoes(text, "Live now: linen shirt, storage bag.", "en") is echo


@pytest.mark.parametrize(
    ("language", "text", "kept"),
    [
        ("en", "this shirt is linen linen linen linen linen", "this shirt is linen"),
        ("en", "go on. go on. go on. go on.", "go on."),
        ("zh", "买它买它买它", "买它买它买它"),
        ("zh", "好买它买它买它买它买它", "好买它"),
        ("en", "one two three", "one two three"),
    ],
)
def test_a_loop_is_cut_to_its_first_turn(language: str, text: str, kept: str) -> None:
    assert without_loop(text, language) == kept


def count(text: str) -> int:
    return len(text.split()) if " " in text else len(text)


@pytest.mark.parametrize(
    ("hints", "prompt"),
    [
        pytest.param(RecognitionHints("en"), "", id="nothing to tell"),
        pytest.param(
            RecognitionHints("en", ("Linen shirt", "linen  shirt", "a far too long sentence to be a name", "Dana")),
            "Live now: Linen shirt, Dana.",
            id="names, each once",
        ),
        pytest.param(
            RecognitionHints("zh", ("亚麻衬衫", "收纳袋", "亚麻纤维吸湿散热，夏天穿不贴身。")),
            "今天直播间介绍：亚麻衬衫、收纳袋。",
            id="zh with marks",
        ),
        pytest.param(
            RecognitionHints("en", ("<|endoftext|><|zh|>", "\0\ud800🎁")), "Live now: endoftext zh.", id="no commands"
        ),
        pytest.param(
            RecognitionHints("en", (), ("linen", "")), "Live now: linen.", id="words where no phrase is short"
        ),
    ],
)
def test_the_prompt_names_what_the_scenario_is_about(hints: RecognitionHints, prompt: str) -> None:
    assert prompt_text(hints, count) == prompt


def test_the_prompt_stays_short() -> None:
    hints = RecognitionHints("zh", tuple(f"商品{number}号链接" for number in range(100)))
    prompt = prompt_text(hints, len)
    assert MOST_TOKENS - 10 < len(prompt) <= MOST_TOKENS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("這款產品, 好嗎?", "这款产品，好吗？"),
        ("我们 的 CloudSync Pro 很好 。", "我们的CloudSync Pro很好。"),
        ("只要 $29.9,真的", "只要$29.9,真的"),
        ("", ""),
    ],
)
def test_chinese_comes_out_in_one_form(text: str, expected: str) -> None:
    assert tidy(text) == expected
