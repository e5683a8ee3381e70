"""Sentences that the micro Whisper of the test data knows, said by eSpeak NG as it was trained on them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from audio.pcm import resample
from audio.tts.espeak_library import LOCK, VoiceSetting, library
from coach.ports import EAR_RATE_HZ, Int16Array
from tests.data import data_folder

BUDGET = "I understand the budget is tight."
PRICE = "The price is ninety nine dollars a month."
SHOW = "Let me show you how it works."
SAVES = "CloudSync Pro saves two hours a day."
MORNING = "Good morning."
YUSUAN = "我理解预算比较紧张。"
JIAGE = "价格是每月九十九元。"
YANSHI = "我来演示一下怎么使用。"
SHENGSHI = "这款产品每天节省两个小时。"

QUIET_BEFORE, QUIET_AFTER = 0.3, 0.1
"""Seconds around every sentence: the loop's pre-roll, and the pause in which a final is asked for."""
_VOICES = {"en": VoiceSetting("en-us", 175, 50), "zh": VoiceSetting("cmn", 240, 50)}


def micro_whisper() -> Path:
    """The folder of the micro Whisper; skips the running test where there is none."""
    folder = data_folder() / "models" / "micro-whisper"
    if not folder.is_dir():
        pytest.skip("the test data hold no models/micro-whisper")
    return folder


@cache
def said(text: str, language: str) -> Int16Array:
    """A sentence with quiet around it, 16 kHz."""
    with LOCK:
        engine = library()
        raw = engine.synthesize(text, _VOICES[language], is_cancelled=lambda: False)
        rate_hz = engine.rate_hz
    pcm = resample(np.frombuffer(raw.pcm, np.int16), rate_hz, EAR_RATE_HZ)
    return np.pad(pcm, (round(QUIET_BEFORE * EAR_RATE_HZ), round(QUIET_AFTER * EAR_RATE_HZ)))
