"""Traces of packets: what is heard, when, and that delay never stays."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from audio.jitter import FRAME, MAX_WAIT_SEC, MIN_WAIT_SEC, QUIET_SEC, RATE_HZ, JitterBuffer, Piece, duration

TOC = b"\xfc"
"""CELT, full band, stereo, one frame of 20 ms."""
TRANSIT = 0.01


@dataclass(frozen=True)
class Heard:
    """A piece and when it left, s."""

    at: float
    piece: Piece

    @property
    def number(self) -> int | None:
        """Which frame of the sender's it is, None where nothing came."""
        return int.from_bytes(self.piece.payload[1:5], "big") if self.piece.payload else None


def packet(number: int, toc: bytes = TOC) -> bytes:
    return toc + number.to_bytes(4, "big") + b"sound"


def play(arrivals: list[tuple[float, int]], *, first: int = 0, stamp: int = 0, until: float = 0.0) -> list[Heard]:
    """Run packets (arrival, frame number) through a buffer that is polled when it asks for it."""
    return run(JitterBuffer(), arrivals, first=first, stamp=stamp, until=until)


def run(
    buffer: JitterBuffer, arrivals: list[tuple[float, int]], *, first: int = 0, stamp: int = 0, until: float = 0.0
) -> list[Heard]:
    heard: list[Heard] = []

    def poll(now: float) -> None:
        while (due := buffer.due) is not None and due <= now:
            heard.extend(Heard(due, piece) for piece in buffer.poll(due))

    for at, number in sorted(arrivals):
        poll(at)
        sequence, timestamp = (first + number) & 0xFFFF, (stamp + number * FRAME) & 0xFFFFFFFF
        heard.extend(Heard(at, piece) for piece in buffer.add(sequence, timestamp, packet(number), at))
    poll(until or max(at for at, _ in arrivals) + 1)
    return heard


def smooth(*numbers: int) -> list[tuple[float, int]]:
    """Packets that each take `TRANSIT` from when their frame was complete."""
    return [((number + 1) * 0.02 + TRANSIT, number) for number in numbers]


def numbers(heard: list[Heard]) -> list[int | None]:
    return [one.number for one in heard]


def delays(heard: list[Heard]) -> list[float]:
    """How long after its last sample was spoken each piece left, less the transit, s."""
    return [one.at - (one.piece.start + one.piece.samples) / RATE_HZ - TRANSIT for one in heard]


def test_packets_in_order_leave_as_they_arrive() -> None:
    heard = play(smooth(*range(100)))
    assert numbers(heard) == list(range(100))
    assert [one.piece.start for one in heard] == [number * FRAME for number in range(100)]
    assert max(delays(heard)) == pytest.approx(0)


@pytest.mark.parametrize(
    ("trace", "expected"),
    [
        pytest.param(smooth(0, 1, 3, 4), [0, 1, None, 3, 4], id="one lost"),
        pytest.param(smooth(0, 1, 5, 6), [0, 1, None, 5, 6], id="burst lost"),
        pytest.param(smooth(0, 2, 4, 6), [0, None, 2, None, 4, None, 6], id="every second lost"),
        pytest.param([*smooth(0, 1, 3), (0.095, 2)], [0, 1, 2, 3], id="two change places"),
        pytest.param([(0.03, 0), (0.2, 1), (0.2, 2), (0.2, 3), (0.2, 4)], [0, 1, 2, 3, 4], id="stall, then a burst"),
        pytest.param([*smooth(0, 1, 2), (0.071, 1), (0.072, 2), (0.072, 2)], [0, 1, 2], id="duplicates"),
        pytest.param([*smooth(0, 1, 3, 4), (0.3, 2)], [0, 1, None, 3, 4], id="too late"),
        pytest.param([*smooth(0, 1, 3, 4), (0.3, 2), (0.31, 2)], [0, 1, None, 3, 4], id="too late, twice"),
    ],
)
def test_what_is_heard(trace: list[tuple[float, int]], expected: list[int | None]) -> None:
    assert numbers(play(trace)) == expected


@pytest.mark.parametrize("first", [0, 65_530, 32_766])
@pytest.mark.parametrize("stamp", [0, (1 << 32) - 5 * FRAME, (1 << 31) - 2 * FRAME])
def test_counters_that_wrap_change_nothing(first: int, stamp: int) -> None:
    trace = [*smooth(*(number for number in range(40) if number not in (7, 20, 21))), (0.42, 7)]
    heard = play(trace, first=first, stamp=stamp)
    assert heard == play(trace)
    assert [one.piece.start + one.piece.samples for one in heard[:-1]] == [one.piece.start for one in heard[1:]]


def test_a_lost_frame_is_told_with_its_length_and_the_packet_that_may_repair_it() -> None:
    lost = play(smooth(0, 1, 5))[2]
    assert lost.piece == Piece(2 * FRAME, 3 * FRAME, None, after=packet(5))


@pytest.mark.parametrize("lost", [(10,), (10, 11, 12), tuple(range(10, 25)), (10, 20, 30, 40), tuple(range(10, 400))])
def test_delay_goes_back_to_nothing_after_a_loss(lost: tuple[int, ...]) -> None:
    """aiortc's own buffer stays 200 ms late for ever after one lost packet (its issue 543)."""
    heard = play(smooth(*(number for number in range(600) if number not in lost)))
    assert max(delays(heard)[-100:]) == pytest.approx(0)
    # A gap shows when the next packet comes, and holds that one and those behind it up for the wait alone.
    assert max(delay for one, delay in zip(heard, delays(heard), strict=True) if one.number) <= MAX_WAIT_SEC
    assert sum(one.piece.samples for one in heard) == 600 * FRAME


def test_a_network_that_changes_order_is_waited_for_and_forgotten_again() -> None:
    buffer = JitterBuffer()
    late = [((number + 1) * 0.02 + TRANSIT + (0.045 if number % 10 == 5 else 0), number) for number in range(100)]
    heard = run(buffer, late)
    assert buffer.late >= 1, "the first is missed"
    assert numbers(heard)[-60:] == list(range(40, 100)), "the later ones are not"
    assert 0.02 < buffer.wait_sec <= MAX_WAIT_SEC
    run(buffer, smooth(*range(100, 3000)))
    assert buffer.wait_sec == MIN_WAIT_SEC


def test_nothing_is_heard_twice_or_out_of_order_in_any_shuffle() -> None:
    """Every third packet lost, every fourth late, every fifth twice, in one trace of half a minute."""
    trace: list[tuple[float, int]] = []
    for number in range(1500):
        at = (number + 1) * 0.02 + TRANSIT + (number * 7919 % 31) / 1000
        if number % 3 == 2:
            continue
        trace.append((at + (0.1 if number % 4 == 1 else 0), number))
        if number % 5 == 0:
            trace.append((at + 0.013, number))
    heard = play(trace)
    got = [number for number in numbers(heard) if number is not None]
    assert got == sorted(set(got))
    assert [one.piece.start + one.piece.samples for one in heard[:-1]] == [one.piece.start for one in heard[1:]]
    assert [number for number in got if number % 4 != 1 and number % 3 != 2] == [
        number for number in range(1500) if number % 4 != 1 and number % 3 != 2
    ]


def test_a_line_that_is_dead_for_50_seconds_is_one_loss_and_no_delay() -> None:
    heard = play([*smooth(*range(10)), *smooth(*range(2510, 2600))])
    assert heard[10].piece == Piece(10 * FRAME, 2500 * FRAME, None, after=packet(2510))
    assert delays(heard)[-1] == pytest.approx(0)


def test_a_sender_that_begins_anew_is_taken_up_where_arrival_puts_it() -> None:
    buffer = JitterBuffer()
    run(buffer, smooth(*range(50)), until=1.05)
    again = [(2.0 + 0.02 * number, number) for number in range(10)]
    heard = run(buffer, again, first=40_000, stamp=777_777_777)
    assert numbers(heard) == list(range(1, 10)), "one packet alone may be damaged; two in a row are a new stream"
    assert heard[0].piece.start / RATE_HZ == pytest.approx(2.0, abs=0.03)


def test_a_clock_that_jumps_without_a_gap_begins_a_new_time_line() -> None:
    buffer = JitterBuffer()
    run(buffer, smooth(*range(10)), until=0.22)
    heard = run(buffer, [(0.03 + 0.02 * number, number) for number in range(10, 20)], stamp=123_456_789)
    assert [one.piece.start for one in heard][1:] == [heard[0].piece.start + number * FRAME for number in range(1, 10)]
    assert heard[0].piece.start == pytest.approx(10 * FRAME, abs=FRAME)


def test_one_wild_sequence_number_costs_nothing() -> None:
    buffer = JitterBuffer()
    run(buffer, smooth(*range(10)), until=0.22)
    assert buffer.add(30_000, 5, packet(0), 0.225) == []
    assert numbers(run(buffer, smooth(*range(10, 20)))) == list(range(10, 20))


def test_silence_that_is_not_sent_is_filled_in_as_time_passes() -> None:
    buffer = JitterBuffer()
    run(buffer, smooth(0, 1), until=0.06)
    buffer.add(2, 2 * FRAME, b"\xfc", 0.07)
    heard = [(due, piece) for due, pieces in polled(buffer, until=0.42) for piece in pieces]
    assert all(piece.quiet and piece.payload is None for _, piece in heard)
    assert [piece.start for _, piece in heard] == [(3 + index) * FRAME for index in range(len(heard))]
    assert [due for due, _ in heard] == pytest.approx([0.11 + index * 0.02 for index in range(len(heard))])
    # Speech again, after 18 frames of which 16 were filled in.
    more = buffer.add(3, 21 * FRAME, packet(21), 0.43)
    assert [(piece.start, piece.quiet) for piece in more] == [((3 + len(heard)) * FRAME, True), (21 * FRAME, False)]


def test_filled_in_silence_ends_when_the_connection_seems_lost() -> None:
    buffer = JitterBuffer()
    run(buffer, smooth(0), until=0.04)
    buffer.add(1, FRAME, b"\xfc", 0.05)
    filled = sum(piece.samples for _, pieces in polled(buffer, until=60) for piece in pieces)
    assert filled == QUIET_SEC * RATE_HZ


def polled(buffer: JitterBuffer, until: float) -> list[tuple[float, list[Piece]]]:
    found: list[tuple[float, list[Piece]]] = []
    while (due := buffer.due) is not None and due <= until:
        found.append((due, buffer.poll(due)))
    return found


def test_packets_without_sound_keep_the_numbers_going() -> None:
    buffer = JitterBuffer()
    run(buffer, smooth(0), until=0.04)
    assert buffer.add(1, FRAME, b"", 0.045) == []
    assert buffer.add(2, FRAME, packet(1), 0.05) == [Piece(FRAME, FRAME, packet(1))]


@pytest.mark.parametrize("ms", [10, 20, 40, 60])
def test_packets_of_any_length_keep_the_time_line(ms: int) -> None:
    toc = {10: b"\xf4", 20: b"\xfc", 40: b"\x50", 60: b"\x58"}[ms]
    samples, buffer, heard = ms * 48, JitterBuffer(), list[Piece]()
    for number in (0, 1, 2, 4, 5):
        heard += buffer.add(number, number * samples, packet(number, toc), number * ms / 1000)
        if number == 4:
            heard += buffer.poll(number * ms / 1000 + MAX_WAIT_SEC)
    assert [(piece.start, piece.samples) for piece in heard] == [(index * samples, samples) for index in range(6)]


@pytest.mark.parametrize(
    ("payload", "ms"),
    [
        (b"", 0),
        (b"\x00", 10),
        (b"\x18", 60),
        (b"\x60", 10),
        (b"\x68", 20),
        (b"\x80", 2.5),
        (b"\x98", 20),
        (b"\xf8\xff\xfe", 20),
        (b"\xf9\xff\xfe", 40),
        (b"\xfb\x03", 60),
        (b"\xfb\x3f", 0),
        (b"\xfb", 0),
        (b"\x1b\x02", 120),
        (b"\x1b\x03", 0),
    ],
)
def test_the_length_of_an_opus_packet_stands_in_its_first_bytes(payload: bytes, ms: float) -> None:
    assert duration(payload) == ms * 48
