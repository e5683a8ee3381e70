"""Reads one utterance while it grows: what is settled is read no more, and partials skim what lies far behind.

Synchronous, on the engine's thread. An engine says how a part of the sound is read, quickly and well.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from audio.asr.agreement import Agreement, joined
from audio.asr.desk_hearing import Early
from audio.asr.speech_map import SpeechMap, cut_point, first_pause, last_pause, seconds
from audio.asr.word_times import agreed_words
from coach.ports import EAR_RATE_HZ, HeardWord, Hypothesis, Int16Array

LONGEST_SAMPLES = 20 * EAR_RATE_HZ
"""Sound read at a time. What is longer is cut at a pause: Whisper takes 30 s, and the next part needs room."""
PAUSE_SAMPLES = 3 * EAR_RATE_HZ // 10
"""A pause to cut at, 300 ms."""
LEAST_VOICED_SAMPLES = EAR_RATE_HZ // 8
"""Speech without which nothing is read: 125 ms, the shortest syllable with its vowel."""
SURE_VOICED_SAMPLES = EAR_RATE_HZ // 4
"""Speech under which words must be sure to count: 250 ms, a published gate against invented words."""
LEAST_LEVEL = 3.0
"""Quietest speech that is read, RMS in steps of int16: 20 dB above the noise of rounding to int16 (0.29 steps)."""
EDGE_SAMPLES = 3 * EAR_RATE_HZ // 10
"""Quiet kept on either side of the speech, 300 ms; the rest would only invite inventions."""
SKIM_SAMPLES = 8 * EAR_RATE_HZ
"""Sound that a partial reads at most, if there was a pause to cut at: its decoding grows with what was said."""
SETTLE_SAMPLES = 4 * EAR_RATE_HZ
SETTLE_PAUSE_SAMPLES = 4 * EAR_RATE_HZ // 10
"""Sound whose final words are kept once speech goes on after a pause, and that pause: the last words then take no
longer in long talk than in short, and Whisper does not leave out what follows. Of three recorded sentences with pauses
of 0.4 to 0.8 s between them base has .35 of the Chinese characters wrong in one piece, .26 so; Moonshine .21 and .17 of
the words. Shorter parts and pauses cost single sentences: .21 → .25 and .13 → .18 from 1 s and 0.3 s on."""
NEWS_SAMPLES = EAR_RATE_HZ // 10
"""New speech without which a partial would read the same again: 100 ms, half a syllable."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What lies before a cut and is read no more."""

    cut: int = 0
    """In samples."""
    words: tuple[HeardWord, ...] = ()
    mark: str = ""
    """The mark that was taken off their end: where the sound ends it says nothing, once words follow it does."""

    def then(self, words: tuple[HeardWord, ...]) -> tuple[HeardWord, ...]:
        """Return these words and what follows them."""
        if not words or not self.words or not self.mark or not self.words[-1].text[-1:].isalnum():
            return (*self.words, *words)
        last = self.words[-1]
        return (*self.words[:-1], replace(last, text=last.text + self.mark), *words)


class GrowingReader:
    """One utterance. Give it all of the sound so far, each time. Implements `audio.asr.desk_hearing.Reader`.

    Args:
        engine: Name of the engine.
        language: `zh` or `en`.
    """

    def __init__(self, engine: str, language: str) -> None:
        self._engine = engine
        self._language = language
        self._map = SpeechMap()
        self._agreement = Agreement(language)
        self._settled = Settled()
        self._skimmed = Settled()
        """What partials need not read again; finals do."""
        self._last_final = Settled()
        """What is settled if a pause follows it."""
        self._mark = ""
        """The mark that the engine took off the end of its last words: where the sound ends it says nothing."""
        self._news_from = 0
        """Speech (samples) that the last partial knew."""
        self._early: Early | None = None
        """Told the words of the final that is being read."""

    def partial(self, pcm: Int16Array) -> Hypothesis | None:
        """Return what the last two readings agree on, None where there is nothing new.

        Word times are spread over the speech by length: what a partial needs is how far it reaches.
        """
        self._follow(pcm)
        self._settle_longest(pcm)
        voiced = self._map.voiced(0, len(pcm))
        if voiced - self._news_from < NEWS_SAMPLES:
            return None
        self._news_from = voiced
        self._skim(pcm)
        now = self._quick(pcm, self._skimmed.cut, len(pcm))
        if now is None:
            return None
        words = self._skimmed.then(now)
        shown = self._agreement.hear(joined([word.text for word in words], self._language))
        return Hypothesis(joined(shown, self._language), agreed_words(shown, words), self._engine)

    def final(self, pcm: Int16Array, early: Early | None = None) -> Hypothesis:
        """Return the best reading of all the sound, with word times."""
        self._follow(pcm)
        self._settle_pauses(pcm)
        self._settle_longest(pcm)
        self._early = early
        try:
            self._last_final = self._read_on(pcm, len(pcm))
        finally:
            self._early = None
        words = self._last_final.words
        text = joined([word.text for word in words], self._language)
        self._agreement.hear(text)  # if speech goes on, this was a reading like any other
        self._news_from = self._map.voiced(0, len(pcm))
        return Hypothesis(text, words, self._engine)

    def _ready(self) -> None:
        """Check that the engine can serve this utterance, before anything is read.

        Raises:
            EngineError: If it cannot.
        """
        raise NotImplementedError

    def _quick(self, pcm: Int16Array, start: int, end: int) -> tuple[HeardWord, ...] | None:
        """Read a part once and cheaply; return None where that gives nothing to rely on."""
        raise NotImplementedError

    def _words(self, pcm: Int16Array, start: int, end: int) -> tuple[HeardWord, ...]:
        """Read a part as well as the engine can."""
        raise NotImplementedError

    def _tell(self, words: tuple[HeardWord, ...], pcm: Int16Array) -> None:
        """Tell what was read of the last part of a final: whoever judges the pause need not wait for the times."""
        if self._early is None or not words:
            return
        whole = self._settled.then((*words[:-1], replace(words[-1], end_sec=seconds(len(pcm)))))
        self._early(Hypothesis(joined([word.text for word in whole], self._language), whole, self._engine))

    def _speech(self, pcm: Int16Array, start: int, end: int) -> tuple[int, int] | None:
        """Return the part in which somebody speaks, with a little quiet around it, None if nobody does."""
        spans = self._map.spans(start, end)
        if self._map.voiced(start, end) < LEAST_VOICED_SAMPLES:
            return None
        if self._map.level(pcm, start, end) < LEAST_LEVEL:
            return None
        return max(start, spans[0][0] - EDGE_SAMPLES), min(end, spans[-1][1] + EDGE_SAMPLES)

    def _follow(self, pcm: Int16Array) -> None:
        """Follow the speech, and keep what was read in a pause that it has left behind."""
        self._ready()
        self._map.follow(pcm)
        self._settle_at_pause(len(pcm))

    def _read_on(self, pcm: Int16Array, end: int) -> Settled:
        """Return what is settled with the words of the part after it, read as well as the engine can."""
        self._mark = ""
        words = self._words(pcm, self._settled.cut, end)
        mark = self._mark if words else self._settled.mark
        return Settled(end, self._settled.then(words), "。" if self._language == "zh" and mark == "." else mark)

    def _settle_longest(self, pcm: Int16Array) -> None:
        """Settle what has grown too long to be read at once."""
        while len(pcm) - self._settled.cut > LONGEST_SAMPLES:
            start = self._settled.cut
            spans = self._map.spans(start, len(pcm))
            self._settled = self._read_on(pcm, cut_point(spans, start, LONGEST_SAMPLES, PAUSE_SAMPLES))

    def _settle_at_pause(self, end: int) -> None:
        """Keep the final words of a long enough part that was read in a pause, now that speech has gone on after it."""
        part = self._last_final
        if part.cut - self._settled.cut < SETTLE_SAMPLES:
            return
        spans = self._map.spans(self._settled.cut, end)
        before = [last for first, last in spans if first < part.cut]
        after = [first for first, _ in spans if first >= part.cut]
        if not after or not before or self._map.voiced(part.cut, end) < SURE_VOICED_SAMPLES:
            return  # a word too short to be read by itself needs those before it
        self._last_final = Settled()
        if before[-1] <= part.cut and after[0] - before[-1] >= SETTLE_PAUSE_SAMPLES:
            self._settled = replace(part, cut=(before[-1] + after[0]) // 2)

    def _settle_pauses(self, pcm: Int16Array) -> None:
        """Read what lies before each pause by itself, where no final was asked for in it."""
        while True:
            start = self._settled.cut
            end = first_pause(self._map.spans(start, len(pcm)), start + SETTLE_SAMPLES, SETTLE_PAUSE_SAMPLES)
            if end is None or self._map.voiced(end, len(pcm)) < SURE_VOICED_SAMPLES:
                return
            self._settled = self._read_on(pcm, end)

    def _skim(self, pcm: Int16Array) -> None:
        """Leave behind what partials of long talk need not read again, up to a pause, so that they stay quick."""
        if self._settled.cut > self._skimmed.cut:
            self._skimmed = self._settled
        start = self._skimmed.cut
        if len(pcm) - start <= SKIM_SAMPLES:
            return
        end = last_pause(self._map.spans(start, len(pcm)), start + SKIM_SAMPLES // 2, PAUSE_SAMPLES)
        words = self._quick(pcm, start, end) if end is not None else None
        if end is not None and words is not None:
            self._skimmed = Settled(end, self._skimmed.then(words))
