"""The decoders themselves. They live in the worker process: pocketsphinx never lets go of Python's lock.

Two decoders read each utterance. The general one knows 126,000 words; the scenario's knows what its hints make
likely. Both use the same acoustic model and compute every senone (`compallsen`), so their path scores stand on one
scale, and the reading is the more probable path: acoustic plus language score, a maximum a posteriori choice
between two models that are equally likely beforehand. Nothing in it is fitted to recordings.
"""

from __future__ import annotations

import tempfile
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from audio.asr.pronounce import Pronouncer, ipa_of_espeak
from audio.asr.scenario_grammar import Grammar, build
from audio.asr.speech_gate import SpeechGate
from audio.asr.sphinx_process import NAME, Request
from audio.asr.sphinx_read import NOTHING, Decoder, Reading
from audio.asr.sphinx_stream import Pair, Stream
from coach.ports import EAR_RATE_HZ, Hypothesis, Int16Array, RecognitionHints

SCENARIOS_KEPT = 4
"""Scenarios whose decoders stay loaded; the one longest unused goes first."""
STREAMS = 2
"""Utterances read while they are spoken; one more at the same time is read as a whole at its end. One such reading
takes a third of a core, and the general decoder 90 MB."""
SPEAKERS_KEPT = 64
"""Speakers whose cepstral mean is remembered."""
STREAM_SAMPLES = EAR_RATE_HZ
"""Most that one piece of partial work decodes: 1 s, when catching up."""
BOTH = {"compallsen": True, "fwdflat": False, "loglevel": "FATAL", "samprate": 16_000}
GENERAL = {"maxhmmpf": 3000, "maxwpf": 10}
"""Limits that CMU's tuning guide names for slow machines. On 22 human clips (261 words) against the defaults:
0.11 of real time instead of 0.26, word errors 49 % instead of 46 %. Without the second pass (`fwdflat`) errors are
the same and the end of an utterance costs 2 ms a second of speech instead of 66 ms."""


class Decoders:
    """The general decoders and those of the scenarios in use."""

    def __init__(self) -> None:
        """Load the decoders for one utterance, about a second.

        Raises:
            RuntimeError: If pocketsphinx cannot load its model.
            MissingPart: If there is no voice detector.
        """
        from pocketsphinx import get_model_path

        SpeechGate()  # loads its network once for all
        self._whole = _general()
        self._free = [_general()]
        self._pronouncer = Pronouncer(Path(get_model_path(), "en-us", "cmudict-en-us.dict"), ipa_of_espeak())
        self._scenarios: OrderedDict[RecognitionHints, Scenario] = OrderedDict()
        self._streams: dict[int, _Open] = {}
        self._means: OrderedDict[int, str] = OrderedDict()

    def prepare(self, hints: RecognitionHints) -> Scenario:
        """Return the decoders for these hints; the first call builds them, about 0.1 s."""
        if hints not in self._scenarios:
            self._scenarios[hints] = Scenario(build(hints, self._pronouncer))
            if len(self._scenarios) > SCENARIOS_KEPT:
                self._scenarios.popitem(last=False)
        self._scenarios.move_to_end(hints)
        return self._scenarios[hints]

    def partial(self, request: Request, pcm: Int16Array) -> Hypothesis | None:
        """Go on with an utterance by its next piece; None if there is nothing to say about it yet."""
        stream = self._stream(request)
        if stream is None or not stream.add(request.offset, pcm):
            return None
        result = stream.advance(STREAM_SAMPLES)
        return _hypothesis(result) if result else None

    def final(self, request: Request, pcm: Int16Array) -> Hypothesis:
        """Read all of an utterance; most of the work is done if it was streamed."""
        stream = self._stream(request)
        if stream and stream.add(0, pcm):
            result = stream.finish()
            self._remember(request.speaker, stream.mean)  # now, as the next utterance may begin before this one ends
            return _hypothesis(result)
        if not SpeechGate().heard(pcm):
            return _hypothesis(NOTHING)
        return _hypothesis(self._whole_pair(self.prepare(request.hints)).whole(pcm))

    def forget(self, utterance: int) -> None:
        """Take the decoders of an utterance back, if it has any."""
        gone = self._streams.pop(utterance, None)
        if gone:
            self._remember(gone.speaker, gone.stream.stop())
            gone.scenario.free.append(gone.stream.pair.scenario)
            self._free.append(gone.stream.pair.general)

    def _stream(self, request: Request) -> Stream | None:
        if request.utterance not in self._streams:
            if len(self._streams) >= STREAMS:
                return None
            scenario = self.prepare(request.hints)
            pair = Pair(scenario.take(), self._free.pop() if self._free else _general())
            stream = Stream(pair, self._whole_pair(scenario), self._means.get(request.speaker))
            self._streams[request.utterance] = _Open(scenario, stream, request.speaker)
        return self._streams[request.utterance].stream

    def _whole_pair(self, scenario: Scenario) -> Pair:
        return Pair(scenario.whole, self._whole)

    def _remember(self, speaker: int, mean: str | None) -> None:
        if mean is not None:
            self._means[speaker] = mean
            self._means.move_to_end(speaker)
            if len(self._means) > SPEAKERS_KEPT:
                self._means.popitem(last=False)


class Scenario:
    """The decoders of one scenario: one for whole utterances, others for streams."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self.whole = _load(grammar)
        self.free = [_load(grammar)]

    def take(self) -> Decoder:
        """Return a decoder that nobody uses."""
        return self.free.pop() if self.free else _load(self._grammar)


@dataclass(frozen=True, slots=True)
class _Open:
    """An utterance that is read while it is spoken."""

    scenario: Scenario
    stream: Stream
    speaker: int


def _general() -> Decoder:
    from pocketsphinx import Decoder as Sphinx

    return cast("Decoder", Sphinx(**BOTH, **GENERAL))


def _load(grammar: Grammar) -> Decoder:
    """Make a decoder of a grammar, about 0.03 s. The binding reads it from files only."""
    from pocketsphinx import Decoder as Sphinx

    with tempfile.TemporaryDirectory(prefix="coach-asr-") as folder:
        model, dictionary = Path(folder, "scenario.lm"), Path(folder, "scenario.dict")
        model.write_text(grammar.arpa, encoding="utf-8")
        dictionary.write_text(grammar.dictionary, encoding="utf-8")
        return cast("Decoder", Sphinx(lm=str(model), dict=str(dictionary), **BOTH))


def _hypothesis(result: Reading) -> Hypothesis:
    return Hypothesis(result.text, result.words, NAME)
