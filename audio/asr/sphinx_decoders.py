"""The decoders themselves. They live in the worker process: pocketsphinx never lets go of Python's lock.

Two decoders read each utterance. The general one knows 126,000 words; the scenario's knows what its hints make
likely. Both use the same acoustic model and compute every senone (`compallsen`), so their path scores stand on one
scale, and the reading is the most probable path through both (`sphinx_splice`).
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from audio.asr.pronounce import Pronouncer, ipa_of_espeak
from audio.asr.scenario_grammar import Grammar, build
from audio.asr.speech_gate import SpeechGate
from audio.asr.sphinx_learn import Learner
from audio.asr.sphinx_load import dictionary_path, load, model_folder
from audio.asr.sphinx_model import load_acoustic_model
from audio.asr.sphinx_process import NAME, Request
from audio.asr.sphinx_read import Decoder, Reading
from audio.asr.sphinx_speaker import Speaker
from audio.asr.sphinx_stream import Pair, Stream
from coach.ports import Hypothesis, Int16Array, RecognitionHints

SCENARIOS_KEPT = 4
"""Scenarios whose decoders stay loaded; the one longest unused goes first."""
STREAMS = 2
"""Utterances read while they are spoken; one more at the same time is read as a whole at its end. On 76 s
of read speech (12 LibriSpeech clips) such a reading took 0.32 s of CPU a second; a general decoder takes 90 MB."""
SPEAKERS_KEPT = 64
"""Speakers remembered."""
STREAM_FRAMES = 100
"""Most that one piece of partial work decodes: 1 s, when catching up."""
BOTH = {"compallsen": True, "fwdflat": False}
GENERAL = {"maxhmmpf": 3000, "maxwpf": 10}
"""Limits that CMU's tuning guide names for slow machines. On 33 read human clips (577 words), each as a whole: word
errors 50 % at 0.12 of real time, with 10,000 and 40 48 % at 0.18, with the defaults and the second pass (`fwdflat`,
66 ms more a second of speech at the end) 48 % at 0.24. Without searching the lattice 53 %."""


class Decoders:
    """The general decoders and those of the scenarios in use."""

    def __init__(self) -> None:
        """Load the decoders for one utterance, about a second.

        Raises:
            RuntimeError: If pocketsphinx cannot load its model.
            MissingPart: If there is no voice detector.
        """
        SpeechGate()  # loads its network once for all
        self._free = [_general()]
        self._model = load_acoustic_model(model_folder())
        self._pronouncer = Pronouncer(dictionary_path(), ipa_of_espeak())
        self._learner = Learner(self._model, self._pronouncer)
        self._scenarios: OrderedDict[RecognitionHints, Scenario] = OrderedDict()
        self._streams: dict[int, _Open] = {}
        self._speakers: OrderedDict[int, Speaker] = OrderedDict()

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
        if request.utterance not in self._streams and len(self._streams) >= STREAMS:
            return None
        stream = self._stream(request)
        if not stream.add(request.offset, pcm):
            return None
        result = stream.advance(STREAM_FRAMES)
        return _hypothesis(result) if result else None

    def final(self, request: Request, pcm: Int16Array) -> Hypothesis:
        """Read all of an utterance; most of the work is done if it was streamed."""
        stream = self._stream(request)
        stream.add(0, pcm)
        return _hypothesis(stream.finish())

    def forget(self, utterance: int) -> None:
        """Take the decoders of an utterance back, if it has any, and learn from it."""
        gone = self._streams.pop(utterance, None)
        if gone:
            self._learner.learn(gone.speaker, gone.stream.stop())
            gone.scenario.free.append(gone.stream.pair.scenario)
            self._free = [*self._free, gone.stream.pair.general][:STREAMS]

    def frames_learnt(self, speaker: int, wait_sec: float = 0.0) -> float:
        """Return how much speech a voice was learnt from, in frames, waiting so long for what is being learnt."""
        self._learner.collect(wait_sec)
        return self._speaker(speaker).statistics.frames

    def _stream(self, request: Request) -> Stream:
        if request.utterance not in self._streams:
            self._learner.collect()
            scenario, speaker = self.prepare(request.hints), self._speaker(request.speaker)
            pair = Pair(scenario.take(), self._free.pop() if self._free else _general(), scenario.script)
            self._streams[request.utterance] = _Open(scenario, Stream(pair, speaker, self._model), speaker)
        return self._streams[request.utterance].stream

    def _speaker(self, number: int) -> Speaker:
        speaker = self._speakers.setdefault(number, Speaker())
        self._speakers.move_to_end(number)
        if len(self._speakers) > SPEAKERS_KEPT:
            self._speakers.popitem(last=False)
        return speaker


class Scenario:
    """The decoders of one scenario that nobody uses."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self.script = grammar.script
        self.free = [self._load()]

    def take(self) -> Decoder:
        """Return a decoder for one utterance."""
        return self.free.pop() if self.free else self._load()

    def _load(self) -> Decoder:
        return load(BOTH, dictionary=self._grammar.dictionary, arpa=self._grammar.arpa)


@dataclass(frozen=True, slots=True)
class _Open:
    """An utterance that is read while it is spoken."""

    scenario: Scenario
    stream: Stream
    speaker: Speaker


def _general() -> Decoder:
    return load({**BOTH, **GENERAL})


def _hypothesis(result: Reading) -> Hypothesis:
    return Hypothesis(result.text, result.words, NAME)
