"""Keep results as the baselines that later runs are compared with.

    uv run python -m evals.keep latency turns      # from evals/results, without the single measurements

Commit what it writes: a baseline names its machine, its engines and its command.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from coach.errors import InputError
from evals.results import BASELINES, RESULTS


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="+", help="benchmarks, as their result files are called")
    parser.add_argument("--results", type=Path, default=RESULTS)
    options = parser.parse_args(arguments)
    for name in options.names:
        print(keep(name, options.results, BASELINES))
    return 0


def keep(name: str, results: Path, baselines: Path) -> Path:
    """Write one result as a baseline; return its path.

    Raises:
        InputError: If the benchmark has not been run.
    """
    source = results / f"{name}.json"
    if not source.is_file():
        raise InputError(f"expected a result in {source}, found none; run: run_coach.py bench {name}")
    data = json.loads(source.read_text(encoding="utf-8"))
    for key in ("raw", "baseline_ratios"):
        data.pop(key, None)
    baselines.mkdir(parents=True, exist_ok=True)
    path = baselines / f"{name}.json"
    path.write_text(json.dumps(data, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    plot = source.with_suffix(".svg")
    if plot.is_file():
        shutil.copy(plot, path.with_suffix(".svg"))
    return path


if __name__ == "__main__":
    sys.exit(main())
