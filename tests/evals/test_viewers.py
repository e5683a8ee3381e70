"""`bench viewers`: how pairs are compared, what counts as hot, lost, heeded; a model that misbehaves over sockets."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest

from coach.room.pack import line_pack
from coach.room.simulated.manner import STREAMERS, StreamerName
from coach.room.simulated.outcome import Outcome, ViewerResult
from coach.room.simulated.simulate import simulate
from coach.scenario.model import ViewerType
from evals import viewers, viewers_injections, viewers_model
from evals.faulty_model import FAULTS
from evals.viewers_heat import level_of
from evals.viewers_order import Outcomes, Tally, by_scenario, hard_viewers, order, order_summary, rules
from tests.room.simulate import shipped

KEPT = {"skilled": 1.0, "flustered": 1.0, "silent": 0.6, "rude": 0.1, "banned_claims": 0.5}


def viewer(
    kind: ViewerType = "haggler", outcome: str = "here", stayed: float = 1.0, trust: float = 50.0
) -> ViewerResult:
    return ViewerResult(
        viewer_id="v", type=kind, outcome=outcome, stayed=stayed, patience=50.0, trust=trust, raised=4, resolved=2
    )


def outcome(streamer: StreamerName, viewers: Sequence[ViewerResult], online: float = 100.0) -> Outcome:
    return Outcome(
        scenario_id="s",
        streamer=streamer,
        seed=0,
        difficulty=4,
        minutes=5.0,
        viewers=tuple(viewers),
        passing_raised=0,
        passing_resolved=0,
        online_start=150,
        online_mean=online,
        orders=0,
        utterances=10,
        lines={"chat": 2},
        intents={},
        dropped=0,
        repeated=(),
        promises=(),
        breaches=(),
        faults=(),
        texts=(("haggler", "ask", "any discount?"), ("haggler", "ask", "and a gift?")),
        records=(),
    )


def test_levels_are_counted_apart_from_those_ahead_and_behind() -> None:
    tally = Tally()
    for pair in [((1.0,), (0.5,)), ((0.5,), (0.5,)), ((0.2,), (0.5,)), ((0.9,), (0.5,))]:
        tally.take(*pair)
    tally.take(None, (1.0,))
    assert tally.as_summary() == {"pairs": 4, "in_order": 0.667, "level": 0.25, "behind": 1}


def test_where_all_are_kept_the_rooms_number_decides() -> None:
    online = {"skilled": 130.0, "flustered": 110.0, "silent": 90.0, "rude": 80.0, "banned_claims": 100.0}
    outcomes = {("s", name): [outcome(name, [viewer(stayed=KEPT[name])], online[name])] for name in STREAMERS}
    found = order(outcomes)
    assert found["kept"]["skilled>flustered"].ahead == 1
    assert found["kept_played"]["skilled>flustered"].level == 1
    assert found["kept"]["silent>rude"].ahead == found["kept_played"]["silent>rude"].ahead == 1
    assert order_summary(outcomes)["kept"]["all"]["in_order"] == 1.0
    assert by_scenario(outcomes)["s"]["kept"]["means"] == {name: KEPT[name] for name in STREAMERS[:4]}


def test_nobody_to_sell_to_is_no_pair() -> None:
    outcomes = {("s", name): [outcome(name, [viewer("troll")])] for name in STREAMERS}
    assert order(outcomes)["intent"]["all"].as_summary()["pairs"] == 0


def test_trolls_are_no_loss_of_customers() -> None:
    lost = [viewer("troll", "lost_patience"), viewer("haggler", "lost_patience"), viewer("bait"), viewer("friendly")]
    assert hard_viewers([outcome("skilled", lost)]) == {
        "n": 3,
        "lost": 0.667,
        "customers": 2,
        "customers_lost": 0.5,
        "customers_not_buying": 1.0,
    }


def test_rules_count_distinct_lines_over_seeds() -> None:
    twice: Outcomes = {("s", "skilled"): [outcome("skilled", [viewer()])] * 2}
    found = rules(twice, {"s": shipped("kettle")})
    assert found["distinct_over_seeds"] == {"mean": 0.5, "least": 0.5}
    assert found["repeated"] == found["above_pack_level"] == 0


@pytest.mark.parametrize("code", ["zh", "en"])
def test_the_heat_of_a_wording_is_read_back(code: str) -> None:
    for level in (1, 2, 3):
        for line in line_pack(code).types["troll"].lines[f"heckle_{level}"]:
            if "{" not in line and "[" not in line:
                assert level_of(line, "troll", code) == level
    assert level_of("an author's own line", "troll", "en") is None


def test_a_choice_and_a_slot_are_read_back() -> None:
    assert level_of("Another Willow kettle. How original.", "troll", "en") == 0


@pytest.mark.slow
def test_unknown_parts_are_told() -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="order"):
        viewers._parts("order,models")
    assert viewers._parts("order,check") == ["order", "check"]


@pytest.mark.slow
def test_a_small_bench_writes_its_result(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "set"
    folder.mkdir()
    source = next(path for path in Path("scenarios").rglob("drill-hold-price-pan.yaml"))
    (folder / "one.yaml").write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    arguments = ["--seeds", "1", "--workers", "1", "--set", str(folder), "--out", str(tmp_path), "--only", "order"]
    assert viewers.main(arguments) == 0
    assert "By type of viewer" in capsys.readouterr().out
    assert (tmp_path / "viewers.json").is_file()


def test_a_folder_without_scenarios_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert viewers.main(["--set", str(tmp_path)]) == 2
    assert "found none" in capsys.readouterr().err


# --- instructions ---------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("name", ["linen-shirt", "lantern"])
def test_instructions_reach_a_model_as_data_only(name: str) -> None:
    summary, _ = viewers_injections.run([shipped(name)])
    assert summary["said"] > 3
    assert summary["prompts"] > 10
    assert summary["outside_the_fence"] == 0


# --- a model that misbehaves ----------------------------------------------------------------------------------


@pytest.mark.slow
def test_every_fault_is_replaced_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = tuple(kind for kind in FAULTS if kind not in ("slow", "stall", "stall_midway"))
    monkeypatch.setattr(viewers_model, "FAULTS", quick)
    asked = [request for request in viewers_model.requests([shipped("lantern")]) if request.brief.language == "en"]
    cases, _ = asyncio.run(viewers_model._all([asked[0], asked[-1]]))
    summary = viewers_model.summary(cases, 0.0)
    assert {asked[0].channel, asked[-1].channel} == {"chat", "voice"}
    assert summary["lost"] == summary["out_of_character"] == summary["miscounted"] == 0
    assert summary["by_kind"]["good"]["by_model"] == 2
    assert summary["by_kind"]["concedes"]["by_model"] <= 1


@pytest.mark.slow
def test_scripted_streamers_play_every_type_within_reason() -> None:
    found = simulate(shipped("oat-crisps"), "skilled", 2)
    assert all(0.0 <= viewer.stayed <= 1.0 and viewer.resolved <= viewer.raised for viewer in found.viewers)
