"""`models` from the command line: a hub on this machine, its faults, and no hub at all."""

from __future__ import annotations

import sys
from hashlib import sha256
from pathlib import Path
from typing import get_args

import pytest
import yaml

import run_coach
from audio import model_catalogue
from audio.model_download import Fault
from audio.models import Models
from commands.models import _wanted
from commands.texts import Say
from tests.audio.hub import REPO, REVISION, Hub, serving
from tests.audio.test_engines import put_whole_voice
from tests.audio.test_models import DESK
from tests.commands.running import coach

FILES = {"config.json": b"{}", "tokenizer.json": b"[]", "vocabulary.txt": b"a\n", "model.bin": b"weights" * 99}

PACKAGE = "some-model==1.0.0"


@pytest.fixture
def small_catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the catalogue hold one small model, and models go to a folder of the test."""
    entry = {
        "id": "faster-whisper-base",
        "port": "recognizer",
        "engine": "whisper",
        "languages": ["zh", "en"],
        "quality": 1,
        "licence": "MIT",
        "about_zh": "小",
        "about_en": "small",
        "repo": REPO,
        "revision": REVISION,
        "folder": "sub",
        "packages": [PACKAGE],
        "files": [
            {"name": name, "size": len(body), "sha256": sha256(body).hexdigest(), "packed": [f"some_model/{name}"]}
            for name, body in FILES.items()
        ],
    }
    path = tmp_path / "catalogue.yaml"
    path.write_text(yaml.safe_dump({"models": [entry]}), encoding="utf-8")
    monkeypatch.setattr(model_catalogue, "FILE", path)
    monkeypatch.setenv("COACH_ENGINES__MODELS_DIR", str(tmp_path / "models"))
    monkeypatch.setenv("COLUMNS", "300")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.chdir(tmp_path)
    model_catalogue.catalogue.cache_clear()
    return tmp_path / "models"


@pytest.fixture(autouse=True)
def _fresh_catalogue() -> object:
    yield
    model_catalogue.catalogue.cache_clear()


def run(*arguments: str) -> int:
    return run_coach.main(["models", *arguments, "--lang", "en"])


def pulled(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setenv("HF_ENDPOINT", hub.url)
    return run("pull", "faster-whisper-base")


@pytest.mark.slow
def test_pull_fetches_and_verify_agrees(
    small_catalogue: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(FILES) as hub:
        assert pulled(hub, monkeypatch) == 0
    home = small_catalogue / "faster-whisper-base"
    assert {path.name: path.read_bytes() for path in home.iterdir()} == FILES
    assert "fetched and checked" in capsys.readouterr().out
    assert run("verify") == 0
    assert "All as it should be" in capsys.readouterr().out
    assert run("list") == 0
    assert "installed" in capsys.readouterr().out


PACKER = f"""
import pathlib, sys
pathlib.Path(sys.argv[1]).touch()
home = pathlib.Path(sys.argv[sys.argv.index("--target") + 1]) / "some_model"
home.mkdir(parents=True)
for name, body in {FILES!r}.items():
    (home / name).write_bytes(body)
"""
"""Stands in for uv: what it unpacks is the model."""


@pytest.fixture
def packer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let a script of this file install packages; return the file by which it shows that it was started."""
    ran = tmp_path / "ran"
    monkeypatch.setenv("UV", "/my/uv")
    found = {"/my/uv": (sys.executable, "-I", "-c", PACKER, str(ran))}
    monkeypatch.setattr("audio.model_packages.find_client", found.get)
    return ran


def test_packages_are_asked_first_where_nobody_chose_a_hub(
    small_catalogue: Path, packer: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("HF_ENDPOINT", raising=False)
    with serving(FILES) as hub:
        monkeypatch.setattr("coach.settings.DEFAULT_HUB", hub.url)
        assert run("pull", "faster-whisper-base") == 0
        assert run("pull", "faster-whisper-base") == 0
    assert packer.exists()
    assert hub.ranges == []
    assert f"from {PACKAGE} to" in capsys.readouterr().out
    assert run("verify") == 0


@pytest.mark.parametrize("chosen_by", ["HF_ENDPOINT", "COACH_ENGINES__HUB", "--hub"])
def test_a_hub_that_somebody_chose_is_the_only_one_asked(
    small_catalogue: Path,
    packer: Path,
    chosen_by: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv("HF_ENDPOINT", raising=False)
    with serving(FILES) as hub:
        arguments = ["--hub", hub.url] if chosen_by == "--hub" else []
        if not arguments:
            monkeypatch.setenv(chosen_by, hub.url)
        assert run("pull", "faster-whisper-base", *arguments) == 0
    assert not packer.exists()
    assert len(hub.ranges) == len(FILES)
    assert f"from {hub.url} to" in capsys.readouterr().out


def test_for_english_alone_no_recogniser_is_advised_that_moonshine_outdoes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    wanted = {}
    for name, folder in (("there", tmp_path), ("not there", None)):
        monkeypatch.setattr("audio.asr.moonshine_files.model_folder", lambda folder=folder: folder)
        for languages in (("en",), ("zh", "en")):
            found = _wanted(Models(tmp_path, machine=DESK), [], languages)
            wanted[name, languages] = any(model.port == "recognizer" for model in found)
    assert wanted == {
        ("there", ("en",)): False,
        ("there", ("zh", "en")): True,
        ("not there", ("en",)): True,
        ("not there", ("zh", "en")): True,
    }


def test_verify_finds_the_damaged_file(
    small_catalogue: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(FILES) as hub:
        assert pulled(hub, monkeypatch) == 0
    (small_catalogue / "faster-whisper-base" / "model.bin").write_bytes(b"cut")
    capsys.readouterr()
    assert run("verify", "faster-whisper-base") == 1
    assert "faster-whisper-base/model.bin: wrong size" in capsys.readouterr().out
    assert run("list") == 0
    assert "another size than stated: model.bin" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("way", "sentence"), [("404", "no such file"), ("wrong", "expected sha256"), ("page", "login")]
)
def test_what_the_far_side_does_wrong_is_a_sentence_and_a_way_by_hand(
    small_catalogue: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    way: str,
    sentence: str,
) -> None:
    with serving(FILES, way) as hub:  # type: ignore[arg-type]  # parametrize gives plain strings
        assert pulled(hub, monkeypatch) == 1
    captured = capsys.readouterr()
    assert sentence in captured.err
    assert str(small_catalogue / "faster-whisper-base") in captured.out


@pytest.mark.parametrize("fault", get_args(Fault))
def test_each_fault_has_a_sentence_in_both_languages(fault: str) -> None:
    names = ("url", "reason", "file", "expected", "found", "path", "need_mb", "free_mb", "model")
    values = dict.fromkeys(names, "x")
    assert Say("zh")(f"models.fault.{fault}", **values) != Say("en")(f"models.fault.{fault}", **values)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_by_hand_names_every_file_its_place_size_checksum_and_address(
    small_catalogue: Path, capsys: pytest.CaptureFixture[str], lang: str
) -> None:
    arguments = ["models", "pull", "--by-hand", "--hub", "https://mirror.example/", "--lang", lang]
    assert run_coach.main([*arguments, "faster-whisper-base"]) == 0
    told = capsys.readouterr().out
    assert str(small_catalogue / "faster-whisper-base") in told
    for name, body in FILES.items():
        assert f"{name}  {len(body):,} B  sha256 {sha256(body).hexdigest()}" in told
        assert f"https://mirror.example/{REPO}/resolve/{REVISION}/sub/{name}" in told


def test_ctrl_c_says_that_what_came_is_kept(
    small_catalogue: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("audio.model_download._keep", interrupted)
    with serving(FILES) as hub:
        assert pulled(hub, monkeypatch) == run_coach.INTERRUPTED
    assert "What has come is kept" in capsys.readouterr().err


@pytest.mark.slow
def test_without_a_network_pull_says_what_to_copy_where(tmp_path: Path) -> None:
    with serving({}) as gone:
        pass
    done = coach("models", "pull", "zh_CN-huayan-x_low", data_dir=tmp_path, HF_ENDPOINT=gone.url, NO_PROXY="*")
    assert done.returncode == 1
    assert "No connection to" in done.stderr
    assert "Traceback" not in done.stderr
    assert str(tmp_path / "models" / "zh_CN-huayan-x_low") in done.stdout
    assert "d30b143fac66d821a1285aa013295adf5cd129d3cc11d70334e51c7b20662c37" in done.stdout


@pytest.mark.slow
def test_models_of_ones_own_are_checked_too(small_catalogue: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put_whole_voice(small_catalogue, "my-voice")
    assert run("verify") == 0
    assert "Also my-voice: not in the catalogue, used as a piper model" in capsys.readouterr().out
    voice = small_catalogue / "my-voice" / "my-voice.onnx"
    voice.write_bytes(b"<html>not found</html>")
    assert run("verify") == 1
    assert f"it cannot be used: piper: {voice} is damaged" in capsys.readouterr().out
    assert run("verify", "my-voice") == 1
    assert run("list") == 0
    assert "it cannot be used" in capsys.readouterr().out


@pytest.mark.parametrize("hub", ["mirror.example", "ftp://mirror.example"])
def test_a_mirror_that_is_no_address_is_told_before_anything_else(
    small_catalogue: Path, hub: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", hub)
    assert run("pull") == 2
    told = capsys.readouterr()
    assert "begins with http:// or https://" in told.err
    assert hub not in told.out


def test_an_unknown_model_is_bad_input(tmp_path: Path) -> None:
    done = coach("models", "pull", "magic", data_dir=tmp_path)
    assert done.returncode == 2
    assert "Known: faster-whisper-tiny" in done.stderr
