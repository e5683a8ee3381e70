"""Refuse large files before they are committed: recordings, models and built pages have no place in the repository.

uv run scripts/refuse_large_files.py FILE…
"""

from __future__ import annotations

import sys
from pathlib import Path

LIMIT_BYTES = 500_000


def main(names: list[str]) -> int:
    """Print each file over the limit; return 1 if there is one."""
    large = [(path, path.stat().st_size) for path in map(Path, names) if path.is_file()]
    large = [(path, size) for path, size in large if size > LIMIT_BYTES]
    for path, size in large:
        print(f"{path}: {size / 1000:.0f} KB, more than the {LIMIT_BYTES // 1000} KB a committed file may have")
    return 1 if large else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
