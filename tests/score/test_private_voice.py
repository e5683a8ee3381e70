"""What the voice shows is computed apart from the scorecard and leaves in none of its exports."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest

from coach.events import Event, MicrophoneUsed, Record
from coach.language import language_for
from coach.score.composure_shown import CalmValue
from coach.score.private_voice import PrivateVoice, private_voice, voice_plan
from coach.score.report import render
from coach.score.scorecard import Scorecard
from coach.score.scorer import score
from coach.score.timeline import fold
from coach.score.voice import VoiceSpan
from tests.score.logs import log, posted, said, scenario

ZH = language_for("zh-CN")
DESK = MicrophoneUsed(device="desk", auto_gain_control=False)
CALM = VoiceSpan(pitch_st=90.0, loudness_db=-24.0, voiced_sec=6.0)


def rehearsal(microphone: MicrophoneUsed = DESK, events: int = 4) -> list[Record]:
    """Return minutes of talk with a pressure event in each, and calm between them."""
    said_so = "这件衬衫特别透气，夏天穿着凉快，面料是亚麻和棉，咱们接着看链接，库存也有，" * 2
    whole: list[tuple[float, Event]] = [(0.0, microphone)]
    for minute in range(events):
        at = 60.0 * minute + 25
        whole += [
            said(at - 24, at - 2, said_so),
            posted(at, "骗子", pressure=True),
            said(at + 2, at + 30, said_so),
        ]
    return log(*whole, end=60.0 * events)


def voice_of(
    records: Sequence[Record], *, pitch: Sequence[float] = (), loudness: Sequence[float] = ()
) -> tuple[Scorecard, PrivateVoice]:
    """Score, with these shifts in the answers."""
    card, timeline = score(scenario(), records), fold(records)
    plan = voice_plan(timeline, ZH, None)
    measured = dict.fromkeys(plan.spans(), CALM)
    for at, window in enumerate(plan.events):
        up, more = (pitch[at] if pitch else 0.0), (loudness[at] if loudness else 0.0)
        measured[window.span] = VoiceSpan(90.0 + up, -24.0 + more, 6.0)
    return card, private_voice(card, timeline, plan, measured)


def points(voice: PrivateVoice, at: int = 0) -> dict[str, tuple[float | None, float | None]]:
    return {row.id: (row.value, row.score) for row in voice.events[at].features}


@pytest.mark.parametrize(
    ("pitch", "loudness", "expected"),
    [
        (0.0, 0.0, {"pitch": (0.0, 100.0), "loudness": (0.0, 100.0)}),
        (1.5, 4.0, {"pitch": (1.5, 100.0), "loudness": (4.0, 100.0)}),
        (3.0, 8.0, {"pitch": (3.0, 60.0), "loudness": (8.0, 60.0)}),
        (
            -3.0,
            -8.0,
            {"pitch": (-3.0, 60.0), "loudness": (-8.0, 100.0)},
        ),  # softer is no fault, lower is as far as higher
        (6.0, 15.0, {"pitch": (6.0, 0.0), "loudness": (15.0, 0.0)}),
    ],
)
def test_shifts_against_the_matched_calm_window(pitch: float, loudness: float, expected: dict[str, Any]) -> None:
    _, voice = voice_of(rehearsal(), pitch=[pitch] * 4, loudness=[loudness] * 4)
    assert points(voice) == expected
    assert voice.calm == {
        "pitch": CalmValue(median=90.0, mad=0.0, n=4),
        "loudness": CalmValue(median=-24.0, mad=0, n=4),
    }


def test_its_weight_is_six_in_a_hundred() -> None:
    card, voice = voice_of(rehearsal(), pitch=[9.0] * 4, loudness=[20.0] * 4)
    plain, weight = card.pressure[0].score, sum(row.weight for row in card.pressure[0].features)
    assert plain is not None
    assert voice.events[0].score == pytest.approx(plain * weight / (weight + 0.06), abs=0.06)
    assert voice.score is not None


@pytest.mark.parametrize("gain", [True, None])
def test_automatic_gain_voids_loudness(gain: bool | None) -> None:
    _, voice = voice_of(rehearsal(MicrophoneUsed(device="desk", auto_gain_control=gain)), loudness=[20.0] * 4)
    assert points(voice) == {"pitch": (0.0, 100.0)}
    assert voice.loudness_not_measured is not None


def test_where_nothing_was_calm_earlier_rehearsals_on_the_same_microphone_stand_in() -> None:
    said_so = "这件衬衫特别透气，夏天穿着凉快，面料是亚麻和棉，咱们接着看链接"
    pressed: list[tuple[float, Event]] = [(0.0, DESK)]
    for at in (2.0, 32.0, 62.0, 92.0):
        pressed += [posted(at, "骗子", pressure=True), said(at + 1, at + 24, said_so)]
    records = log(*pressed, end=112)
    card, timeline = score(scenario(), records), fold(records)
    plan = voice_plan(timeline, ZH, None)
    assert plan.calm == []
    measured = {span: VoiceSpan(93.0, -20.0, 6.0) for span in plan.spans()}
    _, calm = voice_of(rehearsal())
    other = calm.model_copy(update={"device": "headset"})
    assert private_voice(card, timeline, plan, measured, [other]).events[0].features == []
    found = private_voice(card, timeline, plan, measured, [other, calm])
    assert points(found) == {"pitch": (3.0, 60.0), "loudness": (4.0, 100.0)}


def test_under_three_events_there_is_no_score() -> None:
    _, voice = voice_of(rehearsal(events=2))
    assert voice.score is None
    assert voice.not_measured is not None
    assert len(voice.events) == 2


def test_the_scorecard_is_the_same_whatever_the_voice_did() -> None:
    quiet, _ = voice_of(rehearsal())
    loud, _ = voice_of(rehearsal(), pitch=[9.0] * 4, loudness=[20.0] * 4)
    assert quiet.model_dump_json() == loud.model_dump_json()


def test_it_names_no_feeling() -> None:
    _, voice = voice_of(rehearsal(), pitch=[9.0] * 4)
    text = voice.model_dump_json()
    for word in ("紧张", "焦虑", "生气", "害怕", "nervous", "anxious", "angry", "afraid", "stress"):
        assert word not in text


def test_typed_rehearsals_and_transcripts_without_times_have_no_plan() -> None:
    from tests.score.logs import typed

    timeline = fold(log(posted(10, "骗子", pressure=True), typed(15, "这件很透气"), end=60))
    assert voice_plan(timeline, ZH, None).spans() == []


def names_in(schema: Any) -> set[str]:
    """Return every property name of a JSON Schema."""
    if isinstance(schema, dict):
        own = set(schema.get("properties", {})) if isinstance(schema.get("properties"), dict) else set()
        return own.union(*(names_in(value) for value in schema.values()))
    return set().union(*map(names_in, schema)) if isinstance(schema, list) else set()


def test_a_scorecard_has_no_place_for_the_voice() -> None:
    names = names_in(Scorecard.model_json_schema())
    assert "return_sec" in names
    assert not [name for name in names if any(word in name for word in ("pitch", "loud", "acoustic", "f0", "voice_"))]


@pytest.mark.parametrize("format", ["html", "md", "json"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_export_of_a_scorecard_holds_it(format: str, lang: str) -> None:
    card, voice = voice_of(rehearsal(), pitch=[7.3] * 4, loudness=[13.7] * 4)
    assert "7.3" in voice.model_dump_json()
    text = render(card, format, lang)
    for trace in ("13.7", "private_voice", '"pitch"', '"loudness"', "semitone", "半音"):
        assert trace not in text
    assert not any(row.id in ("pitch", "loudness") for event in card.pressure for row in event.features)


def test_what_is_kept_reads_back() -> None:
    _, voice = voice_of(rehearsal(), pitch=[2.0] * 4)
    assert PrivateVoice.model_validate(json.loads(voice.model_dump_json())) == voice
