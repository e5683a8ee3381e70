"""The bad network of the benchmarks: as bad as asked for, and the same every time."""

from __future__ import annotations

from evals.bad_network import BadNetwork, is_sound


def delays(network: BadNetwork, packets: int) -> list[float | None]:
    return [network.delay() for _ in range(packets)]


def test_it_loses_and_delays_as_much_as_asked() -> None:
    network = BadNetwork(5, 30)
    came = [delay for delay in delays(network, 10_000) if delay is not None]
    assert 400 < network.lost < 600
    assert network.lost + len(came) == network.sent == 10_000
    assert 0.0 <= min(came) < 0.001
    assert 0.029 < max(came) <= 0.03


def test_a_seed_is_the_same_luck() -> None:
    assert delays(BadNetwork(5, 30, seed=2), 100) == delays(BadNetwork(5, 30, seed=2), 100)
    assert delays(BadNetwork(5, 30, seed=2), 100) != delays(BadNetwork(5, 30, seed=3), 100)


def test_only_sound_is_spoiled() -> None:
    assert is_sound(b"\x80\x6f")
    assert not is_sound(b"\x16\xfe")
    assert not is_sound(b"\x00\x01")
