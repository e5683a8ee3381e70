"""The reader's rules on a scripted model, with eSpeak NG's voice where somebody has to speak."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest

from audio.asr import growing, whisper_reader
from audio.asr.growing import LONGEST_SAMPLES, Settled
from audio.asr.whisper_guard import Reading
from audio.asr.whisper_model import Encoded
from audio.asr.whisper_reader import WhisperReader
from audio.asr.whisper_window import FINAL, FULL, PARTIAL, Window
from audio.asr.word_times import AlignedPiece
from coach.errors import EngineError
from coach.ports import EAR_RATE_HZ, HeardWord, Hypothesis, Int16Array, RecognitionHints
from tests.audio.phrases import BUDGET, SHOW, said

EN = RecognitionHints("en")
NAMED = RecognitionHints("en", ("linen shirt", "storage bag"))
Answer = Callable[["Call"], Reading]


@dataclass(frozen=True)
class Call:
    """One decode."""

    window: Window
    samples: int
    prompt: str


@dataclass
class ScriptedModel:
    """Gives the answers in turn; the last one stands. Tokens of a text are its words."""

    answers: list[Answer]
    calls: list[Call] = field(default_factory=list)
    encoded: int = 0
    words: list[str] = field(default_factory=list)
    drafts: list[tuple[int, ...]] = field(default_factory=list)

    def require(self, language: str) -> None:
        if language == "zh":
            raise EngineError("faster-whisper", "English only.")

    def tokens(self, text: str) -> list[int]:
        self.words += text.split()
        return list(range(len(self.words) - len(text.split()), len(self.words)))

    def encode(self, pcm: Int16Array, window: Window) -> Encoded:
        self.encoded += 1
        return Encoded((window, len(pcm)), len(pcm) // 160)

    def read(self, sound: Encoded, language: str, prompt: list[int], most: int, draft: Sequence[int] = ()) -> Reading:
        window, samples = sound.memory
        self.drafts.append(tuple(draft))
        call = Call(window, samples, " ".join(self.words[token] for token in prompt))
        self.calls.append(call)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return answer(call)

    def align(self, sound: Encoded, language: str, reading: Reading) -> list[AlignedPiece]:
        words = reading.text.split()
        step = sound.frames / 100 / max(1, len(words))
        return [AlignedPiece(word, at * step, (at + 1) * step, 0.9) for at, word in enumerate(words)]


def gives(text: str, *, tokens: tuple[int, ...] = (1, 2, 3), logprob: float = -0.2, no_speech: float = 0.0) -> Answer:
    return lambda _: Reading(text, tokens, logprob, no_speech)


LOOP = gives("the the the the the", tokens=(5, 5, 5, 5, 5))
DENSE = gives("so " * 80, tokens=tuple(range(200)))


def final(model: ScriptedModel, pcm: Int16Array | None = None, hints: RecognitionHints = EN) -> str:
    return WhisperReader(lambda: model, hints).final(said(SHOW, "en") if pcm is None else pcm).text


def test_a_good_reading_takes_one_decode_in_the_short_window() -> None:
    model = ScriptedModel([gives("Let me show you.")])
    assert final(model) == "Let me show you"
    assert [call.window for call in model.calls] == [FINAL]


@pytest.mark.parametrize("broken", [LOOP, DENSE], ids=["loop", "too dense"])
def test_a_broken_reading_is_tried_once_more_in_the_full_window(broken: Answer) -> None:
    model = ScriptedModel([broken, gives("Let me show you.")])
    assert final(model) == "Let me show you"
    assert [call.window for call in model.calls] == [FINAL, FULL]


def test_what_stays_broken_is_cut_to_what_can_have_been_said() -> None:
    model = ScriptedModel([gives("go on " + "and " * 80, tokens=tuple(range(200)))])
    assert final(model) == "go on and"
    assert [call.window for call in model.calls] == [FINAL, FULL]


def test_what_nobody_can_have_said_in_the_time_is_dropped() -> None:
    model = ScriptedModel([gives("a whole sentence that never was", tokens=tuple(range(90)))])
    assert final(model) == ""


def test_a_partial_is_given_up_half_way_when_a_final_is_waited_for() -> None:
    model = ScriptedModel([gives("Let me.")])
    assert WhisperReader(lambda: model, EN, lambda: True).partial(said(SHOW, "en")) is None
    assert (model.encoded, model.calls) == (1, [])


def test_a_real_repetition_survives_the_second_look() -> None:
    model = ScriptedModel([gives("no no no no no", tokens=(7, 7, 7, 7, 7))])
    assert final(model) == "no no no no no"


@pytest.mark.parametrize(
    "astray",
    [
        gives("linen shirt, storage bag."),
        gives("Live now: linen shirt, storage bag."),
        gives("mumble", logprob=-1.4),
        LOOP,
    ],
    ids=["echo of the names", "echo of all", "unlikely", "loop"],
)
def test_where_the_prompt_leads_astray_the_sound_is_read_without_it(astray: Answer) -> None:
    model = ScriptedModel([astray, gives("Let me show you.", logprob=-0.1)])
    assert final(model, hints=NAMED) == "Let me show you"
    assert [call.prompt for call in model.calls] == ["Live now: linen shirt, storage bag.", ""]
    assert model.encoded == 1


def test_the_names_can_really_be_said() -> None:
    model = ScriptedModel([gives("Linen shirt, storage bag.")])
    assert final(model, hints=NAMED) == "Linen shirt, storage bag"


@pytest.mark.parametrize(
    "pcm",
    [
        pytest.param(np.zeros(0, np.int16), id="nothing"),
        pytest.param(np.zeros(EAR_RATE_HZ, np.int16), id="silence"),
        pytest.param(np.random.default_rng(1).normal(0, 900, EAR_RATE_HZ).astype(np.int16), id="noise"),
    ],
)
def test_where_nobody_speaks_the_model_is_not_even_asked(pcm: Int16Array) -> None:
    model = ScriptedModel([gives("Thank you.")])
    assert final(model, pcm) == ""
    assert WhisperReader(lambda: model, EN).partial(pcm) is None
    assert model.encoded == 0


def test_speech_too_quiet_to_be_any_is_not_read() -> None:
    model = ScriptedModel([gives("Thank you.")])
    assert final(model, (said(SHOW, "en") // 2500).astype(np.int16)) == ""
    assert model.encoded == 0


@pytest.mark.parametrize(
    "answer",
    [
        gives("Thank you.", no_speech=0.5),
        gives("so", logprob=-1.2, no_speech=0.7),
        gives("字幕由Amara.org社区提供"),
        gives("..."),
        gives(""),
    ],
    ids=["stock phrase", "silence", "credits", "marks", "empty"],
)
def test_invented_words_are_dropped(answer: Answer) -> None:
    assert final(ScriptedModel([answer])) == ""


def test_hardly_any_speech_needs_sure_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whisper_reader, "SURE_VOICED_SAMPLES", 10 * EAR_RATE_HZ)
    assert final(ScriptedModel([gives("hm", logprob=-1.2)])) == ""
    assert final(ScriptedModel([gives("yes")])) == "yes"


def test_partials_are_read_in_the_shortest_window_and_only_for_news() -> None:
    model = ScriptedModel([gives("Let me."), gives("Let me show."), gives("Let me show you how.")])
    reader = WhisperReader(lambda: model, EN)
    pcm = said(SHOW, "en")
    shown = [reader.partial(pcm[: len(pcm) * part // 4]) for part in (2, 2, 3, 4)]
    assert [partial and partial.text for partial in shown] == ["", None, "Let me", "Let me show"]
    assert {call.window for call in model.calls} == {PARTIAL}
    last = shown[-1]
    assert last is not None
    assert [word.text for word in last.words] == ["Let", "me", "show"]
    assert 0.2 < last.words[0].start_sec < last.words[-1].end_sec < len(pcm) / EAR_RATE_HZ * 3 / 4


def test_a_final_in_a_pause_counts_as_a_reading_when_speech_goes_on() -> None:
    model = ScriptedModel([gives("Let me."), gives("Let me show you how.")])
    reader = WhisperReader(lambda: model, EN)
    pcm = said(SHOW, "en")
    half = pcm[: len(pcm) // 2]
    assert reader.final(half).text == "Let me"
    assert reader.partial(half) is None
    partial = reader.partial(pcm)
    assert partial is not None
    assert partial.text == "Let me"


def test_a_final_tells_its_words_before_their_times(monkeypatch: pytest.MonkeyPatch) -> None:
    model, told = ScriptedModel([gives("Let me show you how.")]), list[Hypothesis]()
    pcm = said(SHOW, "en")

    def align(sound: Encoded, language: str, reading: Reading) -> list[AlignedPiece]:
        assert told
        return [AlignedPiece("Let", 0.1, 0.2, 0.9)]

    monkeypatch.setattr(model, "align", align)
    reader = WhisperReader(lambda: model, EN)
    heard = reader.final(pcm, told.append)
    assert [early.text for early in told] == [heard.text] == ["Let me show you how"]
    assert told[0].words[-1].end_sec == len(pcm) / EAR_RATE_HZ  # all that was heard so far is in these words


def test_what_was_read_last_is_the_draft_of_the_next_reading_of_the_same_part() -> None:
    model = ScriptedModel([gives("Let me.", tokens=(1, 2)), gives("Let me show.", tokens=(1, 2, 3)), LOOP, LOOP])
    reader = WhisperReader(lambda: model, EN)
    pcm = said(SHOW, "en")
    reader.partial(pcm[: len(pcm) // 2])
    reader.final(pcm)
    assert model.drafts == [(), (1, 2)]
    reader.final(pcm)
    reader.final(pcm)
    assert model.drafts[2:] == [(1, 2, 3), (), (), ()]  # what looks broken is read anew, and is nobody's draft


def test_a_part_that_begins_elsewhere_has_no_draft(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audio.asr.growing.SETTLE_SAMPLES", EAR_RATE_HZ)
    model = ScriptedModel([gives("I understand.", tokens=(1, 2))])
    reader = WhisperReader(lambda: model, EN)
    first = np.concatenate([said(BUDGET, "en"), np.zeros(EAR_RATE_HZ, np.int16)])
    reader.final(first)
    reader.final(np.concatenate([first, said(SHOW, "en")]))
    assert model.drafts == [(), ()]


@pytest.mark.parametrize("bad", [LOOP, gives("Amara.org"), gives("so", logprob=-1.5)])
def test_a_bad_partial_is_not_shown(bad: Answer) -> None:
    model = ScriptedModel([bad])
    assert WhisperReader(lambda: model, EN).partial(said(SHOW, "en")) is None


def long_talk(seconds: int) -> Int16Array:
    """Sentences with half a second between them."""
    one = np.concatenate([said(BUDGET, "en"), np.zeros(EAR_RATE_HZ // 3, np.int16)])
    return np.tile(one, seconds * EAR_RATE_HZ // len(one) + 1)[: seconds * EAR_RATE_HZ]


@pytest.mark.slow
def test_long_talk_is_cut_in_pauses_and_goes_on_from_the_words_before() -> None:
    model = ScriptedModel([lambda call: Reading(f"part{len(model.calls)} of it.", (1, 2, 3), -0.1, 0.0)])
    pcm = long_talk(50)
    heard = WhisperReader(lambda: model, NAMED).final(pcm)
    assert heard.text == ". ".join(f"part{number} of it" for number in range(1, len(model.calls) + 1))
    assert len(model.calls) > 5
    assert all(call.samples <= LONGEST_SAMPLES for call in model.calls)
    assert model.calls[1].prompt.endswith("storage bag. part1 of it.")
    starts = [word.start_sec for word in heard.words]
    assert starts == sorted(starts)
    assert 4 <= starts[3] <= 8
    assert heard.words[-1].end_sec <= 50


@pytest.mark.slow
def test_partials_of_long_talk_read_only_what_is_new_since_a_pause() -> None:
    model = ScriptedModel([lambda call: Reading(f"{round(call.samples / EAR_RATE_HZ)} sec", (1, 2), -0.1, 0.0)])
    reader = WhisperReader(lambda: model, EN)
    pcm = long_talk(18)
    for end in range(EAR_RATE_HZ, len(pcm) + 1, EAR_RATE_HZ):
        partial = reader.partial(pcm[:end])
        assert partial is None or all(word.end_sec <= end / EAR_RATE_HZ for word in partial.words)
    assert max(call.samples for call in model.calls) <= 11 * EAR_RATE_HZ
    assert {call.window for call in model.calls} == {PARTIAL}
    assert any(call.prompt.endswith("sec") for call in model.calls)
    before = len(model.calls)
    reader.final(pcm)
    read = sum(call.samples for call in model.calls[before:])
    assert read > 16 * EAR_RATE_HZ  # the final reads it all, whatever partials left behind


def trimmed(pcm: Int16Array) -> Int16Array:
    loud = np.flatnonzero(np.abs(pcm) > 300)
    return pcm[loud[0] : loud[-1]]


def paused(gap_sec: float) -> tuple[Int16Array, int]:
    """Return two sentences with a gap between them, and where a pause is noticed in it."""
    first, second = trimmed(said(BUDGET, "en")), trimmed(said(SHOW, "en"))
    noticed = len(first) + EAR_RATE_HZ // 10
    return np.concatenate([first, np.zeros(round(gap_sec * EAR_RATE_HZ), np.int16), second]), noticed


@pytest.mark.parametrize(("gap_sec", "is_kept"), [(0.6, True), (0.15, False)])
def test_final_words_before_a_pause_are_kept_once_speech_has_gone_on_after_it(
    monkeypatch: pytest.MonkeyPatch, gap_sec: float, is_kept: bool
) -> None:
    monkeypatch.setattr(growing, "SETTLE_SAMPLES", EAR_RATE_HZ)
    model = ScriptedModel([gives("Ten a day."), gives("Let me show you.")])
    reader = WhisperReader(lambda: model, EN)
    pcm, noticed = paused(gap_sec)
    assert reader.final(pcm[:noticed]).text == "Ten a day"
    heard = reader.final(pcm)
    assert heard.text == ("Ten a day. Let me show you" if is_kept else "Let me show you")
    assert (model.calls[1].samples < len(pcm) - noticed + EAR_RATE_HZ // 2) is is_kept
    assert (model.calls[1].prompt == "Ten a day.") is is_kept
    assert reader.final(pcm).text == heard.text
    if is_kept:
        assert heard.words[3].start_sec > noticed / EAR_RATE_HZ


def test_a_short_part_before_a_pause_is_read_again_with_what_follows() -> None:
    model = ScriptedModel([gives("So."), gives("So let me show you.")])
    reader = WhisperReader(lambda: model, EN)
    show = said(SHOW, "en")
    pcm = np.concatenate([show[: EAR_RATE_HZ // 2], np.zeros(EAR_RATE_HZ // 2, np.int16), show])
    reader.final(pcm[: 6 * EAR_RATE_HZ // 10])
    assert reader.final(pcm).text == "So let me show you"


def test_a_kept_mark_waits_for_the_words_that_follow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growing, "SETTLE_SAMPLES", EAR_RATE_HZ)
    dense = gives(" ".join(map(str, range(80))), tokens=tuple(range(200)))
    model = ScriptedModel([gives("Ten a day."), gives("Amara.org"), *[dense] * 3, gives("Let me show you.")])
    reader = WhisperReader(lambda: model, EN)
    pcm, noticed = paused(0.6)
    assert reader.final(pcm[:noticed]).text == "Ten a day"
    assert [reader.final(pcm).text for _ in range(3)] == ["Ten a day", "Ten a day", "Ten a day. Let me show you"]


def test_the_mark_between_chinese_words_is_a_chinese_one() -> None:
    before = Settled(1, (HeardWord("买", 0, 1),), "。")
    five = (HeardWord("5", 1, 2),)
    assert [word.text for word in before.then(five)] == ["买。", "5"]
    assert before.then(()) == before.words
    marked = Settled(1, (HeardWord("买！", 0, 1),), "。")
    assert [word.text for word in marked.then(five)] == ["买！", "5"]


def test_a_word_too_short_to_be_read_alone_is_read_with_those_before_the_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growing, "SETTLE_SAMPLES", EAR_RATE_HZ)
    model = ScriptedModel([gives("Ten a day."), gives("Ten a day, yes.")])
    reader = WhisperReader(lambda: model, EN)
    pcm, noticed = paused(0.6)
    after = noticed + 6 * EAR_RATE_HZ // 10
    reader.final(pcm[:noticed])
    assert reader.final(pcm[:after]).text == "Ten a day, yes"
    assert model.calls[1].samples > noticed


def test_what_lies_before_a_pause_is_read_by_itself_where_nobody_asked_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growing, "SETTLE_SAMPLES", EAR_RATE_HZ)
    model = ScriptedModel([gives("Ten a day."), gives("Let me show you.")])
    pcm, noticed = paused(0.6)
    assert WhisperReader(lambda: model, EN).final(pcm).text == "Ten a day. Let me show you"
    assert all(call.samples < noticed + EAR_RATE_HZ // 2 for call in model.calls)


def test_while_nobody_goes_on_a_pause_settles_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growing, "SETTLE_SAMPLES", EAR_RATE_HZ)
    model = ScriptedModel([gives("Ten a day."), gives("Ten a day, every day.")])
    reader = WhisperReader(lambda: model, EN)
    pcm, noticed = paused(0.6)
    reader.final(pcm[:noticed])
    assert reader.final(pcm[: noticed + EAR_RATE_HZ // 4]).text == "Ten a day, every day"


@pytest.mark.slow
def test_what_is_settled_is_not_read_again() -> None:
    model = ScriptedModel([lambda call: Reading("a part.", (1, 2), -0.1, 0.0)])
    reader = WhisperReader(lambda: model, EN)
    pcm = long_talk(30)
    reader.partial(pcm)
    assert model.calls[0].samples > 10 * EAR_RATE_HZ
    heard = reader.final(pcm)
    settled = len(model.calls)
    assert reader.final(pcm).text == heard.text
    assert len(model.calls) <= settled + 1
    assert all(call.samples < LONGEST_SAMPLES / 2 for call in model.calls[1:])


def test_a_language_that_the_model_lacks_is_told() -> None:
    with pytest.raises(EngineError, match="English only"):
        final(ScriptedModel([gives("x")]), hints=RecognitionHints("zh"))
