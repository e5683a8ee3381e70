"""Moonshine: the files of its package, its network on recorded people, and the reader's rules on a scripted network."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from audio import engine_choice
from audio.asr import moonshine
from audio.asr.moonshine import MoonshineRecognizer
from audio.asr.moonshine_files import model_folder, read_tokens
from audio.asr.moonshine_model import MoonshineModel, Said
from audio.asr.moonshine_reader import MoonshineReader
from audio.engine_choice import Choice, hears
from audio.engines import choose
from coach.errors import EngineError, MissingPart
from coach.ports import EAR_RATE_HZ, Int16Array, RecognitionHints
from evals.asr_score import errors, total
from tests.audio.phrases import SHOW, said
from tests.audio.recognizer_engines import recording
from tests.data import manifest, needs_test_data

MOST_TOKENS = 400


@pytest.fixture(scope="module")
def model() -> MoonshineModel:
    folder = model_folder()
    if folder is None:
        pytest.skip("no wheel of moonshine-voice for this machine")
    return MoonshineModel(folder)


# --- files --------------------------------------------------------------------------------------------------------


def test_tokens_of_one_and_two_bytes_of_length_are_read(tmp_path: Path) -> None:
    long = b"x" * 300
    path = tmp_path / "tokenizer.bin"
    path.write_bytes(b"\x00" + b"\x02ab" + bytes([300 % 128 + 128, 300 // 128]) + long)
    assert read_tokens(path) == [b"", b"ab", long]


def test_a_token_file_that_breaks_off_is_told(tmp_path: Path) -> None:
    path = tmp_path / "tokenizer.bin"
    path.write_bytes(b"\x05ab")
    with pytest.raises(EngineError, match=r"tokenizer\.bin is damaged"):
        read_tokens(path)


def test_files_of_something_else_are_told(tmp_path: Path) -> None:
    for name in ("encoder_model.ort", "decoder_model_merged.ort", "tokenizer.bin"):
        (tmp_path / name).write_bytes(b"no network")
    with pytest.raises(EngineError, match="cannot be read"):
        MoonshineModel(tmp_path)


async def test_without_the_package_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moonshine, "model_folder", lambda: None)
    recognizer = MoonshineRecognizer()
    with pytest.raises(EngineError, match="uv sync --extra voice"):
        await recognizer.prepare(RecognitionHints("en"))
    await recognizer.aclose()


def test_a_package_that_carries_no_model_leaves_english_to_the_next_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_choice, "model_folder", lambda: None)
    heard = hears(Choice(), "en", lambda package: True)
    assert heard is not None
    assert heard.engine == "pocketsphinx"
    with pytest.raises(MissingPart, match="this version of it carries none"):
        choose(Choice(recognizer="moonshine"))


async def test_it_hears_no_chinese() -> None:
    recognizer = MoonshineRecognizer()
    with pytest.raises(EngineError, match="expected language 'en', got 'zh'"):
        await recognizer.prepare(RecognitionHints("zh"))
    await recognizer.aclose()


# --- the network --------------------------------------------------------------------------------------------------


@pytest.mark.slow
@needs_test_data
def test_a_draft_saves_work_and_never_changes_what_is_read(model: MoonshineModel) -> None:
    sound = recording("en/icefall_voices_sp0307.wav")
    tokens = [one.token for one in model.read(sound, [], MOST_TOKENS)]
    part = [one.token for one in model.read(sound[: len(sound) // 2], [], MOST_TOKENS)]
    wrong = [*tokens[:4], tokens[0], tokens[1]]
    for draft in (tokens, tokens[:5], part, wrong, [*tokens, tokens[2]], [7] * 20):
        again = model.read(sound, draft, MOST_TOKENS)
        assert [one.token for one in again] == tokens, draft


@pytest.mark.slow
@needs_test_data
def test_no_more_tokens_come_than_were_asked_for(model: MoonshineModel) -> None:
    sound = recording("en/icefall_voices_sp0307.wav")
    tokens = [one.token for one in model.read(sound, [], MOST_TOKENS)]
    assert [one.token for one in model.read(sound, [], 3)] == tokens[:3]
    assert [one.token for one in model.read(sound, tokens, 3)] == tokens[:3]


@pytest.mark.slow
@needs_test_data
def test_recorded_people_are_understood(model: MoonshineModel) -> None:
    """The bound is four points above what was measured, 12 % of the words of 26 recordings."""
    clips = [clip for clip in manifest() if clip.language == "en" and clip.transcript and "asr" in clip.tags]
    clips = [clip for clip in clips if clip.duration_sec < 8]
    assert len(clips) > 20
    heard = [
        errors(clip.transcript, MoonshineReader(lambda: model).final(recording(clip.name)).text, "en") for clip in clips
    ]
    assert (total(heard).rate or 1.0) < 0.16


# --- the reader ---------------------------------------------------------------------------------------------------


class ScriptedNetwork:
    """Gives a text, token by token, each with the same share."""

    def __init__(self, *pieces: str, share: float = 0.9) -> None:
        self.pieces = pieces
        self.share = share
        self.drafts: list[Sequence[int]] = []

    def read(self, pcm: Int16Array, draft: Sequence[int], most: int) -> list[Said]:
        self.drafts.append(tuple(draft))
        return [Said(token, self.share) for token in range(len(self.pieces))][:most]

    def text(self, tokens: Sequence[int]) -> str:
        return "".join(self.pieces[token] for token in tokens)


def test_words_have_times_in_the_speech_and_the_networks_confidence() -> None:
    network = ScriptedNetwork(" This", " sh", "irt", ".")
    pcm = said(SHOW, "en")
    heard = MoonshineReader(lambda: network).final(pcm)
    assert heard.text == "This shirt"
    assert [word.text for word in heard.words] == ["This", "shirt"]
    assert all(word.confidence == pytest.approx(0.9) for word in heard.words)
    assert 0 < heard.words[0].start_sec < heard.words[-1].end_sec < len(pcm) / EAR_RATE_HZ


@pytest.mark.parametrize(("end", "kept"), [(".", ""), (",", ""), ("?", "?"), ("...", "...")])
def test_a_stop_or_comma_where_the_sound_ends_says_nothing_and_goes(end: str, kept: str) -> None:
    network = ScriptedNetwork(" This", " shirt", end)
    assert MoonshineReader(lambda: network).final(said(SHOW, "en")).text == f"This shirt{kept}"


def test_words_that_the_network_itself_doubts_are_none() -> None:
    network = ScriptedNetwork(" Good", " day", share=0.3)
    assert MoonshineReader(lambda: network).final(said(SHOW, "en")).text == ""


def test_a_loop_ends_after_its_first_turn() -> None:
    network = ScriptedNetwork(" we", *[" do"] * 60)
    heard = MoonshineReader(lambda: network).final(said(SHOW, "en"))
    assert heard.text == "we do"
    assert all(word.confidence is None for word in heard.words)


def test_the_last_reading_is_the_draft_of_the_next() -> None:
    network = ScriptedNetwork(" This", " shirt")
    reader, pcm = MoonshineReader(lambda: network), said(SHOW, "en")
    reader.partial(pcm[: len(pcm) // 2])
    reader.final(pcm)
    assert network.drafts == [(), (0, 1)]


def test_a_partial_makes_way_for_somebody_who_waits() -> None:
    network = ScriptedNetwork(" This", " shirt")
    assert MoonshineReader(lambda: network, lambda: True).partial(said(SHOW, "en")) is None
    assert not network.drafts


@pytest.mark.parametrize("pcm", [said(SHOW, "en")[:0], said(SHOW, "en")[:400]], ids=["nothing", "a click"])
def test_without_speech_nothing_is_read(pcm: Int16Array) -> None:
    network = ScriptedNetwork(" You")
    assert MoonshineReader(lambda: network).final(pcm).text == ""
    assert not network.drafts
