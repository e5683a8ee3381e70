"""What the recognition benchmark counts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from audio.asr.whisper_model import load
from audio.asr.whisper_window import PARTIAL
from coach.errors import InputError
from coach.settings import EngineSettings, Settings
from evals import asr
from evals.asr_run import Heard, Ran
from evals.asr_score import Errors, errors, scored_units, surviving, total
from evals.random_whisper import SHAPES, Shape, write_model
from evals.recordings import Recording
from tests.audio.phrases import BUDGET, YUSUAN, micro_whisper, said


@pytest.mark.parametrize(
    ("text", "language", "units"),
    [
        ("It's $29.90, really!", "en", "it's twenty nine ninety dollars really"),
        ("99 percent", "en", "ninety nine percent"),
        ("这款89元,真的。", "zh", "这 款 八 十 九 元 真 的"),
        ("這款 ¥89,50%的棉!", "zh", "这 款 八 十 九 元 百 分 之 五 十 的 棉"),
        ("我们的CloudSync很好", "zh", "我 们 的 cloudsync 很 好"),
        ("……", "zh", ""),
    ],
)
def test_text_is_compared_as_it_is_spoken(text: str, language: str, units: str) -> None:
    assert " ".join(scored_units(text, language)) == units


@pytest.mark.parametrize(
    ("transcript", "heard", "language", "expected"),
    [
        ("The price is 99 dollars.", "the price is ninety nine dollars", "en", Errors(6)),
        ("one two three four", "one too three", "en", Errors(4, 1, 0, 1)),
        ("one", "one more time", "en", Errors(1, 0, 2, 0)),
        ("我理解预算", "我里解预算吧", "zh", Errors(5, 1, 1, 0)),
        ("", "words out of nothing", "en", Errors(0, 0, 4, 0)),
        ("all of it", "", "en", Errors(3, 0, 0, 3)),
    ],
)
def test_errors_are_the_fewest_edits(transcript: str, heard: str, language: str, expected: Errors) -> None:
    assert errors(transcript, heard, language) == expected


def test_a_long_recording_weighs_as_much_as_it_says() -> None:
    both = total([Errors(1, 1, 0, 0), Errors(99)])
    assert both.rate == 0.01
    assert Errors().rate is None


@pytest.mark.parametrize(
    ("partials", "final", "kept", "shown"),
    [
        (["I", "I understand"], "I understand the budget", 3, 3),
        (["eye", "I understand"], "I understand the budget", 2, 3),
        (["the budget is"], "the price is", 2, 3),
        (["one two"], "", 0, 2),
        ([], "I understand", 0, 0),
    ],
)
def test_partial_words_survive_in_their_order(partials: list[str], final: str, kept: int, shown: int) -> None:
    assert surviving(partials, final, "en") == (kept, shown)


def heard(kind: str, transcript: str, final: str, *, delay: float = 100.0, error: str = "") -> Heard:
    partials = ((0.9, final.split()[0]),) if final else ()
    return Heard("clip", "en" if kind == "noise" else kind, kind, 2.0, transcript, final, partials, delay, 200.0, error)


def test_figures_of_an_engine_by_language_and_over_noise() -> None:
    ran = Ran(
        [
            heard("en", "one two three four", "one two three five"),
            heard("en", "six", "six", delay=300.0),
            heard("en", "seven", "", error="it died"),
            heard("noise", "", ""),
            heard("noise", "", "thank you"),
        ],
        {"zh": "English only"},
        cpu_sec=1.0,
        played_sec=10.0,
    )
    summary = asr.summary_of(ran)
    assert set(summary) == {"en", "noise", "cpu_core_share", "errors"}
    english = summary["en"]
    assert (english["recordings"], english["units"], english["wer"]) == (3, 6, round(2 / 6, 4))
    assert (english["substitutions"], english["deletions"], english["empty"]) == (1, 1, 1)
    assert english["partial_stability"] == 1.0
    assert english["final_delay_ms"]["n"] == 2
    assert english["first_partial_ms"]["p50"] == 900
    assert english["real_time_factor"] == 0.1
    assert summary["noise"] == {"recordings": 2, "with_words_rate": 0.5}
    assert (summary["cpu_core_share"], summary["errors"]) == (0.1, 1)


def recording(language: str, transcript: str, number: int) -> Recording:
    return Recording(f"{language}/{number}.wav", Path("x"), language, transcript, frozenset())


def test_only_what_can_be_judged_is_played_and_few_are_spread_over_all() -> None:
    found = [recording("en", "words", number) for number in range(10)]
    found += [recording("en", " ", 99), recording("noise", "", 1), recording("zh", "字", 1)]
    assert len(asr.select(found, None)) == 12
    assert [one.name for one in asr.select(found[:10], 3)] == ["en/0.wav", "en/3.wav", "en/6.wav"]
    assert asr.select(found[10:12], 1) == [found[11]]


def test_results_name_no_place_of_this_machine() -> None:
    assert asr.label("faster-whisper@/models/whisper-base/") == "faster-whisper@whisper-base"
    assert asr.label("openai@http://10.0.0.1/v1") == "openai"
    assert asr.label("pocketsphinx") == "pocketsphinx"


def test_wrong_names_are_answered_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Unknown shape 'huge'"):
        asr.main(["--engines", "", "--shapes", "huge"])
    with pytest.raises(InputError, match="Unknown recogniser 'magic'"):
        asr.build("magic", Settings(), 1)
    with pytest.raises(InputError, match="models pull"):
        asr.build("faster-whisper", Settings(engines=EngineSettings(models_dir=tmp_path)), 1)
    with pytest.raises(InputError, match="expected recordings below"):
        asr.main(["--audio", str(tmp_path)])


@pytest.mark.slow
def test_the_command_measures_a_folder_of_recordings(tmp_path: Path) -> None:
    import wave

    for language, text in (("en", BUDGET), ("zh", YUSUAN)):
        (tmp_path / "audio" / language).mkdir(parents=True)
        with wave.open(str(tmp_path / "audio" / language / "one.wav"), "wb") as file:
            file.setparams((1, 2, 16000, 0, "NONE", ""))
            file.writeframes(said(text, language).tobytes())
        (tmp_path / "audio" / language / "one.txt").write_text(text, encoding="utf-8")
    engine = f"faster-whisper@{micro_whisper()}"
    arguments = ["--engines", engine, "--audio", str(tmp_path / "audio"), "--out", str(tmp_path), "--speed", "20"]
    assert asr.main(arguments) == 0
    assert asr.main([*arguments, "--known"]) == 0
    assert json.loads((tmp_path / "asr_known.json").read_text())["summary"]
    result = json.loads((tmp_path / "asr.json").read_text())
    figures = result["summary"]["faster-whisper@micro-whisper"]
    assert (figures["en"]["wer"], figures["zh"]["cer"]) == (0, 0)
    assert figures["zh"]["final_delay_ms"]["n"] == 1
    assert (tmp_path / "asr.md").is_file()


@pytest.mark.slow
def test_random_weights_load_and_give_as_many_tokens_as_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SHAPES, "small", Shape(64, 1, 2))  # the true layout at a size that a test can afford
    model = load(write_model("small", tmp_path / "model"), "cpu", "auto", 1)
    model.require("zh")
    sound = model.encode(said(BUDGET, "en"), PARTIAL)
    reading = model.read(sound, "zh", model.tokens("Live now."), 12)
    assert 12 <= len(reading.tokens) <= 13
    assert model.align(sound, "zh", reading)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ([], "bench asr --engines moonshine,pocketsphinx"),
        (["--limit", "24", "--language", "en"], "bench asr --engines moonshine,pocketsphinx --language en --limit 24"),
        (["--engines", "faster-whisper@somewhere/micro"], "bench asr --engines faster-whisper@micro"),
        (["--engines", "pocketsphinx", "--known"], "bench asr --engines pocketsphinx --known"),
    ],
)
def test_a_result_tells_what_was_asked_for(given: list[str], told: str) -> None:
    options = asr._parser().parse_args(given)
    assert asr._command(options.engines.split(","), options) == told
