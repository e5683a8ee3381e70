"""What all tests share: `--no-skips`, under which a skipped test is a failed one (CI uses it), compiled code, and which
of them may run side by side.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
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


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """Keep what runs in real time in one process, and each file in one, so that it is prepared once."""
    return _ByFile(config, log)


class _ByFile(LoadScopeScheduling):  # type: ignore[misc]
    def _split_scope(self, nodeid: str) -> str:
        place = nodeid.split("::", 1)[0].removeprefix("tests/")
        return "real time" if place.startswith(_IN_REAL_TIME) else place


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
