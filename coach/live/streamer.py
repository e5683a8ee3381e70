"""What the streamer is heard to do: recorded, logged, and told to whom it concerns."""

from __future__ import annotations

from collections.abc import Callable

from coach.events import SpeechPaused, SpeechStarted, UtteranceHeard, WordsHeard
from coach.language import Language
from coach.language.safe_word import is_safe_word
from coach.live.echo_words import is_echo_of
from coach.live.endpoint import Turn, TurnChange
from coach.live.heard import HeardTurn
from coach.live.scene import Scene
from coach.ports import Int16Array, Recorder, VadDecision


class Streamer:
    """Implements `coach.live.heard.ListenerSink` for a rehearsal.

    Args:
        scene: Where everything is noted.
        language: Of the rehearsal.
        recorder: Keeps the sound as it came; None: nothing does.
        said_safe_word: Called when the streamer wants all of it to stop.
    """

    def __init__(
        self, scene: Scene, language: Language, recorder: Recorder | None, *, said_safe_word: Callable[[], None]
    ) -> None:
        self._scene = scene
        self._delivery = scene.delivery
        self._language = language
        self._recorder = recorder
        self._said_safe_word = said_safe_word

    def frame_heard(self, pcm: Int16Array, clean: Int16Array, start: float, vad: VadDecision) -> None:
        """Record the frame, watch for barge-in, and see whether a waiting viewer may speak."""
        if self._recorder is not None:
            self._recorder.streamer(pcm, start)
        self._delivery.frame_heard(clean, vad, start)
        self._scene.offer_floor()

    def turn_changed(self, change: TurnChange) -> None:
        """Log the streamer's speech and keep the floor."""
        self._delivery.turn_changed(change)
        if change.turn is Turn.STARTED:
            self._scene.note(SpeechStarted(start=round(change.start, 3)))
        elif change.turn is Turn.PAUSED:
            self._scene.note(SpeechPaused(start=round(change.last_voiced, 3)))

    def words_heard(self, text: str, start: float) -> None:
        """Log a partial; real words stop a viewer."""
        self._scene.note(WordsHeard(text=text, start=round(max(0.0, start), 3)))
        self._words_understood(text, final=False)

    def _words_understood(self, text: str, *, final: bool) -> None:
        takes_floor = self._language.takes_floor(text, final=final)
        takes_floor = takes_floor and not is_echo_of(text, self._delivery.saying, self._language)
        self._delivery.words_heard(backchannel=not takes_floor, final=final)

    def turn_foreseen(self, utterance: UtteranceHeard) -> None:
        """Compute the answer while it is not yet certain that the utterance is over."""
        if not self._delivery.is_own_echo(utterance):
            self._words_understood(utterance.text, final=True)
            self._scene.foresee(utterance)

    def turn_heard(self, turn: HeardTurn) -> None:
        """Take a finished utterance of the voice."""
        if not (self._scene.is_over or self._delivery.is_own_echo(turn.utterance)):
            self._words_understood(turn.utterance.text, final=True)
            self.take(turn)

    def recognizer_failed(self, engine: str, error: str) -> None:
        """Log that words were lost."""
        self._scene.engine_failed("recognizer", error, "typed input stays", engine)

    def turn_model_failed(self, engine: str, error: str) -> None:
        """Log that pauses are judged without it."""
        self._scene.engine_failed("turn_model", error, "pauses are judged by words and voice alone", engine)

    def take(self, turn: HeardTurn) -> None:
        """Take a finished utterance, spoken or typed."""
        if is_safe_word(turn.utterance.text, self._language):
            self._said_safe_word()
        self._delivery.turn_heard(turn)
        self._scene.note(turn.utterance)
        self._scene.offer_floor()
