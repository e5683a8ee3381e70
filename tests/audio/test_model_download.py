from __future__ import annotations

import errno
import io
import os
from pathlib import Path

import pytest

from audio import model_download
from audio.model_catalogue import ModelFile
from audio.model_download import DownloadError, Fault, ModelDownload
from audio.models import PARTIAL, Models
from tests.audio.hub import Hub, Way, serving

FILES = {
    "config.json": b"{}",
    "tokenizer.json": b"{}" * 50,
    "vocabulary.txt": b"a\nb\n",
    "model.bin": bytes(range(256)) * 40,
}


STUCK: list[Way] = ["500"] * 9


@pytest.fixture(autouse=True)
def _no_proxy_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "127.0.0.1")


class Seen:
    """Remembers how far each file was."""

    def __init__(self) -> None:
        self.begun: list[tuple[str, int]] = []
        self.last: dict[str, int] = {}

    def begin(self, file: ModelFile, done: int) -> None:
        self.begun.append((file.name, done))

    def advance(self, file: ModelFile, done: int) -> None:
        self.last[file.name] = done


class Bench:
    """One models folder and a download into it that never waits for real."""

    def __init__(self, folder: Path, free: int = 10**12) -> None:
        self.models = Models(folder)
        self.seen = Seen()
        self.pauses: list[float] = []
        self.free = free

    def fetch(self, hub: Hub) -> Path:
        download = ModelDownload(self.models, hub.url, pause=self.pauses.append, free_bytes=lambda folder: self.free)
        return download.fetch(hub.model(), self.seen)

    def contents(self) -> dict[str, bytes]:
        home = self.models.home("faster-whisper-tiny")
        return {path.name: path.read_bytes() for path in home.iterdir()} if home.is_dir() else {}


def fault(bench: Bench, hub: Hub) -> Fault:
    with pytest.raises(DownloadError) as raised:
        bench.fetch(hub)
    return raised.value.fault


def test_a_model_comes_whole_through_the_hubs_redirects(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    with serving(FILES) as hub:
        assert bench.fetch(hub) == tmp_path / "faster-whisper-tiny"
    assert bench.contents() == FILES
    assert bench.models.present("faster-whisper-tiny") is not None
    assert bench.seen.last == {name: len(body) for name, body in FILES.items()}
    assert not list((tmp_path / PARTIAL).iterdir())


def test_what_is_there_is_not_fetched_again(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    with serving(FILES) as hub:
        bench.fetch(hub)
        asked = len(hub.ranges)
        (tmp_path / "faster-whisper-tiny" / "config.json").write_bytes(b"[]")
        bench.fetch(hub)
    assert len(hub.ranges) == asked + 1
    assert bench.contents() == FILES


def test_a_broken_connection_is_continued_where_it_broke(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    with serving({"model.bin": FILES["model.bin"]}, "cut", "500", "cut") as hub:
        bench.fetch(hub)
    half = len(FILES["model.bin"]) // 2
    assert hub.ranges == ["", f"bytes={half}-", f"bytes={half}-", f"bytes={half + half // 2}-"]
    assert bench.contents() == {"model.bin": FILES["model.bin"]}
    assert bench.pauses == [1.0, 2.0, 1.0]


def test_a_later_run_goes_on_from_what_an_earlier_one_left(tmp_path: Path) -> None:
    with serving({"model.bin": FILES["model.bin"]}, "cut", *STUCK) as hub:
        assert fault(Bench(tmp_path), hub) == "broken"
    assert not (tmp_path / "faster-whisper-tiny").exists()
    bench = Bench(tmp_path)
    with serving({"model.bin": FILES["model.bin"]}) as hub:
        bench.fetch(hub)
    half = len(FILES["model.bin"]) // 2
    assert hub.ranges == [f"bytes={half}-"]
    assert bench.seen.begun == [("model.bin", half)]
    assert bench.contents() == {"model.bin": FILES["model.bin"]}


def test_a_server_that_knows_no_ranges_sends_everything_again(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    with serving({"model.bin": FILES["model.bin"]}, "cut", "no-range") as hub:
        bench.fetch(hub)
    assert bench.contents() == {"model.bin": FILES["model.bin"]}


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        ("403", "refused"),
        ("404", "absent"),
        ("407", "proxy"),
        ("page", "page"),
        ("wrong", "checksum"),
        ("longer", "checksum"),
        ("500", "broken"),
    ],
)
def test_each_fault_of_the_far_side_has_its_word_and_leaves_no_model(tmp_path: Path, way: str, expected: Fault) -> None:
    with serving(FILES, *[way] * 9) as hub:  # type: ignore[arg-type]  # parametrize gives plain strings
        assert fault(Bench(tmp_path), hub) == expected
    assert not (tmp_path / "faster-whisper-tiny").exists()
    assert Models(tmp_path).found() == []


def test_a_wrong_checksum_names_both_and_throws_the_file_away(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    with serving({"model.bin": b"model"}, "wrong") as hub:
        with pytest.raises(DownloadError) as raised:
            bench.fetch(hub)
        assert raised.value.values["expected"] == hub.model().files[0].sha256
        assert raised.value.values["found"] != raised.value.values["expected"]
        bench.fetch(hub)
    assert bench.contents() == {"model.bin": b"model"}


@pytest.mark.parametrize("left", [b"rubbish", b"m", b"much longer than the file is"])
def test_a_damaged_rest_of_an_earlier_run_is_replaced(tmp_path: Path, left: bytes) -> None:
    part = tmp_path / PARTIAL / "faster-whisper-tiny" / "model.bin.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(left)
    bench = Bench(tmp_path)
    with serving({"model.bin": b"model weights"}) as hub:
        bench.fetch(hub)
    assert bench.contents() == {"model.bin": b"model weights"}


def test_no_connection_is_told_after_two_tries(tmp_path: Path) -> None:
    with serving(FILES) as hub:
        pass
    bench = Bench(tmp_path)
    assert fault(bench, hub) == "offline"
    assert len(bench.pauses) == 1


@pytest.mark.parametrize("proxy", ["ftp://127.0.0.1:9", "http://127.0.0.1:1"])
def test_a_proxy_that_is_wrong_or_gone_is_named_as_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    with serving({}) as gone:
        pass
    for name in ("NO_PROXY", "no_proxy", "http_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTP_PROXY", proxy)
    hub = Hub(FILES, url="http://hub.example")
    assert fault(Bench(tmp_path), hub) == "proxy"
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    if proxy.startswith("http"):
        assert fault(Bench(tmp_path), Hub(FILES, url=gone.url)) == "offline"


def test_a_full_disk_is_told_before_the_download(tmp_path: Path) -> None:
    bench = Bench(tmp_path, free=50_000_000)
    with serving(FILES) as hub:
        assert fault(bench, hub) == "space"
        assert hub.ranges == []
        bench.free += sum(map(len, FILES.values()))
        bench.fetch(hub)


def test_a_disk_that_fills_up_on_the_way_is_told_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(answer: object, out: io.BufferedWriter, file: ModelFile, progress: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(model_download, "_keep", full)
    with serving(FILES) as hub:
        assert fault(Bench(tmp_path), hub) == "space"
    assert Models(tmp_path).found() == []


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with serving(FILES) as hub, pytest.raises(DownloadError) as raised:
        Bench(tmp_path / "file" / "models").fetch(hub)
    assert raised.value.fault == "disk"


def test_two_downloads_of_one_model_do_not_write_into_each_other(tmp_path: Path) -> None:
    fcntl = pytest.importorskip("fcntl")
    lock = tmp_path / PARTIAL / "faster-whisper-tiny" / "lock"
    lock.parent.mkdir(parents=True)
    with lock.open("wb") as held, serving(FILES) as hub:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert fault(Bench(tmp_path), hub) == "busy"


def test_ctrl_c_keeps_what_has_come(tmp_path: Path) -> None:
    class Interrupting(Seen):
        def advance(self, file: ModelFile, done: int) -> None:
            if file.name == "model.bin":
                raise KeyboardInterrupt

    bench = Bench(tmp_path)
    bench.seen = Interrupting()
    with serving(FILES) as hub:
        with pytest.raises(KeyboardInterrupt):
            bench.fetch(hub)
        assert bench.models.present("faster-whisper-tiny") is None
        bench.seen = Seen()
        bench.fetch(hub)
    assert [name for name, _ in bench.seen.begun] == ["model.bin"]
    assert bench.contents() == FILES
