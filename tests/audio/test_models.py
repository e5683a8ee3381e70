from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from audio.machine import Machine, this_machine
from audio.model_catalogue import CatalogueModel, catalogue, find, recommended
from audio.models import SPEEDS, Models
from coach.errors import InputError

DESK = Machine(cores=4, memory_gb=16.0, gpu=False, processor="Some CPU")
SMALL = Machine(cores=1, memory_gb=1.0, gpu=False)
WITH_CARD = Machine(cores=8, memory_gb=32.0, gpu=True)


def put(folder: Path, model_id: str, *names: str) -> Path:
    """Copy a model by hand, as far as the names of its files go."""
    home = folder / model_id
    home.mkdir(parents=True, exist_ok=True)
    for name in names or [file.name for file in find(model_id).files]:
        (home / name).write_bytes(b"x")
    return home


def put_voice(folder: Path, name: str, settings: object) -> Path:
    home = folder / name
    home.mkdir(parents=True)
    (home / f"{name}.onnx").write_bytes(b"x")
    (home / f"{name}.onnx.json").write_text(json.dumps(settings), encoding="utf-8")
    return home / f"{name}.onnx"


# --- the catalogue ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", catalogue(), ids=lambda model: model.id)
def test_every_entry_can_be_fetched_checked_and_explained(model: CatalogueModel) -> None:
    assert re.fullmatch(r"[0-9a-f]{40}", model.revision)
    assert model.licence
    assert model.about_zh
    assert model.about_en
    for file in model.files:
        assert re.fullmatch(r"[0-9a-f]{64}", file.sha256), file.name
        assert file.size > 0
    assert model.files[-1].size == max(file.size for file in model.files)
    assert model.url(model.files[0], "https://mirror.example/").startswith(
        f"https://mirror.example/{model.repo}/resolve/"
    )


def test_the_catalogue_has_a_recogniser_and_voices_for_both_languages() -> None:
    for language in ("zh", "en"):
        ports = {model.port for model in catalogue() if language in model.languages}
        assert ports == {"recognizer", "synthesizer"}
    assert len({model.id for model in catalogue()}) == len(catalogue())


@pytest.mark.parametrize(
    ("machine", "recogniser", "voice"),
    [
        (DESK, "faster-whisper-base", "zh_CN-huayan-medium"),
        (SMALL, "faster-whisper-tiny", "zh_CN-huayan-x_low"),
        (WITH_CARD, "faster-whisper-small", "zh_CN-huayan-medium"),
    ],
)
def test_what_is_recommended_follows_the_machine(machine: Machine, recogniser: str, voice: str) -> None:
    assert [model.id for model in recommended(("zh",), machine)] == [recogniser, voice]


def test_english_viewers_get_a_woman_and_a_man() -> None:
    assert {model.gender for model in recommended(("en",), DESK)[1:]} == {"female", "male"}


def test_an_unknown_model_is_answered_with_the_names() -> None:
    with pytest.raises(InputError, match=r"Unknown model 'magic'\. Known: faster-whisper-tiny"):
        find("magic")


def test_this_machine_is_looked_at_without_loading_anything() -> None:
    machine = this_machine()
    assert machine.cores >= 1
    assert f"{machine.cores} cores" in machine.fingerprint


# --- the folder -------------------------------------------------------------------------------------------------


def test_an_absent_folder_holds_no_models(tmp_path: Path) -> None:
    models = Models(tmp_path / "none", machine=DESK)
    assert models.found() == []
    assert models.best("recognizer", "zh") is None
    assert models.fitting("synthesizer", "en") == []


def test_a_model_copied_by_hand_is_there_when_its_last_file_is(tmp_path: Path) -> None:
    models = Models(tmp_path, machine=DESK)
    names = [file.name for file in find("faster-whisper-base").files]
    for name in names:
        assert models.present("faster-whisper-base") is None
        home = put(tmp_path, "faster-whisper-base", name)
    assert models.present("faster-whisper-base") == home
    assert models.missing(find("faster-whisper-base")) == []
    (home / "model.bin").write_bytes(b"")
    assert models.present("faster-whisper-base") is None


def test_unfinished_downloads_are_no_models(tmp_path: Path) -> None:
    put(tmp_path / ".partial", "faster-whisper-base")
    put(tmp_path, ".partial", "config.json", "tokenizer.json", "model.bin", "vocabulary.txt")
    assert Models(tmp_path, machine=DESK).found() == []


@pytest.mark.parametrize(
    ("machine", "measured", "chosen"),
    [
        (DESK, {}, "faster-whisper-base"),
        (WITH_CARD, {}, "faster-whisper-small"),
        (DESK, {"faster-whisper-small": 0.3}, "faster-whisper-small"),
        (DESK, {"faster-whisper-base": 0.8}, "faster-whisper-tiny"),
        (DESK, {"faster-whisper-base": 0.8, "faster-whisper-tiny": 0.6}, "faster-whisper-tiny"),
    ],
)
def test_the_best_recogniser_is_the_most_accurate_that_keeps_up(
    tmp_path: Path, machine: Machine, measured: dict[str, float], chosen: str
) -> None:
    for size in ("tiny", "base", "small"):
        put(tmp_path, f"faster-whisper-{size}")
    models = Models(tmp_path, machine=machine)
    for model_id, seconds in measured.items():
        models.remember_speed(model_id, seconds)
    assert models.best("recognizer", "zh") == tmp_path / chosen
    assert models.best("recognizer", "en") == tmp_path / chosen


def test_the_only_recogniser_is_taken_even_if_slow(tmp_path: Path) -> None:
    put(tmp_path, "faster-whisper-small")
    assert Models(tmp_path, machine=DESK).best("recognizer", "zh") == tmp_path / "faster-whisper-small"


def test_a_speed_measured_on_another_machine_does_not_count(tmp_path: Path) -> None:
    Models(tmp_path, machine=WITH_CARD).remember_speed("faster-whisper-base", 9.0)
    assert Models(tmp_path, machine=DESK).keeps_up("faster-whisper-base")
    assert not Models(tmp_path, machine=WITH_CARD).keeps_up("faster-whisper-base")


@pytest.mark.parametrize("text", ["", "[]", "{", '{"machine": 1}', '{"machine": "Some CPU, 4 cores", "final_sec": 3}'])
def test_a_damaged_record_of_speeds_is_passed_over(tmp_path: Path, text: str) -> None:
    (tmp_path / SPEEDS).write_text(text, encoding="utf-8")
    assert Models(tmp_path, machine=DESK).keeps_up("faster-whisper-base")


def test_voices_come_best_first_and_by_language(tmp_path: Path) -> None:
    for name in ("en_US-joe-medium", "en_US-norman-medium", "zh_CN-huayan-medium"):
        put(tmp_path, name)
    models = Models(tmp_path, machine=DESK)
    assert [one.weights.name for one in models.fitting("synthesizer", "en")] == [
        "en_US-norman-medium.onnx",
        "en_US-joe-medium.onnx",
    ]
    assert models.best("synthesizer", "zh") == tmp_path / "zh_CN-huayan-medium" / "zh_CN-huayan-medium.onnx"


@pytest.mark.parametrize(
    ("settings", "languages"),
    [
        ({"language": {"code": "zh_CN"}}, {"zh"}),
        ({"espeak": {"voice": "cmn"}}, {"zh"}),
        ({"espeak": {"voice": "en-us"}}, {"en"}),
        ({"espeak": {"voice": "de"}}, set()),
        ([], set()),
    ],
)
def test_a_voice_of_ones_own_is_known_by_its_settings(tmp_path: Path, settings: object, languages: set[str]) -> None:
    voice = put_voice(tmp_path, "mine", settings)
    models = Models(tmp_path, machine=DESK)
    assert {
        language
        for language in ("zh", "en")
        if [one.weights for one in models.fitting("synthesizer", language)] == [voice]
    } == languages


def test_a_recogniser_of_ones_own_comes_after_those_of_the_catalogue(tmp_path: Path) -> None:
    names = ("config.json", "tokenizer.json", "vocabulary.json", "model.bin")
    own, english = put(tmp_path, "my-whisper", *names), put(tmp_path, "my-whisper.en", *names)
    models = Models(tmp_path, machine=DESK)
    assert models.best("recognizer", "zh") == own
    assert models.best("recognizer", "en") in (own, english)
    put(tmp_path, "faster-whisper-tiny")
    assert models.best("recognizer", "zh") == tmp_path / "faster-whisper-tiny"


def test_verifying_tells_the_state_of_each_file(tmp_path: Path) -> None:
    model = find("zh_CN-huayan-x_low")
    put(tmp_path, model.id)
    settings, weights = model.files
    home = tmp_path / model.id
    (home / settings.name).write_bytes(b"0" * settings.size)
    (home / weights.name).unlink()
    states = {file.name: state for file, state in Models(tmp_path, machine=DESK).verify(model)}
    assert states == {settings.name: "checksum", weights.name: "missing"}
