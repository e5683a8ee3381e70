"""What each constant of the echo canceller's evidence does, on material that is all generated.

    python -m evals.echo_constants [--cases 144] [--seed 1] [--try echo_path._ENOUGH_DB=12,16,20] [--try ...]

Each case is heard once by the guard, the product's voice detector and the barge-in rule; a viewer is not turned down
meanwhile, which is harder than life. Counted are the cases in which the viewer would fall silent with nobody speaking
(nothing beside the echo, or a noise that does not silence it without echo), and how long after the streamer's first
sound it does. Every `--try` is one run for each value, all else as it is.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType

import numpy as np

from audio.echo import EchoGuard
from audio.pcm import resample
from audio.vad.cascade import CascadeVad
from coach.errors import InputError
from coach.live.barge import Alarms, Barge, BargeIn
from coach.live.tuning import BargeTimes
from coach.ports import EAR_FRAME, EAR_RATE_HZ, FRAME_SEC, MOUTH_FRAME, MOUTH_RATE_HZ, EarFrame
from evals.echo_material import Made, made, without_echo

_SILENCED = (Barge.HOLD, Barge.STOP)
_SLOW_MS = 300.0


@dataclass(frozen=True, slots=True)
class Counted:
    """One case's outcome."""

    silenced: bool
    """Whether the viewer fell silent before anybody spoke."""
    stop_ms: float | None
    """From the streamer's first sound until it did; None where it did not."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="evals.echo_constants", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--cases", type=int, default=144)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--try", action="append", default=[], dest="tries", metavar="MODULE.NAME=VALUE,...")
    options = parser.parse_args(arguments)
    try:
        tries = [_constant(text) for text in options.tries]
    except InputError as error:
        parser.error(str(error))
    cases = made(options.cases, options.seed)
    plain = [_run(without_echo(case), EchoGuard(client_cancels=True, processing=None)) for case in cases]
    _tell("as it is", cases, plain)
    for module, name, values in tries:
        before = getattr(module, name)
        for value in values:
            setattr(module, name, type(before)(value))
            _tell(f"{name} = {value:g}", cases, plain)
        setattr(module, name, before)
    return 0


def _constant(text: str) -> tuple[ModuleType, str, list[float]]:
    path, _, values = text.partition("=")
    name, _, constant = path.partition(".")
    try:
        module = import_module(f"audio.{name}")
        getattr(module, constant)
        return module, constant, [float(value) for value in values.split(",")]
    except (ModuleNotFoundError, AttributeError, ValueError) as error:
        raise InputError(f"Expected e.g. echo_path._ENOUGH_DB=12,16,20, got {text!r}: {error}.") from error


def _tell(what: str, cases: Sequence[Made], plain: Sequence[Counted]) -> None:
    counted = [_run(case, EchoGuard(processing=None)) for case in cases]
    pairs = list(zip(cases, counted, plain, strict=True))
    alone = sum(found.silenced for case, found, _ in pairs if case.kind != "noise")
    noise = sum(found.silenced and not bare.silenced for case, found, bare in pairs if case.kind == "noise")
    stops = [found.stop_ms for case, found, _ in pairs if case.kind == "barge_in"]
    told = sorted(stop for stop in stops if stop is not None)
    slow = sum(stop is None or stop > _SLOW_MS for stop in stops)
    print(
        f"{what:24} silenced by echo {alone}, by echo under noise {noise} of {len(cases)};"
        f" silent after p50 {_share(told, 0.5):.0f}, p95 {_share(told, 0.95):.0f} ms, {slow} of {len(stops)} slow",
        flush=True,
    )


def _share(values: Sequence[float], share: float) -> float:
    return float(np.quantile(values, share)) if values else float("nan")


def _run(case: Made, guard: EchoGuard) -> Counted:
    """Play one case frame by frame."""
    silenced = list(_silences(case, guard))
    begun = np.inf if case.onset_sec is None else case.onset_sec
    after = [at for at in silenced if at >= begun]
    return Counted(any(at < begun for at in silenced), round((after[0] - begun) * 1000, 1) if after else None)


def _silences(case: Made, guard: EchoGuard) -> Iterable[float]:
    """Yield when the viewer would fall silent, seconds."""
    vad, alarms, barge = CascadeVad(), Alarms(), None
    wide = resample(case.played, EAR_RATE_HZ, MOUTH_RATE_HZ)
    for number in range(min(len(case.heard) // EAR_FRAME, len(wide) // MOUTH_FRAME)):
        mouth = wide[number * MOUTH_FRAME : (number + 1) * MOUTH_FRAME]
        ear = EarFrame(case.heard[number * EAR_FRAME : (number + 1) * EAR_FRAME], number * EAR_FRAME)
        at = number * FRAME_SEC
        guard.played(mouth, at)
        clean = guard.clean(ear, at)
        opinion = guard.weigh(vad.feed(clean))
        if barge is None and mouth.any():
            barge = BargeIn(BargeTimes(), alarms=alarms)
        elif barge is not None and not wide[number * MOUTH_FRAME :][: 20 * MOUTH_FRAME].any():
            barge = None  # the line is over
        if barge is not None and barge.hear(opinion, clean, at + FRAME_SEC) in _SILENCED:
            yield at + FRAME_SEC


if __name__ == "__main__":
    sys.exit(main())
