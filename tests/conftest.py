"""What all tests share: `--no-skips`, under which a skipped test is a failed one (CI uses it), and compiled code."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from tempfile import TemporaryDirectory

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--no-skips", action="store_true", help="count a skipped test as failed")


def pytest_configure(config: pytest.Config) -> None:
    """Where Python may leave no compiled files beside the sources, keep them elsewhere while the tests run.

    Tests start some sixty processes, and each would compile a thousand files again, for one to two seconds.
    """
    if sys.dont_write_bytecode:
        # A thread may still be loading modules when the last test is over.
        folder = TemporaryDirectory(prefix="coach-compiled-", ignore_cleanup_errors=True)
        config.add_cleanup(folder.cleanup)
        sys.dont_write_bytecode, sys.pycache_prefix = False, folder.name
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # for the processes that tests start
        os.environ["PYTHONPYCACHEPREFIX"] = folder.name


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
