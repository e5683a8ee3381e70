"""Once words are ready nothing is read from the disk and no module is loaded while a streamer speaks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import sys
from pathlib import Path
from coach.room.audience import Audience
from coach.room.ready import make_ready
from coach.room.reading import read
from coach.scenario.load import load_scenario

loaded = []
scenario = load_scenario(Path(sys.argv[1])).scenario
make_ready(scenario)
sys.addaudithook(lambda event, given: loaded.append(given[0]) if event in ("open", "import") else None)
Audience(scenario, seed=5)
read(sys.argv[2], scenario)
print(loaded)
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("en-US/home/kettle.yaml", "It is the best kettle in the world, it cures colds, and it costs 49 dollars."),
        (
            "zh-CN/electronics/price-error-fryer.yaml",
            "这个炸锅全网最好，能治感冒，只要一百九十九，七天无理由退货。",
        ),
        ("zh-CN/electronics/price-error-fryer.yaml", "OK OK, it is the best, it cures colds"),
    ],
)
def test_nothing_is_loaded_while_a_streamer_speaks(path: str, said: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, f"scenarios/{path}", said], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
