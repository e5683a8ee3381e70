"""Which voice of eSpeak NG each viewer gets: fourteen types, two sexes, two languages, told apart by ear. Pure."""

from __future__ import annotations

import math

from audio.tts.espeak_library import VoiceSetting
from audio.tts.manner import manner_of
from audio.tts.wording import has_han
from coach.errors import EngineError
from coach.ports import VoiceSpec

BASE = {"zh": "cmn", "en": "en-us"}
"""Voice of a language; variants are added with `+`."""
_WORDS_PER_MIN = {"zh": 240, "en": 175}
"""eSpeak NG's own 175 gives 3.7 Chinese characters a second, slower than people talk (5.2 syllables a second,
Pellegrino et al. 2011); 240 gives about 5.4. In English 175 is an unhurried talker's pace."""
_RATE_RANGE = (80, 450)
_PITCH_STEPS_PER_OCTAVE = 70
"""Measured: 60 to 78 of its pitch steps double the median pitch."""
_SHIFTS = (0, 8, -8)
"""Pitch steps between viewers who share a variant: about a semitone and a half."""

# Variants that give speech of one sex at a usable level in both languages: median pitch above 150 or below 120 Hz,
# no clipping (measured over all variants of eSpeak NG 1.52 on one sentence a language).
_FEMALE = ("f2", "Annie", "f3", "linda", "f4", "belinda", "aunty", "steph")
_MALE = ("m3", "Alex", "m7", "Lee", "m1", "Reed", "m4", "marcelo")
_NEUTRAL = tuple(variant for pair in zip(_FEMALE, _MALE, strict=True) for variant in pair)
_VARIANTS = {"female": _FEMALE, "male": _MALE, "neutral": _NEUTRAL}

_WOMAN_HZ, _MAN_HZ = 200.0, 115.0
"""Median speaking pitch that manners are counted from: the middle of women's 165 to 255 and of men's 85 to 155 Hz
(Baken & Orlikoff 2000), a little under it, since eSpeak NG's high voices sound thin."""

# Each type has a variant a sex, with the median pitch that variant has by itself (mean of both languages, Hz), so that
# manners move from one common middle. Which type got which was found by search over 14 women's and 18 men's variants
# (novelty, whispering, clipping and creaking ones left out): it makes the two most alike of a sex differ as much as
# possible in pitch (in steps of 2 semitones), pace (10 %), colour (spectral centroid, 15 %) and liveliness
# (3 semitones) taken together. On one sentence the closest two are 1.4 steps apart, half of all pairs over 3.5.
_OF_TYPE: dict[str, tuple[tuple[str, int], tuple[str, int]]] = {
    "haggler": (("steph", 176), ("pablo", 101)),
    "price_comparer": (("f1", 164), ("m6", 92)),
    "product_skeptic": (("linda", 217), ("john", 93)),
    "trust_skeptic": (("Andrea", 230), ("adam", 92)),
    "contrarian": (("f3", 187), ("m7", 94)),
    "troll": (("aunty", 179), ("max", 92)),
    "spammer": (("belinda", 217), ("m4", 83)),
    "derailer": (("f2", 176), ("Lee", 90)),
    "angry_returner": (("grandma", 174), ("m5", 93)),
    "impatient": (("Alicia", 230), ("michel", 95)),
    "bait": (("shelby", 151), ("edward", 92)),
    "low_room": (("f4", 165), ("m1", 85)),
    "friendly": (("Annie", 203), ("Reed", 103)),
    "special_care": (("f5", 190), ("Alex", 101)),
}
"""By viewer type: a woman's and a man's."""


_PACES = {"Andrea": 0.84, "Alicia": 1.12}
"""What brings variants with a pace of their own to that of the others: measured length of a sentence against theirs."""


def voice_setting(voice: VoiceSpec, text: str) -> VoiceSetting:
    """Map a viewer's voice to one of eSpeak NG.

    An English voice meeting Chinese characters reads them with the Chinese one, which speaks both; the English one
    would say "Chinese letter" for each.

    Raises:
        EngineError: If the language is neither `zh` nor `en`.
    """
    if voice.language not in BASE:
        raise EngineError("espeak", "expected language 'zh' or 'en', got {language!r}.", language=voice.language)
    language = "zh" if has_han(text) else voice.language
    variant, octaves, steps = _variant(voice)
    manner = manner_of(voice.viewer_type)
    octaves += math.log2(min(4.0, max(0.25, voice.pitch))) + manner.semitones / 12
    return VoiceSetting(
        f"{BASE[language]}+{variant}",
        _clamped(_WORDS_PER_MIN[language] * _PACES.get(variant, 1.0) * voice.rate * manner.rate, *_RATE_RANGE),
        _clamped(50 + _PITCH_STEPS_PER_OCTAVE * octaves + steps, 0, 99),
        manner.liveliness,
    )


def _variant(voice: VoiceSpec) -> tuple[str, float, int]:
    """Return a variant, how many octaves it lies under the middle of its sex, and the viewer's own pitch steps.

    A type has one variant a sex, so that it is known again; two viewers of a type differ in pitch.
    """
    pair = _OF_TYPE.get(voice.viewer_type)
    if pair is None:
        variants = _VARIANTS[voice.gender]
        return variants[voice.seed % len(variants)], 0.0, _SHIFTS[voice.seed // len(variants) % len(_SHIFTS)]
    is_man = voice.gender == "male" or (voice.gender == "neutral" and voice.seed % 2 == 1)
    name, own_hz = pair[is_man]
    middle_hz = _MAN_HZ if is_man else _WOMAN_HZ
    return name, math.log2(middle_hz / own_hz), _SHIFTS[voice.seed // 2 % len(_SHIFTS)]


def _clamped(value: float, low: int, high: int) -> int:
    return round(min(high, max(low, value)))
