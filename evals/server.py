"""The practice room as the benchmarks start it: the product's own server, with engines and audience of choice.

    python -m evals.server --engines free --clips clips.json --limit 10

`--engines`: `free` (known clips, even buzz), `embedded` (the recognisers of the models here, else those that come in
packages, and eSpeak NG), `auto`, or `RECOGNIZER+SYNTHESIZER` by the names of `COACH_ENGINES__…`.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import os
import re
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from audio.engine_choice import RECOGNIZERS, SYNTHESIZERS
from audio.priority import give_way
from coach.clock import Stopwatch
from coach.errors import InputError
from evals.answering_room import everybody_is_answered
from evals.recordings import Recording
from evals.word_times import spoken_words

if TYPE_CHECKING:
    from coach.live.engines import Engines
    from coach.settings import Settings
    from web.composition import Composition

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "evals" / "cases"
JOB_SEC = 0.25
EMBEDDED = ("moonshine", "espeak")
SETS = ("free", "embedded", "auto")
"""Engines that go by one name."""


def main() -> int:
    """Serve until terminated."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engines", default="free")
    parser.add_argument("--clips", type=Path, required=True)
    parser.add_argument("--limit", type=int, default=1)
    parser.add_argument("--busy", type=int, default=0)
    parser.add_argument("--working", type=int, default=0)
    parser.add_argument("--real-audience", action="store_true")
    options = parser.parse_args()
    from coach.settings import load_settings
    from web.serve import serve

    settings = load_settings(
        server={"host": "127.0.0.1", "port": 0, "build_ui": False, "max_rehearsals": options.limit},
        scenario_dirs=(CASES,),
        engines=_choice(options.engines),
        **(
            {"transcription": {"base_url": None}, "speech": {"base_url": None}} if options.engines == "embedded" else {}
        ),
    )
    _work_for_ever(options.working)
    with ExitStack() as stack:
        if not options.real_audience:
            stack.enter_context(everybody_is_answered())
        serve(
            "127.0.0.1",
            0,
            lambda: _compose(settings, stack, options),
            on_ready=lambda url: print(f"Practice room: {url}", flush=True),
        )
    return 0


def engine_names(text: str) -> list[str]:
    """Return the sets of engines of an option, e.g. `free,embedded,openai+espeak`.

    Raises:
        InputError: If there is none, or one that nobody knows.
    """
    names = [name.strip() for name in text.split(",") if name.strip()]
    unknown = [name for name in names if not _is_known(name)]
    if unknown or not names:
        raise InputError(
            f"expected engines for --engines, got {(unknown or [text])[0]!r}; choose from {', '.join(SETS)}, or name a "
            f"recogniser and a synthesizer, e.g. {EMBEDDED[0]}+{EMBEDDED[1]}. Recognisers: {', '.join(RECOGNIZERS)}; "
            f"synthesizers: {', '.join(SYNTHESIZERS)}."
        )
    return names


def _is_known(name: str) -> bool:
    recognizer, plus, synthesizer = name.partition("+")
    return name in SETS or (recognizer in RECOGNIZERS and (synthesizer in SYNTHESIZERS if plus else True))


def _choice(engines: str) -> dict[str, str]:
    if engines in ("free", "auto"):
        return {}
    recognizer, _, synthesizer = ("auto", "", "") if engines == "embedded" else engines.partition("+")
    return {"recognizer": recognizer, "synthesizer": synthesizer or EMBEDDED[1]}


def _wait_for_ever(count: int) -> None:
    """Keep so many calls that block for 250 ms in the loop's default executor, as `asyncio.to_thread` would."""
    loop = asyncio.get_running_loop()
    for _ in range(count):
        blocked = loop.run_in_executor(None, time.sleep, JOB_SEC)
        blocked.add_done_callback(lambda _: _wait_for_ever(1))


def _work_for_ever(count: int) -> None:
    """Keep so many threads of an engine's priority computing, in C and without Python's lock, 250 ms a call."""
    watch = Stopwatch()
    hashlib.pbkdf2_hmac("sha256", b"words", b"salt", 20_000)
    rounds = round(20_000 * JOB_SEC / watch.elapsed_sec())

    def work() -> None:
        give_way()
        while True:
            hashlib.pbkdf2_hmac("sha256", b"words", b"salt", rounds)

    for _ in range(count):
        threading.Thread(target=work, daemon=True).start()


def _compose(settings: Settings, stack: ExitStack, options: argparse.Namespace) -> Composition:
    from commands.compose import engines as chosen_engines
    from commands.compose import host, library, opened_keeper, product_version
    from web.composition import Composition

    keeper = stack.enter_context(opened_keeper(settings))
    chosen = chosen_engines(settings, None)
    if options.engines == "free":
        _free(chosen, options.clips)
    _wait_for_ever(options.busy)
    return Composition(
        host=host(settings, chosen, keeper),
        keeper=keeper,
        library=library(settings),
        version=product_version(),
        bind_host="127.0.0.1",
    )


def _free(chosen: Engines, clips: Path) -> None:
    from audio.pcm import decode
    from evals.free_engines import EvenSynthesizer, KnownClip, KnownClipsRecognizer

    rows = json.loads(clips.read_text(encoding="utf-8"))
    known = [KnownClip.of(decode(Path(row["path"])), row["words"], row["language"]) for row in rows]
    recognizer = KnownClipsRecognizer(known)
    chosen.recognizer = lambda language: recognizer
    chosen.synthesizer = EvenSynthesizer()
    chosen.names |= {"recognizer": recognizer.name, "synthesizer": EvenSynthesizer.name}


@contextmanager
def started(
    folder: Path, clips: Sequence[Recording], engines: str, *, limit: int = 1, busy: int = 0, working: int = 0
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Start the server in a process of its own; yield it with its address, and end it.

    Raises:
        RuntimeError: If it ended before it said where it listens.
    """
    rows = [{"path": str(clip.path), "words": _words(clip), "language": clip.language} for clip in clips]
    listed = folder / "clips.json"
    listed.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    command = [sys.executable, "-m", "evals.server", "--engines", engines, "--clips", str(listed)]
    command += ["--limit", str(limit), "--busy", str(busy), "--working", str(working)]
    environment = {**os.environ, "COACH_DATA_DIR": str(folder / "data")}
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT)
    try:
        address = _address(server)
        # Read on: a full pipe would stop the server in the middle of whatever it prints.
        threading.Thread(target=deque, args=(server.stdout, 0), daemon=True).start()
        yield server, address
    finally:
        server.terminate()
        server.wait(30)


def _words(clip: Recording) -> list[tuple[float, float, str]]:
    return [(word.start, word.end, word.text) for word in spoken_words(clip, clip.read())]


def _address(server: subprocess.Popen[str]) -> str:
    assert server.stdout is not None
    for line in server.stdout:
        found = re.search(r"Practice room: (http://\S+)", line)
        if found:
            return found.group(1)
    raise RuntimeError(f"the server ended with {server.wait()} before it said where it listens")


if __name__ == "__main__":
    sys.exit(main())
