"""The fourteen types' voices as they sound, measured: pitch, pace, colour and level."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Literal, get_args

import numpy as np
import pytest

from audio.pcm import resample
from audio.tts.espeak import EspeakSynthesizer, _gain, _synthesize
from audio.tts.espeak_voices import voice_setting
from audio.tts.level import TARGET_LUFS, amplified, loudness
from audio.tts.manner import MANNERS
from audio.tts.pitch import pitches
from audio.tts.stop import Stop
from coach.ports import MOUTH_RATE_HZ, VoiceSpec
from coach.scenario import model

Sex = Literal["female", "male"]
TEXT = {
    "en": "Can you do fifteen for this one, I would take two of them.",
    "zh": "这件衬衫能不能便宜一点，我一次买两件可以吗。",
}
HAN = 20
STEPS = (2 / 12, 0.10, 0.15)
"""What counts as one step of difference: 2 semitones (in octaves), 10 % of pace, 15 % of colour."""
SPREAD_STEP = 3.0
"""The same for liveliness, semitones."""


@dataclass(frozen=True)
class Sound:
    pitch_hz: float
    seconds: float
    centroid_hz: float
    spread: float
    """Semitones between the lowest and the highest tenth of the pitch."""
    lufs: float

    def steps_from(self, other: Sound) -> float:
        """How different two voices are, in steps."""
        ratios = (self.pitch_hz / other.pitch_hz, self.seconds / other.seconds, self.centroid_hz / other.centroid_hz)
        apart = (np.log2(ratios[0]) / STEPS[0], np.log(ratios[1]) / STEPS[1], np.log(ratios[2]) / STEPS[2])
        return float(np.linalg.norm((*apart, (self.spread - other.spread) / SPREAD_STEP)))


def measured(voice: VoiceSpec) -> Sound:
    text = TEXT[voice.language]
    setting = voice_setting(voice, text)
    raw, rate_hz = _synthesize(text, setting, Stop())
    pcm = np.frombuffer(raw.pcm, np.int16)
    power = np.abs(np.fft.rfft(pcm.astype(float))) ** 2
    hertz = np.fft.rfftfreq(len(pcm), 1 / rate_hz)
    audible = (hertz > 50) & (hertz < 8000)
    centroid = float(np.exp(np.average(np.log(hertz[audible]), weights=power[audible])))
    lufs = loudness(amplified(resample(pcm, rate_hz, MOUTH_RATE_HZ), _gain(setting)))
    tones = 12 * np.log2(pitches(pcm, rate_hz))
    low, middle, high = (float(value) for value in np.percentile(tones, (10, 50, 90)))
    return Sound(2 ** (middle / 12), len(pcm) / rate_hz, centroid, high - low, lufs)


def test_each_type_of_the_trade_has_a_manner() -> None:
    assert set(MANNERS) == set(get_args(model.ViewerType))


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("sex", ["female", "male"])
def test_types_are_told_apart_by_ear_and_equally_loud(language: str, sex: Sex) -> None:
    sounds = {name: measured(VoiceSpec(language, sex, viewer_type=name)) for name in MANNERS}
    assert all(abs(sound.lufs - TARGET_LUFS) < 2 for sound in sounds.values())
    low, high = (145, 300) if sex == "female" else (80, 175)
    assert all(low < sound.pitch_hz < high for sound in sounds.values())
    steps = {pair: sounds[pair[0]].steps_from(sounds[pair[1]]) for pair in combinations(MANNERS, 2)}
    assert min(steps.values()) > 1.2, min(steps.items(), key=lambda item: item[1])
    assert np.median(list(steps.values())) > 3


@pytest.mark.slow
def test_chinese_is_as_quick_as_people_chat() -> None:
    for sex in ("female", "male"):
        sound = measured(VoiceSpec("zh", sex, viewer_type="price_comparer"))
        assert 4.5 < HAN / sound.seconds < 6.5


def test_two_viewers_of_a_type_differ_in_pitch_and_a_type_without_sex_gets_either() -> None:
    settings = [voice_setting(VoiceSpec("en", "female", seed=seed, viewer_type="troll"), "so") for seed in (0, 2, 4)]
    assert len({setting.pitch for setting in settings}) == 3
    assert len({setting.name for setting in settings}) == 1
    either = {voice_setting(VoiceSpec("en", seed=seed, viewer_type="troll"), "so").name for seed in (0, 1)}
    assert len(either) == 2


async def test_an_unknown_type_speaks_plainly() -> None:
    plain = voice_setting(VoiceSpec("en", "male", seed=3), "so")
    assert voice_setting(VoiceSpec("en", "male", seed=3, viewer_type="ghost"), "so") == plain
    engine = EspeakSynthesizer()
    await engine.prepare("en")
    await engine.aclose()
