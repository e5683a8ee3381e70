"""What kind of machine this is, as far as the choice of models goes. Nothing heavy is loaded to find out."""

from __future__ import annotations

import os
import platform
import shutil
from dataclasses import dataclass
from pathlib import Path

_SMALL_CORES = 1
_SMALL_MEMORY_GB = 2.0
"""Under this a base recogniser (about 0.4 GB at work) beside a browser begins to swap. Design value."""
_DRIVER = Path("/proc/driver/nvidia/version")


@dataclass(frozen=True, slots=True)
class Machine:
    """One machine."""

    cores: int
    memory_gb: float | None
    """None where the system does not say."""
    gpu: bool
    """Whether an NVIDIA driver is there."""
    processor: str = ""

    @property
    def is_small(self) -> bool:
        """Whether to spare it."""
        little = self.memory_gb is not None and self.memory_gb < _SMALL_MEMORY_GB
        return self.cores <= _SMALL_CORES or little

    @property
    def fingerprint(self) -> str:
        """Return what must be equal for a measured speed to hold."""
        return f"{self.processor or 'unknown'}, {self.cores} cores{', NVIDIA' if self.gpu else ''}"


def this_machine() -> Machine:
    """Look."""
    gpu = _DRIVER.is_file() or shutil.which("nvidia-smi") is not None
    return Machine(os.cpu_count() or 1, _memory_gb(), gpu, _processor())


def _memory_gb() -> float | None:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    except (AttributeError, OSError, ValueError):
        return None


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())
