"""How long scoring takes: one log again and again, ten minutes with a recording, and many transcripts at once."""

from __future__ import annotations

import asyncio
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

import yaml

from coach.clock import Stopwatch
from coach.events import Event, LinePosted, Record, RehearsalEnded, RehearsalStarted, UtteranceHeard, ViewerJoined, Word
from coach.language import language_for
from coach.language.cut_zh import cut_words
from coach.scenario.load import load_scenario
from coach.scenario.model import Scenario
from coach.score.scorer import score
from evals.processes import family, memory_mb
from evals.product_sheets import scenario_of
from evals.results import percentiles

ROOT = Path(__file__).resolve().parent.parent
SCENARIO = ROOT / "scenarios" / "en-US" / "home" / "kettle.yaml"
MATERIAL = ROOT / "evals" / "cases" / "scoring"
STEP_SEC = 2.0
"""An utterance of 1.6 s every 2 s: a streamer who hardly stops."""
FIVE_MIN = 150
TEN_MIN = 300
TURNS = 25
CLAUSES = 3
_CODE = "en"
"""Language of the logs that are scored one by one."""
_OTHER_SEEDS = 100


def repeat_speed(runs: int) -> dict[str, Any]:
    """Return how long five minutes take, ms: the first log and later ones, each of other words."""
    scenario, milliseconds = _sold(_CODE), []
    for seed in range(runs + 1):
        records = made_log(FIVE_MIN, seed)
        watch = Stopwatch()
        score(scenario, records)
        milliseconds.append(watch.elapsed_sec() * 1000)
    return {
        "records": len(records),
        "utterances": FIVE_MIN,
        "first_ms": round(milliseconds[0], 1),
        "later_ms": percentiles(milliseconds[1:]),
    }


def recorded_speed(runs: int = 3) -> dict[str, Any]:
    """Return how long a ten-minute log with its recording takes, s: from the files to the scorecard, the middle one.

    The recording is speech of eSpeak, or None where it or PyAV is missing.
    """
    try:
        from audio.recorder import OggRecorder
        from evals.made_speech import ten_minutes
    except ImportError:
        return {"seconds": None}
    from commands.scoring import finish

    loaded, seconds = replace(load_scenario(SCENARIO), scenario=_sold(_CODE)), []
    with tempfile.TemporaryDirectory() as folder:
        recorder = OggRecorder(Path(folder))
        pcm = ten_minutes()
        recorder.streamer(pcm, 0.0)
        asyncio.run(recorder.aclose())
        for seed in range(runs):
            records = made_log(TEN_MIN, _OTHER_SEEDS + seed)
            watch = Stopwatch()
            finish(loaded, records, Path(folder))
            seconds.append(watch.elapsed_sec())
    return {"records": len(records), "seconds": round(median(seconds), 2)}


def made_log(utterances: int, seed: int) -> list[Record]:
    """Return a log: clauses put together anew of what people said, with word times, and a viewer's jab every 30 s.

    Nearly every utterance is new (see `make_transcripts`): what the scorer remembers of logs before helps little.
    """
    scenario, dice = _sold(_CODE), random.Random(seed)
    spoken, _ = _material(_product(_CODE).stem, _CODE)
    words = [_words(clause, _CODE) for clause in spoken]
    timed: list[tuple[float, Event]] = [(0.0, _started(scenario.id))]
    for viewer in scenario.viewers:
        joined = ViewerJoined(viewer_id=viewer.id, name=viewer.name, viewer_type=viewer.type, channel=viewer.channel)
        timed.append((0.0, joined))
    somebody = scenario.viewers[0].id
    for number in range(utterances):
        at = number * STEP_SEC
        timed.append((at + 1.9, _utterance(number, at, _clause(words, _CODE, dice))))
        if number % 15 == 5:
            line = LinePosted(line_id=f"l{number}", viewer_id=somebody, text="boring", intent="heckle", pressure=True)
            timed.append((at + 1.95, line))
    timed.append((utterances * STEP_SEC, RehearsalEnded(reason="time")))
    return [Record(seq=seq, at=at, event=event) for seq, (at, event) in enumerate(timed)]


def _sold(code: str) -> Scenario:
    """Return a scenario that sells the product of `_material`."""
    return scenario_of(_product(code))


def _product(code: str) -> Path:
    return sorted((MATERIAL / "products").glob(f"{code}-*.json"))[0]


def _started(scenario_id: str) -> RehearsalStarted:
    return RehearsalStarted(
        rehearsal_id="bench",
        scenario_id=scenario_id,
        scenario_version=1,
        scenario_hash="",
        locale="en-US",
        difficulty=2,
        seed=1,
        input="voice",
        started_at="2026-11-22T00:00:00+00:00",
    )


def _utterance(number: int, at: float, text: str) -> UtteranceHeard:
    tokens = text.split()
    each = 1.6 / len(tokens)
    words = tuple(
        Word(text=token, start=at + index * each, end=at + (index + 1) * each) for index, token in enumerate(tokens)
    )
    return UtteranceHeard(utterance_id=f"u{number}", text=text, start=at, end=at + 1.6, words=words, voiced_sec=1.5)


# --- many transcripts ------------------------------------------------------------------------------------------


def throughput(counts: Sequence[int], workers: int) -> dict[str, Any]:
    """Return seconds, rate and memory of `score` for each number of transcripts, half Chinese, half English.

    Every transcript is new, and so is nearly every clause (see `make_transcripts`): what the scorer remembers of other
    transcripts helps no more than it does with people's. For the first number the same is measured with clauses that
    come again and again, to tell what remembering can be worth.

    Returns:
        For each number seconds, transcripts a second, and by language seconds and `mb`, the most that the command and
        its processes held together, sampled four times a second; `time_ratio` and `memory_ratio` of the last number to
        the first, the latter of the language with the larger one.
    """
    found: dict[str, Any] = {"workers": workers, "turns": TURNS}
    for count in counts:
        found[str(count)] = _one_throughput(count, workers, new_clauses=True)
    first, last = found[str(counts[0])], found[str(counts[-1])]
    if len(counts) > 1:
        found["time_ratio"] = round(last["seconds"] / first["seconds"], 2)
        pairs = [(last["by_language"][code]["mb"], first["by_language"][code]["mb"]) for code in _CODES]
        found["memory_ratio"] = round(max(most / least for most, least in pairs), 3) if min(pairs)[1] else None
    again = _one_throughput(counts[0], workers, new_clauses=False)
    found["clauses_come_again"] = {"transcripts": counts[0], **again}
    return found


_CODES = ("zh", "en")
_SAMPLE_SEC = 0.25


def _one_throughput(count: int, workers: int, *, new_clauses: bool) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for code in _CODES:
        with tempfile.TemporaryDirectory() as folder:
            scenario = make_transcripts(Path(folder), code, count // 2, new_clauses=new_clauses)
            watch = Stopwatch()
            mb = _scored(Path(folder) / "in", scenario, Path(folder) / "out", workers)
            found[code] = {"seconds": round(watch.elapsed_sec(), 1), "mb": mb}
    seconds = sum(one["seconds"] for one in found.values())
    return {"seconds": round(seconds, 1), "per_second": round(count / seconds, 1), "by_language": found}


def _scored(source: Path, scenario: Path, out: Path, workers: int) -> float:
    """Run the command; return the most memory that it and its processes held together, MB; 0 off Linux."""
    command = [sys.executable, str(ROOT / "run_coach.py"), "score", str(source), "--scenario", str(scenario)]
    command += ["--out", str(out), "--format", "csv,jsonl", "--workers", str(workers)]
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=told, cwd=ROOT)
        most = 0.0
        while process.poll() is None:
            most = max(most, memory_mb(family(process.pid)))
            with suppress(subprocess.TimeoutExpired):
                process.wait(_SAMPLE_SEC)
        if process.returncode:
            told.seek(0)
            raise RuntimeError(f"score ended with {process.returncode}: {told.read().decode(errors='replace')[-500:]}")
    return round(most, 1)


def make_transcripts(folder: Path, code: str, count: int, *, new_clauses: bool = True) -> Path:
    """Write `count` transcripts of one product into `folder/in`; return its scenario's path.

    Turns are as long as people's (about 32 characters in Chinese, 90 letters in English), put together from what people
    said of the product in the project's own labelled set.

    Args:
        folder: Where they go.
        code: `zh` or `en`.
        count: How many.
        new_clauses: Whether each clause is made of the beginning of one and the end of another, so that few come twice;
            otherwise the turns are new and their clauses are people's own, a few dozen that come again and again.
    """
    product = _product(code)
    scenario = folder / "scenario.yaml"
    value = _sold(code).model_dump(mode="json", by_alias=True, exclude_defaults=True)
    scenario.write_text(yaml.safe_dump(value, allow_unicode=True), encoding="utf-8")
    spoken, asked = _material(product.stem, code)
    dice = random.Random(7)
    words = [_words(clause, code) for clause in spoken] if new_clauses else []
    (folder / "in").mkdir()
    for number in range(count):
        lines = _made_lines(lambda: _clause(words, code, dice) if words else dice.choice(spoken), asked, code, dice)
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        (folder / "in" / f"{number:06d}.jsonl").write_text(text, encoding="utf-8")
    return scenario


def _words(clause: str, code: str) -> list[str]:
    return [word.text for word in cut_words(clause)] if code == "zh" else clause.split()


def _clause(words: Sequence[Sequence[str]], code: str, dice: random.Random) -> str:
    """Return the first half of one clause and the second half of another."""
    head, tail = dice.choice(words), dice.choice(words)
    return ("" if code == "zh" else " ").join([*head[: (len(head) + 1) // 2], *tail[len(tail) // 2 :]])


def _material(product: str, code: str) -> tuple[list[str], list[dict[str, Any]]]:
    """Return the clauses that streamers of a product said, and the viewers' lines."""
    language, spoken, asked = language_for(code), list[str](), list[dict[str, Any]]()
    for path in sorted((MATERIAL / "transcripts").glob(f"{product}__*.jsonl")):
        for text in path.read_text(encoding="utf-8").splitlines():
            line = json.loads(text)
            if line["role"] == "viewer":
                asked.append(line)
            else:
                spoken += [clause.text for clause in language.clauses(line["text"])]
    return spoken, asked


def _made_lines(
    clause: Callable[[], str], asked: Sequence[dict[str, Any]], code: str, dice: random.Random
) -> list[Any]:
    lines, at, joint = list[Any](), 0.0, "，" if code == "zh" else ", "
    for number in range(TURNS):
        if number % 4 == 3:
            lines.append({**dice.choice(asked), "t0": round(at, 2), "t1": round(at, 2)})
            continue
        text = joint.join(clause() for _ in range(CLAUSES))
        length = 0.22 * len(text) if code == "zh" else 0.07 * len(text)
        lines.append({"t0": round(at, 2), "t1": round(at + length, 2), "role": "streamer", "text": text})
        at += length + 1.0
    return lines
