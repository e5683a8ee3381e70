"""All scenarios of some folders."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from coach.errors import InputError, Place, ScenarioError, Sentence
from coach.scenario.finding import broken
from coach.scenario.guess import near
from coach.scenario.load import LoadedScenario, load_scenario

_Stamp = tuple[int, int]


class Library:
    """Finds and loads the `*.yaml` files under some folders. Reads again only what changed on disk."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = [Path(folder) for folder in folders]
        self._cache: dict[Path, tuple[_Stamp, LoadedScenario | ScenarioError]] = {}

    def all(self) -> list[LoadedScenario]:
        """Return every usable scenario, by locale and id. Broken files are in `broken()`."""
        return self._read()[0]

    def broken(self) -> list[ScenarioError]:
        """Return one error per file that cannot be used, in file order."""
        return self._read()[1]

    def get(self, scenario_id: str) -> LoadedScenario:
        """Return a scenario by id alone: never reads a file a caller names, so it is safe for requests.

        Raises:
            InputError: If no usable scenario has the id; lists those that exist.
        """
        loaded = self.all()
        for candidate in loaded:
            if candidate.scenario.id == scenario_id:
                return candidate
        known = [item.scenario.id for item in loaded]
        close = near(scenario_id, known)
        if close:
            raise InputError("No scenario is called {id!r}; did you mean {near!r}?", id=scenario_id, near=close)
        names = ", ".join(known) or Sentence("none")
        raise InputError("No scenario is called {id!r}. Known: {known}", id=scenario_id, known=names)

    def find(self, ref: str) -> LoadedScenario:
        """Return a scenario by id, or by path when `ref` looks like a file.

        Raises:
            ScenarioError: If the file is named but broken.
            InputError: If nothing fits; lists the ids that exist.
        """
        if ref.endswith((".yaml", ".yml")) or "/" in ref or "\\" in ref:
            return load_scenario(ref)
        return self.get(ref)

    def _read(self) -> tuple[list[LoadedScenario], list[ScenarioError]]:
        loaded: dict[str, LoadedScenario] = {}
        broken: list[ScenarioError] = []
        for path in self._files():
            result = self._load(path)
            if isinstance(result, ScenarioError):
                broken.append(result)
            elif result.scenario.id in loaded:
                broken.append(_same_id(result, loaded[result.scenario.id]))
            else:
                loaded[result.scenario.id] = result
        return sorted(loaded.values(), key=lambda item: (item.scenario.locale, item.scenario.id)), broken

    def _files(self) -> list[Path]:
        return [path for folder in self._folders for path in sorted(folder.rglob("*.y*ml")) if path.is_file()]

    def _load(self, path: Path) -> LoadedScenario | ScenarioError:
        try:
            status = path.stat()
            stamp = (status.st_mtime_ns, status.st_size)
        except OSError as error:
            what = Sentence("cannot be read: {reason}", reason=error.strerror or error)
            return broken("unreadable", Place(str(path)), what, Sentence("check who may read the file"))
        cached = self._cache.get(path)
        if cached is None or cached[0] != stamp:
            cached = (stamp, _load_or_error(path))
            self._cache[path] = cached
        return cached[1]


def _load_or_error(path: Path) -> LoadedScenario | ScenarioError:
    try:
        return load_scenario(path)
    except ScenarioError as error:
        return error


def _same_id(second: LoadedScenario, first: LoadedScenario) -> ScenarioError:
    what = Sentence(
        "the id {id!r} is already used by {file}; this file is left out", id=second.scenario.id, file=first.name
    )
    return broken("same_id", Place(second.name, field="id"), what, Sentence("give it an id of its own"))
