"""Times and thresholds of the live loop, each with its unit and where it comes from."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class _Piece(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class EndpointTimes(_Piece):
    """When an utterance begins, pauses and ends."""

    start_threshold: float = Field(default=0.5, gt=0, lt=1)
    """Speech probability that counts as voiced. Source: Silero's default."""
    keep_threshold: float = Field(default=0.35, gt=0, lt=1)
    """Speech probability under which voiced turns to silent. Source: Silero's default minus 0.15."""
    start_ms: int = Field(default=60, ge=20, le=500)
    """Voiced time that begins an utterance, ms. Source: two Silero windows (64 ms), measured on recorded speech."""
    pause_ms: int = Field(default=80, ge=20, le=1000)
    """Silence after which the final words are computed ahead, ms. Source: stop consonants close for 50–80 ms."""
    certain_ms: int = Field(default=120, ge=60, le=5000)
    """Silence that ends an utterance which is finished beyond doubt (99 to 1), ms. Source: hand-over figures of
    60–160 ms."""
    finished_ms: int = Field(default=160, ge=60, le=2000)
    """Silence that ends an utterance which seems finished, ms. Source: upper end of hand-over figures; longer than the
    closure of a stop, and the turn model has answered."""
    ask_ms: int = Field(default=60, ge=20, le=1000)
    """How long before its answer can matter the turn model is asked, ms. Source: it takes 33 ms on a free core."""
    judged_ms: int = Field(default=170, ge=20, le=2000)
    """How long an end waits for the turn model's opinion, ms. Source: five times what it takes on a free core."""
    cut_in_rate: float = Field(default=0.05, ge=0.001, le=0.5)
    """Share of pauses inside utterances that may be taken for an end. Source: DESIGN numbers."""
    pause_median_ms: int = Field(default=490, ge=100, le=3000)
    """Pause inside a clause that half of all are shorter than, ms. Source: the geometric middle of 300 and 800 ms,
    between which such pauses lie."""
    pause_spread: float = Field(default=0.38, ge=0.05, le=2)
    """Standard deviation of the logarithm of such pauses. Source: four of five lie between 300 and 800 ms."""
    longest_ms: int = Field(default=2000, ge=200, le=10_000)
    """Silence that ends any utterance, of the slowest speaker too, ms. Source: design value; peers wait 2500–3000."""
    tired_ms: int = Field(default=300, ge=60, le=5000)
    """Silence that ends an utterance longer than `max_sec`, ms. Source: design value, longer than any consonant."""
    max_sec: float = Field(default=20.0, ge=2, le=120)
    """Utterance after which a short pause is enough; 5 s later it is cut anywhere, s. Source: Whisper's 30 s window."""
    preroll_ms: int = Field(default=300, ge=0, le=1000)
    """Sound kept from before the onset, ms. Source: recognisers lose the first phoneme below 200–300 ms."""
    min_voiced_ms: int = Field(default=120, ge=0, le=1000)
    """Shorter stretches of speech are no utterance, ms. Source: shorter than any syllable with its vowel."""


class BargeTimes(_Piece):
    """When a speaking viewer is turned down, silenced, cut off, or turned up again."""

    duck_ms: int = Field(default=40, ge=20, le=500)
    """Quick-detector speech that ducks the viewer, ms. Source: two frames; a duck is undone in 10 ms."""
    keep_threshold: float = Field(default=0.35, gt=0, lt=1)
    """Speech probability under which a sound is no speech. Source: Silero's default minus 0.15."""
    sure_threshold: float = Field(default=0.5, gt=0, lt=1)
    """Speech probability of confirmed speech. Source: Silero's default."""
    clear_threshold: float = Field(default=0.8, gt=0, lt=1)
    """Speech probability from which a frame counts in full. Source: design value."""
    hold_ms: int = Field(default=60, ge=20, le=500)
    """Speech, weighed by its probability, that silences the viewer, its place kept, ms. Source: two Silero windows."""
    lead_ms: int = Field(default=40, ge=0, le=200)
    """How much of that a long lead of quick-detector speech can stand for, ms: a quarter of the lead, so that one
    Silero window is enough where it was late. Source: design value, two thirds of it."""
    words_ms: int = Field(default=200, ge=0, le=1000)
    """Confirmed speech without which a recogniser's words are not believed, ms. Source: one syllable."""
    stop_ms: int = Field(default=700, ge=100, le=3000)
    """Confirmed speech of many different sounds that ends the line without any words, ms. Source: longer than
    backchannels of one or two syllables; peers draw this line at 400 to 1000 ms."""
    stop_sounds: int = Field(default=5, ge=2, le=20)
    """How many different sounds of 40 ms that takes. Source: midway between what eSpeak NG says in that time (7 and
    more) and laughter made for it (1 or 2)."""
    voicing_sounds: float = Field(default=5.0, ge=0, le=20)
    """How many sounds full voicing is worth against a half voiced stretch. Source: half a laugh is breath
    (Bachorowski 2001), speech is voiced for 60 to 80 %; design value."""
    new_sounds_per_sec: float = Field(default=1.25, ge=0, le=10)
    """How many more it takes for each second after that. Source: speech makes 10 to 15 phones a second, of some 20
    that a spectrum tells apart."""
    spoken_ms: int = Field(default=1000, ge=100, le=5000)
    """Confirmed speech of few sounds, voiced like slow speech, that ends the line, ms. Source: peers' longest
    backchannel."""
    spoken_sounds: int = Field(default=3, ge=1, le=20)
    """How many sounds that takes. Source: one more than laughter made for it has."""
    spoken_share: float = Field(default=0.75, ge=0, le=1)
    """Share of it that must have a pitch. Source: more than nine of ten laughs made for it have."""
    surely_ms: int = Field(default=4000, ge=500, le=20000)
    """Confirmed speech that ends the line whatever it is like, ms. Source: design value; laughs rarely last longer."""
    doubt_ms: int = Field(default=300, ge=100, le=2000)
    """A sound that is not confirmed as speech for so long turns the viewer up again though it goes on, ms. Source:
    the confirmed detector answers within 100 ms on nine onsets of ten, within 300 ms on nearly all."""
    restore_ms: int = Field(default=120, ge=40, le=2000)
    """Quiet after a duck that turns the viewer up again, ms. Source: longer than the closure of a stop consonant."""
    resume_ms: int = Field(default=220, ge=40, le=2000)
    """Quiet after which a silenced viewer goes on, ms. Source: the target of 400 ms, less wire and detectors; with
    160 ms viewers came back for a moment in the gaps between the streamer's first words (`bench turns`, 2026-11-25)."""
    forget_ms: int = Field(default=1000, ge=200, le=5000)
    """Quiet after which earlier sounds do not count any more, ms. Source: design value."""
    overlap_ms: int = Field(default=1200, ge=200, le=5000)
    """Speech that stops a viewer who cut in while the streamer was already talking, ms. Source: design value."""
    duck_db: float = Field(default=-12.0, ge=-60, le=0)
    """Gain of a ducked viewer, dB. Source: DESIGN two-step barge-in."""
    ramp_ms: int = Field(default=10, ge=1, le=20)
    """Length of every gain change and of the fade at a stop, ms. Source: hides it, without a click."""


class FloorTimes(_Piece):
    """How much silence a viewer wants before speaking aloud."""

    waits_ms: int = Field(default=1200, ge=0, le=10000)
    """For viewers who wait, ms. Source: design value; longer than a clause pause."""
    gap_ms: int = Field(default=350, ge=0, le=5000)
    """For viewers who need a gap, ms. Source: human gaps average 200 ms."""
    settle_ms: int = Field(default=200, ge=0, le=2000)
    """Quiet after any sound of the streamer's before a viewer begins unasked, ms. Source: the confirmed detector has
    answered by then on nine onsets of ten."""
    steady_ms: int = Field(default=1000, ge=100, le=10000)
    """A sound that goes on for so long without being speech is the room's and stops nobody, ms. Source: design
    value."""
    between_lines_ms: int = Field(default=600, ge=0, le=5000)
    """Air after any viewer's voice before the next viewer, ms. Source: design value."""


class ReplyTimes(_Piece):
    """How long the loop waits for a language model before the scripted line takes over."""

    first_clause_ms: int = Field(default=900, ge=100, le=10000)
    """To the first speakable clause of a spoken line, ms. Source: DESIGN degrade rule."""
    chat_line_ms: int = Field(default=2500, ge=100, le=20000)
    """To a whole danmaku line, ms. Source: design value; a typing viewer takes longer."""
    clause_gap_ms: int = Field(default=4000, ge=100, le=20000)
    """Between later pieces of a spoken line, ms. Source: design value."""
    first_sound_ms: int = Field(default=2000, ge=100, le=20000)
    """To the first sound of a clause; later the line goes to chat, ms. Source: three times the slowest Piper clause
    measured on two cores (690 ms)."""
    sound_gap_ms: int = Field(default=3000, ge=100, le=20000)
    """Between later sounds of a clause; later the line ends early, ms. Source: design value."""
    final_words_ms: int = Field(default=6000, ge=500, le=60000)
    """To the final words after an utterance ended; later it is taken without words, ms. Source: as long as an end
    of the rehearsal waits for last words."""


class LiveTuning(_Piece):
    """Everything the live loop can be tuned by."""

    endpoint: EndpointTimes = EndpointTimes()
    """Begin, pause and end of an utterance."""
    barge: BargeTimes = BargeTimes()
    """Duck, stop, resume."""
    floor: FloorTimes = FloorTimes()
    """Who waits how long."""
    reply: ReplyTimes = ReplyTimes()
    """Language model deadlines."""
    grace_sec: float = Field(default=30.0, ge=0, le=600)
    """How long a rehearsal waits for a lost connection to come back, s. Source: product contract."""
    longest_pause_sec: float = Field(default=900.0, ge=10, le=86_400)
    """How long a paused rehearsal keeps its place before it is ended, s. Source: design value, a long break."""
    tick_ms: int = Field(default=200, ge=20, le=1000)
    """How often viewers think about the time that passed, ms. Source: design value."""
