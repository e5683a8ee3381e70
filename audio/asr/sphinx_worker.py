"""The far side of the pipe: `python -m audio.asr.sphinx_worker`, started by `SphinxProcess`."""

from __future__ import annotations

import logging
import os
import pickle
import signal
import sys
from typing import BinaryIO, cast

from audio.asr.sphinx_decoders import Decoders
from audio.asr.sphinx_process import Answer, Request
from audio.priority import give_way_whole

logger = logging.getLogger(__name__)


def main() -> None:
    """Serve requests from standard input until it ends."""
    give_way_whole()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which closes the pipe
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever the C library prints must not land between two answers
    try:
        decoders = Decoders()
    except Exception as error:
        _send(answers, Answer(error=f"the en-US model could not be loaded: {error}"))
        return
    _send(answers, Answer())
    while (request := _next(requests)) is not None:
        _send(answers, _serve(decoders, request))


def _next(requests: BinaryIO) -> Request | None:
    try:
        return cast("Request", pickle.load(requests))
    except EOFError:
        return None


def _send(answers: BinaryIO, answer: Answer) -> None:
    pickle.dump(answer, answers)
    answers.flush()


def _serve(decoders: Decoders, request: Request) -> Answer:
    try:
        for utterance in request.forget:
            decoders.forget(utterance)
        if request.pcm is None:
            decoders.prepare(request.hints)
            return Answer()
        if request.kind == "partial":
            return Answer(decoders.partial(request, request.pcm))
        return Answer(decoders.final(request, request.pcm))
    except Exception as error:  # the boundary of the process: every failure becomes an answer
        logger.exception("Decoding failed.")
        return Answer(error=f"decoding failed: {error!r}")


if __name__ == "__main__":
    main()
