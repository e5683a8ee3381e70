"""Speech recognition: errors, stability of partial words, delay of the final words, and cost, engines side by side.

    uv run run_coach.py bench asr [--engines moonshine,faster-whisper@FOLDER] [--audio DIR] [--shapes tiny,base]

An engine is a name, or `faster-whisper@FOLDER` and `openai@URL` for those that need to be told where. `--shapes` times
Whisper models of true shape with random weights, made on the spot; no accuracy is claimed of them. `--known` tells the
engines the recordings' own sentences, as a scenario tells them what its streamer will say. Errors are words in
English (`wer`), characters in Chinese (`cer`); numbers are read out and marks left out before they are counted.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from audio.asr.moonshine import MoonshineRecognizer
from audio.asr.openai_transcription import OpenAITranscriptionRecognizer
from audio.asr.pocketsphinx import PocketsphinxRecognizer
from audio.asr.whisper import WhisperRecognizer
from audio.asr.whisper_files import check_folder
from coach.errors import InputError
from coach.language import language_for
from coach.live.hints import hints_for
from coach.ports import EAR_RATE_HZ, RecognitionHints, Recognizer
from coach.scenario.load import load_scenario
from coach.settings import Settings, load_settings
from evals import whisper_speed
from evals.asr_run import Heard, Ran, run
from evals.asr_score import errors, surviving, total
from evals.bounds import folder, number, whole
from evals.own_recognizers import whisper_folder
from evals.random_whisper import SHAPES, write_model
from evals.recordings import VARIABLE, Recording, default_folder, recordings
from evals.results import RESULTS, Result, percentiles, rate

ENGINES = ("moonshine", "pocketsphinx", "faster-whisper[@FOLDER]", "openai@URL")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    options = _parser().parse_args(arguments)
    engines = _names(options.engines)
    shapes = _names(options.shapes)
    unknown = [name for name in shapes if name not in SHAPES]
    if unknown:
        raise InputError(f"Unknown shape {unknown[0]!r}. Choose from: {', '.join(SHAPES)}.")
    summary: dict[str, Any] = {}
    raw: dict[str, Any] = {}
    if engines:
        summary, raw = asyncio.run(_engines(engines, options))
    if shapes:
        summary["random_weights"] = time_shapes(shapes, threads=options.threads)
    result = Result(
        "asr_known" if options.known else "asr",
        summary,
        raw,
        {"recognizer": ", ".join([*map(label, engines), *(f"random weights of {shape}" for shape in shapes)])},
        _command(engines, options),
        _plots(raw),
    )
    path = result.write(options.out)
    print(json.dumps(summary, indent=2, ensure_ascii=False))
    print(path)
    return 0


def _command(engines: Sequence[str], options: argparse.Namespace) -> str:
    """Return what was asked for, without the folders of this machine."""
    told = {name: getattr(options, name) for name in ("language", "limit", "longest", "speed", "shapes")}
    changed = [f"--{name} {value}" for name, value in told.items() if value != _parser().get_default(name)]
    known = ["--known"] if options.known else []
    return " ".join([f"bench asr --engines {','.join(map(label, engines))}", *known, *changed])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench asr", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--engines", default="moonshine,pocketsphinx", help="names, comma between them; '' for none")
    parser.add_argument("--audio", type=Path, default=default_folder(), help="folder of recordings with their words")
    parser.add_argument("--language", choices=("zh", "en", "noise"), default=None, help="only these recordings")
    parser.add_argument("--limit", type=whole(1), default=None, help="at most this many recordings a language")
    parser.add_argument(
        "--longest",
        type=number(includes_least=False),
        default=20.0,
        help="longest recording, s; utterances end far earlier",
    )
    parser.add_argument(
        "--speed",
        type=number(includes_least=False),
        default=1.0,
        help="times real time; delays mean something at 1 only",
    )
    parser.add_argument("--scenario", type=Path, default=None, help="whose words the engines are told to expect")
    parser.add_argument("--known", action="store_true", help="tell the engines the recordings' own sentences")
    parser.add_argument("--shapes", default="", help=f"Whisper shapes to time: {', '.join(SHAPES)}")
    parser.add_argument("--threads", type=whole(1), default=1, help="processor threads of Whisper")
    parser.add_argument("--out", type=folder, default=RESULTS)
    return parser


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


async def _engines(names: Sequence[str], options: argparse.Namespace) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return summary and raw figures by engine."""
    if options.audio is None:
        raise InputError(f"No recordings: name their folder with --audio, or the folder above it with {VARIABLE}.")
    found = [one for one in recordings(options.audio) if options.language in (None, one.language)]
    chosen = select([one for one in found if len(one.read()) <= options.longest * EAR_RATE_HZ], options.limit)
    if not chosen:
        raise InputError(f"No recording in {options.audio} has words beside it, is noise, and is short enough.")
    hints = _known(chosen) if options.known else _hints(options.scenario)
    summary: dict[str, Any] = {}
    raw: dict[str, Any] = {}
    for name in names:
        recognizer = build(name, load_settings(), options.threads)
        try:
            ran = await run(recognizer, chosen, hints, speed=options.speed, told=_tell(label(name)))
        finally:
            await recognizer.aclose()
        summary[label(name)] = summary_of(ran)
        raw[label(name)] = {"unknown": ran.unknown, "recordings": [asdict(heard) for heard in ran.heard]}
    return summary, raw


def _tell(name: str) -> Callable[[Heard], None]:
    def tell(heard: Heard) -> None:
        print(f"{name}  {heard.name}  {heard.final_delay_ms:.0f} ms  {heard.error or heard.final}", file=sys.stderr)

    return tell


def select(found: Sequence[Recording], limit: int | None) -> list[Recording]:
    """Return recordings that can be judged: with words, or of noise; evenly spaced ones where there are too many."""
    chosen: list[Recording] = []
    for kind in ("en", "zh", "noise"):
        usable = [one for one in found if one.language == kind and (one.transcript.strip() or kind == "noise")]
        chosen += usable if limit is None or len(usable) <= limit else _spaced(usable, limit)
    return chosen


def _spaced(items: Sequence[Recording], count: int) -> list[Recording]:
    return [items[at * len(items) // count] for at in range(count)]


def label(name: str) -> str:
    """Return what an engine is called in the results: of a path the last part, as the rest tells of one machine."""
    engine, _, place = name.partition("@")
    return f"{engine}@{place.rstrip('/').rsplit('/', 1)[-1]}" if place and engine != "openai" else engine


def build(name: str, settings: Settings, threads: int) -> Recognizer:
    """Return the recogniser for a name; `faster-whisper@FOLDER` names its model, `openai@URL` its server.

    Without a folder Whisper is the model that hears Chinese here.

    Raises:
        InputError: If the name is unknown, or lacks its place.
        EngineError: If a model's folder holds none.
    """
    engine, _, place = name.partition("@")
    match engine:
        case "moonshine":
            return MoonshineRecognizer()
        case "pocketsphinx":
            return PocketsphinxRecognizer()
        case "faster-whisper":
            folder = Path(place) if place else settings.engines.whisper_model or whisper_folder(settings)
            if folder is None:
                raise InputError("Which model? Say faster-whisper@FOLDER, or run: run_coach.py models pull")
            check_folder(folder)
            return WhisperRecognizer(folder, device=settings.engines.whisper_device, threads=threads)
        case "openai":
            server = settings.transcription
            address = place or server.base_url
            if not address:
                raise InputError("Which server? Say openai@URL or set COACH_TRANSCRIPTION__BASE_URL.")
            return OpenAITranscriptionRecognizer(
                address,
                server.model,
                server.api_key.get_secret_value(),
                timeout_sec=server.timeout_sec,
                partial_sec=server.partial_sec,
            )
    raise InputError(f"Unknown recogniser {name!r}. Choose from: {', '.join(ENGINES)}.")


def _hints(scenario: Path | None) -> Callable[[str], RecognitionHints]:
    if scenario is None:
        return RecognitionHints
    loaded = load_scenario(scenario).scenario
    told = hints_for(loaded, language_for(loaded.locale))
    return lambda language: told if language == told.language else RecognitionHints(language)


def _known(chosen: Sequence[Recording]) -> Callable[[str], RecognitionHints]:
    """Return hints that hold every sentence of a language's recordings."""
    said = {code: tuple(one.transcript.strip() for one in chosen if one.language == code) for code in ("en", "zh")}
    return lambda language: RecognitionHints(language, said[language])


def summary_of(ran: Ran) -> dict[str, Any]:
    """Return an engine's figures: by language, and over noise."""
    found: dict[str, Any] = {}
    for kind, measure in (("en", "wer"), ("zh", "cer")):
        heard = [one for one in ran.heard if one.kind == kind]
        if heard:
            found[kind] = _of_language(heard, kind, measure)
    noise = [one for one in ran.heard if one.kind == "noise"]
    if noise:
        found["noise"] = {
            "recordings": len(noise),
            "with_words_rate": rate(sum(bool(n.final) for n in noise), len(noise)),
        }
    found["cpu_core_share"] = round(ran.cpu_sec / ran.played_sec, 3) if ran.played_sec else None
    found["errors"] = sum(bool(one.error) for one in ran.heard)
    return found


def _of_language(heard: Sequence[Heard], language: str, measure: str) -> dict[str, Any]:
    wrong = total(errors(one.transcript, one.final, language) for one in heard)
    stable = [surviving([text for _, text in one.partials], one.final, language) for one in heard]
    answered = [one for one in heard if not one.error]
    seconds = sum(one.duration_sec for one in answered)
    return {
        "recordings": len(heard),
        "units": wrong.units,
        measure: wrong.rate,
        "substitutions": wrong.substitutions,
        "insertions": wrong.insertions,
        "deletions": wrong.deletions,
        "empty": sum(not one.final for one in heard),
        "partial_stability": rate(sum(kept for kept, _ in stable), sum(shown for _, shown in stable)),
        "partials_per_sec": round(sum(len(one.partials) for one in answered) / seconds, 2) if seconds else None,
        "first_partial_ms": percentiles([1000 * one.partials[0][0] for one in heard if one.partials]),
        "final_delay_ms": percentiles([one.final_delay_ms for one in answered]),
        "real_time_factor": round(sum(one.whole_ms for one in answered) / 1000 / seconds, 3) if seconds else None,
    }


def time_shapes(shapes: Sequence[str], *, threads: int) -> dict[str, Any]:
    """Make each shape with random weights in a folder that goes away, and time it."""
    found: dict[str, Any] = {}
    for shape in shapes:
        with tempfile.TemporaryDirectory() as folder:
            found[shape] = whisper_speed.measure(write_model(shape, Path(folder)), device="cpu", threads=threads)
    return found


def _plots(raw: Mapping[str, Any]) -> dict[str, dict[str, list[float]]]:
    delays = {
        name: [one["final_delay_ms"] for one in figures["recordings"] if one["kind"] != "noise" and not one["error"]]
        for name, figures in raw.items()
    }
    return {"final words after the last sample, ms": delays} if delays else {}


if __name__ == "__main__":
    sys.exit(main())
