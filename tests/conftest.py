"""What all tests share: `--no-skips`, under which a skipped test is a failed one (CI uses it), compiled code, and which
of them may run side by side.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from functools import cache
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

_IN_REAL_TIME = (
    "audio/",
    "browser/",
    "commands/",
    "evals/test_latency.py",
    "evals/test_scale.py",
    "llm/",
    "score/batch/",
    "web/",
)
"""Where tests talk, listen and wait: one of them at a time, beside what only reckons."""
_RECKONS = ("audio/test_pocketsphinx_quality.py",)
"""Files among them that never look at a clock, and take long."""
_REAL_TIME = "real time"
_LONGEST = (_REAL_TIME, "evals/test_sentences.py", "evals/test_scoring.py", "evals/test_labelled.py", *_RECKONS)
"""What is handed out first, so that neither process is left with much at the end."""
_NICE = 3
"""What reckons gives way by so much: of a core that both want, real time gets two thirds (Linux: weights 1024 and 526).
No more: beside other programs it would hardly go on."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--no-skips", action="store_true", help="count a skipped test as failed")


def pytest_configure(config: pytest.Config) -> None:
    """Where Python may leave no compiled files beside the sources, keep them elsewhere while the tests run.

    Tests start some sixty processes, and each would compile a thousand files again, for one to two seconds. Where
    several processes share the tests (`-n 2`), what reckons takes one core: another is for what runs in real time.
    """
    if config.getoption("numprocesses", None):
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if sys.dont_write_bytecode:
        # A thread may still be loading modules when the last test is over.
        folder = TemporaryDirectory(prefix="coach-compiled-", ignore_cleanup_errors=True)
        config.add_cleanup(folder.cleanup)
        sys.dont_write_bytecode, sys.pycache_prefix = False, folder.name
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # for the processes that tests start
        os.environ["PYTHONPYCACHEPREFIX"] = folder.name


@pytest.fixture(scope="session")
def workers(request: pytest.FixtureRequest) -> int:
    """How many processes a test may share its reckoning with: where several run tests, the other cores are taken."""
    return 1 if hasattr(request.config, "workerinput") else 2


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """Keep what runs in real time in one process, and each file in one, so that it is prepared once."""
    return _ByFile(config, log)


class _ByFile(LoadScopeScheduling):  # type: ignore[misc]
    def _split_scope(self, nodeid: str) -> str:
        return _scope(nodeid)

    def _assign_work_unit(self, node: Any) -> None:
        self.workqueue.move_to_end(min(self.workqueue, key=_turn), last=False)
        super()._assign_work_unit(node)


def _scope(nodeid: str) -> str:
    place = nodeid.split("::", 1)[0].removeprefix("tests/")
    return _REAL_TIME if place.startswith(_IN_REAL_TIME) and place not in _RECKONS else place


def _turn(scope: str) -> int:
    return _LONGEST.index(scope) if scope in _LONGEST else len(_LONGEST)


def pytest_runtest_setup(item: pytest.Item) -> None:
    if hasattr(item.config, "workerinput") and _scope(item.nodeid) != _REAL_TIME:
        _give_way()


@cache
def _give_way() -> None:
    """Let the process of what runs in real time go first, from here on."""
    if sys.platform != "win32":
        os.nice(_NICE)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if item.config.getoption("--no-skips") and report.skipped and not hasattr(report, "wasxfail"):
        _fail(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if collector.config.getoption("--no-skips") and report.skipped:
        _fail(report)
    return report


def _fail(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turn a skip into a failure that names the reason."""
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    report.outcome = "failed"
    report.longrepr = f"{report.nodeid}: {reason}, and nothing may be skipped here (--no-skips)"
