"""Words written on onnxruntime: the same as CTranslate2 writes, with a draft and without, on the micro Whisper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from audio.asr.ctranslate2_weights import Floats, Weights
from audio.asr.whisper_decoder import Decoder
from audio.asr.whisper_graph import layers_of
from audio.asr.whisper_model import Encoded, Whisper, load
from audio.asr.whisper_window import FINAL
from tests.audio.phrases import BUDGET, JIAGE, SHOW, YUSUAN, micro_whisper, said
from tests.audio.weights import weights

MOST = 40
PHRASES = [("en", BUDGET), ("en", SHOW), ("zh", YUSUAN), ("zh", JIAGE)]


@pytest.fixture(scope="module")
def whisper() -> Whisper:
    return load(micro_whisper(), "cpu", "auto", 1)


@pytest.fixture(scope="module")
def plain() -> Whisper:
    """The same model with words by CTranslate2: whoever names a compute type gets just that."""
    return load(micro_whisper(), "cpu", "int8", 1)


def heard(whisper: Whisper, language: str, phrase: str) -> Encoded:
    return whisper.encode(said(phrase, language), FINAL)


@pytest.mark.parametrize(("language", "phrase"), PHRASES)
def test_it_writes_what_ctranslate2_writes_and_is_as_sure(
    whisper: Whisper, plain: Whisper, language: str, phrase: str
) -> None:
    assert (whisper.writes_itself, plain.writes_itself) == (True, False)
    sound = heard(whisper, language, phrase)
    ours, theirs = (one.read(sound, language, [], MOST) for one in (whisper, plain))
    assert (ours.text, ours.tokens) == (theirs.text, theirs.tokens)
    assert ours.logprob == pytest.approx(theirs.logprob, abs=0.1)
    assert ours.no_speech == pytest.approx(theirs.no_speech, abs=0.05)


@pytest.mark.parametrize(("language", "phrase"), PHRASES)
def test_a_draft_changes_nothing(whisper: Whisper, language: str, phrase: str) -> None:
    sound = heard(whisper, language, phrase)
    written = whisper.read(sound, language, [], MOST)
    right, other = written.tokens, (*whisper.tokens("no, not that"), *written.tokens)
    for draft in (right, right[:3], right + right, (*right[:2], *other), other, tuple(range(500))):
        again = whisper.read(sound, language, [], MOST, draft)
        assert again.tokens == right
        assert again.logprob == pytest.approx(written.logprob, abs=0.01)


def test_a_right_draft_takes_one_run(whisper: Whisper, monkeypatch: pytest.MonkeyPatch) -> None:
    sound = heard(whisper, "en", BUDGET)
    tokens = whisper.read(sound, "en", [], MOST).tokens
    step, runs = Decoder.step, list[int]()

    def counted(self: Decoder, given: dict[str, NDArray[Any]]) -> tuple[Floats, dict[str, Floats]]:
        runs.append(len(given["words"]))
        return step(self, given)

    monkeypatch.setattr(Decoder, "step", counted)
    assert whisper.read(sound, "en", [], MOST, tokens).tokens == tokens
    assert len(runs) == 1
    runs.clear()
    whisper.read(sound, "en", [], MOST)
    assert len(runs) == len(tokens) + 1


@pytest.mark.parametrize("most", [0, 1, 3])
def test_no_more_tokens_are_written_than_asked_for(whisper: Whisper, most: int) -> None:
    sound = heard(whisper, "en", BUDGET)
    tokens = whisper.read(sound, "en", [], MOST).tokens
    for draft in ((), tokens):
        assert whisper.read(sound, "en", [], most, draft).tokens == tokens[:most]


@pytest.mark.parametrize(
    "draft", [(), (1, 2, 3), tuple(range(60))], ids=["no draft", "short", "longer than the places"]
)
def test_where_the_places_end_writing_ends(
    whisper: Whisper, monkeypatch: pytest.MonkeyPatch, draft: tuple[int, ...]
) -> None:
    sound, places = heard(whisper, "en", BUDGET), 4 + 6
    tokens = whisper.read(sound, "en", [], MOST).tokens
    decoder = Decoder(micro_whisper())
    monkeypatch.setattr(decoder, "_places", decoder._places[:places])
    small = Whisper(whisper._model, "cpu", decoder)
    assert small.read(sound, "en", [], MOST, draft).tokens == tokens[:7]


def test_what_the_model_never_writes_is_not_written(whisper: Whisper) -> None:
    sound = heard(whisper, "en", BUDGET)
    tokens = whisper.read(sound, "en", [], MOST).tokens
    decoder = Decoder(micro_whisper())
    assert decoder.never == []
    decoder.never = [tokens[2]]
    without = Whisper(whisper._model, "cpu", decoder)
    assert without.read(sound, "en", [], MOST).tokens[:2] == tokens[:2]
    assert tokens[2] not in without.read(sound, "en", [], MOST, tokens).tokens
    decoder.never, decoder.begins = [], [tokens[0]]
    assert without.read(sound, "en", [], MOST, tokens).tokens[0] != tokens[0]


@pytest.mark.parametrize(
    "data", [weights(), weights(variables=0), b"no weights at all"], ids=["other", "none", "foreign"]
)
def test_a_file_without_a_decoder_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    (tmp_path / "model.bin").write_bytes(data)
    with pytest.raises((ValueError, KeyError)):
        Decoder(tmp_path)


class Told(Weights):
    """Settings alone."""

    def __init__(self, **settings: int) -> None:
        self._settings = {"decoder/layer_0/ffn/linear_0/weight": 0, "decoder/layer_1/ffn/linear_0/weight": 0}
        self._settings |= {f"decoder/{name}": value for name, value in settings.items()}

    def __contains__(self, name: str) -> bool:
        return name in self._settings

    def number(self, name: str) -> int:
        return self._settings[name]


def test_layers_are_counted() -> None:
    assert layers_of(Told(activation=3, alibi=0, pre_norm=1, start_from_zero_embedding=0)) == 2
    assert layers_of(Weights(micro_whisper() / "model.bin")) == 2


@pytest.mark.parametrize(
    ("setting", "value"), [("activation", 0), ("alibi", 1), ("pre_norm", 0), ("start_from_zero_embedding", 1)]
)
def test_a_decoder_of_another_kind_is_refused(setting: str, value: int) -> None:
    with pytest.raises(ValueError, match=f"decoder/{setting} to be"):
        layers_of(Told(**{setting: value}))


@pytest.mark.parametrize("where", [".single_threaded", ".Decoder.step"], ids=["at its making", "at its first run"])
def test_where_onnxruntime_does_not_take_it_ctranslate2_writes(
    monkeypatch: pytest.MonkeyPatch, plain: Whisper, where: str
) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("no such operator")

    monkeypatch.setattr("audio.asr.whisper_decoder" + where, fails)
    whisper = load(micro_whisper(), "cpu", "auto", 1)
    assert not whisper.writes_itself
    sound = heard(whisper, "en", BUDGET)
    assert whisper.read(sound, "en", [], MOST, (1, 2)) == plain.read(sound, "en", [], MOST)


def test_more_threads_are_ctranslate2s() -> None:
    assert not load(micro_whisper(), "cpu", "auto", 2).writes_itself


def test_rows_hardly_depend_on_what_is_read_beside_them(whisper: Whisper) -> None:
    """Else a draft could change what is written."""
    assert whisper.writes_itself
    decoder = Decoder(micro_whisper())
    sound = np.array(heard(whisper, "zh", YUSUAN).memory, np.float32)[0]
    kept, tokens = decoder.of_sound(sound), [902, 904, 906, 910, 5, 6, 7]
    mask = np.triu(np.full((7, 7), -1e9, np.float32), 1)
    rows = np.arange(7)
    together, _ = decoder.step({**kept, "words": decoder.vectors(tokens, 0), "mask": mask, "rows": rows})
    for at, token in enumerate(tokens):
        words, free = decoder.vectors([token], at), np.zeros((1, at + 1), np.float32)
        alone, past = decoder.step({**kept, "words": words, "mask": free, "rows": rows[:1]})
        kept |= past
        np.testing.assert_allclose(alone[0], together[at], atol=0.2)
