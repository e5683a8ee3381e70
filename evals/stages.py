"""Where the time of one answer went: the server's own events, set against the clock of the peer that listened.

    stages_of(records, line_id, zero=peer.zero, said_last=said.last, heard=first)

The parts add up to voice to voice. Event times are rehearsal seconds; `zero` is the peer's time of second 0.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from evals.results import percentiles

STAGES = {
    "voice_end_ms": "from the last voiced sample to what the server takes for the end of the voice; negative: earlier",
    "endpoint_ms": "silence until the utterance counts as over",
    "listen_ms": "microphone packets under way and the detectors' work",
    "recognize_ms": "final words",
    "floor_ms": "the floor",
    "write_ms": "first clause of the line",
    "synthesize_ms": "its first sound",
    "playout_ms": "the next frame of the viewers' track",
    "transport_ms": "Opus, packet, far side's buffer, first loud block",
}
"""Name and meaning, in order."""
_TIMED = ("endpoint_ms", "recognize_ms", "floor_ms", "write_ms", "synthesize_ms", "playout_ms")


def stages_of(
    records: Sequence[Mapping[str, Any]], line_id: str, *, zero: float, said_last: float, heard: float
) -> dict[str, float] | None:
    """Return ms by stage of the answer `line_id`; None if the server did not time it as one.

    Args:
        records: The rehearsal's log as it came over the data channel.
        line_id: The line that was heard.
        zero: Peer's time of rehearsal second 0.
        said_last: Peer's time of the last voiced sample sent.
        heard: Peer's time of the first loud block received.
    """
    timed = _event(records, "turn_timed", line_id=line_id, kind="answer")
    voicing = _event(records, "line_voicing", line_id=line_id)
    if timed is None or voicing is None:
        return None
    parts = {name: float(timed[name] or 0.0) for name in _TIMED}
    total = float(timed["total_ms"])
    ended = zero + voicing["start"] - total / 1000
    found = {
        **parts,
        "voice_end_ms": (ended - said_last) * 1000,
        "listen_ms": total - sum(parts.values()),
        "transport_ms": (heard - zero - voicing["start"]) * 1000,
    }
    return {name: round(found[name], 1) for name in STAGES}


def is_whole(answer: Mapping[str, Any]) -> bool:
    """Return whether the server timed this answer as one, so that it has stages."""
    return all(name in answer for name in STAGES)


def summary_of(answers: Iterable[Mapping[str, float]]) -> dict[str, Any]:
    """Return mean, p50 and p95 of each stage; the means add up to the mean of the whole."""
    kept = list(answers)
    return {name: _spread([one[name] for one in kept]) for name in STAGES} if kept else {}


def answers(records: Sequence[Mapping[str, Any]], line: Mapping[str, Any], since: float) -> bool:
    """Return whether a spoken line answers something that was said after `since`, rehearsal seconds."""
    heard = _event(records, "utterance_heard", utterance_id=str(line.get("reply_to")))
    return heard is not None and heard["end"] > since


def why_missed(records: Sequence[Mapping[str, Any]], since: float) -> str:
    """Say how far a turn got that nobody answered.

    Args:
        records: The rehearsal's log as it came over the data channel.
        since: When the streamer began, rehearsal seconds.
    """
    events = [record["event"] for record in records if record["at"] >= since]
    kinds = {event["type"] for event in events}
    if "utterance_heard" not in kinds:
        paused = "and paused, " if "speech_paused" in kinds else ""
        return f"speech heard, {paused}but no words" if "speech_started" in kinds else "no speech heard"
    if "engine_failed" in kinds:
        errors = [str(event["error"]) for event in events if event["type"] == "engine_failed"]
        return f"an engine failed: {errors[0]}"
    return "a line began but was not heard" if "line_voicing" in kinds else "words heard, but no line began"


def _spread(values: Sequence[float]) -> dict[str, float | int | None]:
    found = percentiles(values)
    return {"mean": round(statistics.fmean(values), 1), "p50": found["p50"], "p95": found["p95"]}


def _event(records: Sequence[Mapping[str, Any]], type_: str, **fields: str) -> Mapping[str, Any] | None:
    for record in reversed(records):
        event: Mapping[str, Any] = record["event"]
        if event["type"] == type_ and all(event[name] == value for name, value in fields.items()):
            return event
    return None
