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

_OF_TYPE = {
    "haggler": ("f3", "Alex"),
    "price_comparer": ("f4", "m3"),
    "product_skeptic": ("aunty", "m7"),
    "trust_skeptic": ("f5", "m4"),
    "contrarian": ("steph", "Lee"),
    "troll": ("shelby", "john"),
    "spammer": ("f1", "m1"),
    "derailer": ("belinda", "Reed"),
    "angry_returner": ("linda", "pablo"),
    "impatient": ("Annie", "miguel"),
    "bait": ("f2", "adam"),
    "low_room": ("grandma", "m8"),
    "friendly": ("Andrea", "Michael"),
    "special_care": ("Alicia", "grandpa"),
}
"""Variant of a woman and of a man by viewer type."""


def voice_setting(voice: VoiceSpec, text: str) -> VoiceSetting:
    """Map a viewer's voice to one of eSpeak NG.

    An English voice meeting Chinese characters reads them with the Chinese one, which speaks both; the English one
    would say "Chinese letter" for each.

    Raises:
        EngineError: If the language is neither `zh` nor `en`.
    """
    if voice.language not in BASE:
        raise EngineError("espeak", f"expected language 'zh' or 'en', got {voice.language!r}.")
    language = "zh" if has_han(text) else voice.language
    variants = _variants(voice)
    manner = manner_of(voice.viewer_type)
    octaves = math.log2(min(4.0, max(0.25, voice.pitch))) + manner.semitones / 12
    shift = _SHIFTS[voice.seed // len(variants) % len(_SHIFTS)]
    return VoiceSetting(
        f"{BASE[language]}+{variants[voice.seed % len(variants)]}",
        _clamped(_WORDS_PER_MIN[language] * voice.rate * manner.rate, *_RATE_RANGE),
        _clamped(50 + _PITCH_STEPS_PER_OCTAVE * octaves + shift, 0, 99),
        manner.liveliness,
    )


def _variants(voice: VoiceSpec) -> tuple[str, ...]:
    """Return what the seed chooses from; a type has one variant a sex, so that it is known again."""
    pair = _OF_TYPE.get(voice.viewer_type)
    if pair is None:
        return _VARIANTS[voice.gender]
    return pair if voice.gender == "neutral" else (pair[voice.gender == "male"],)


def _clamped(value: float, low: int, high: int) -> int:
    return round(min(high, max(low, value)))
