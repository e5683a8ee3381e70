"""A rehearsal by voice in Chinese, understood by the model that rooms fetch by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from scripts.browser_room import find_chromium, practice_room, write_microphone
from tests.browser.conftest import visiting
from tests.browser.test_room import end, enter_by_voice
from tests.data import TEST_MODELS, audio_clip, needs_test_data, needs_whisper_base

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    needs_test_data,
    needs_whisper_base,
    pytest.mark.skipif(find_chromium() is None, reason="no Chromium on this machine"),
]

SCENARIO = "zh-first-day-flask"
PHRASES = (
    ("zh/iflytek_read_sentence_cn.wav", 1.5),
    ("zh/funasr_asr_example.wav", 2.5),
    ("zh/foamliu_aishell_7.wav", 2.5),
)
SAID = ("天气怎么样", "欢迎大家来体验", "每日经济新闻")
"""A piece of what is said in each; a recogniser may get one of them wrong."""

PROBE = (Path(__file__).parent / "probe.js").read_text(encoding="utf-8")
HEARD = "() => probe.records.map(([, record]) => record.event).filter((event) => event.type === 'utterance_heard')"


@pytest.fixture
def chinese_room(tmp_path: Path) -> Iterator[str]:
    with practice_room(tmp_path / "room", models=TEST_MODELS) as url:
        yield url


def test_a_streamer_is_understood_in_chinese_and_reads_it_on_the_scorecard(
    browser: Browser, chinese_room: str, tmp_path: Path
) -> None:
    clips = [audio_clip(name) for name, _ in PHRASES]
    microphone = write_microphone(tmp_path / "microphone.wav", clips, [gap_sec for _, gap_sec in PHRASES])
    with visiting(browser, chinese_room) as visit:
        page = visit(f"/setup/{SCENARIO}", microphone, locale="zh-CN")
        expect(page.get_by_test_id("say-sentence")).to_be_visible()
        rehearsal = enter_by_voice(page)
        page.evaluate(PROBE, rehearsal)
        page.wait_for_function(f"() => ({HEARD})().filter((event) => event.text).length >= 6", timeout=90_000)
        # Twice around: the microphone repeats itself, and the rehearsal may begin in the middle of a phrase.
        heard: list[dict[str, Any]] = page.evaluate(HEARD)
        end(page)
        expect(page.get_by_test_id("scorecard")).to_contain_text(next(piece for piece in SAID if _in(piece, heard)))
    assert {event["engine"] for event in heard if event["text"]} == {"faster-whisper"}
    assert sum(_in(piece, heard) for piece in SAID) >= 2


def _in(piece: str, heard: list[dict[str, Any]]) -> bool:
    return any(piece in event["text"] for event in heard)
