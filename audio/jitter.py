"""Puts a remote Opus stream back into order, without ever holding back what can be heard now.

Ears are no loudspeaker: nothing has to run on smoothly, so a packet in order leaves the moment it arrives. After a
gap, later packets wait for the missing ones as long as this network has been late before; then the gap is given up,
told as lost, and all that waited leaves at once. Delay therefore cannot pile up, whatever was lost.
"""

from __future__ import annotations

from dataclasses import dataclass

RATE_HZ = 48_000
"""RTP clock of Opus, whatever it carries. Source: RFC 7587, 4.1."""
FRAME = 960
"""Samples of 20 ms."""
LONGEST = 5760
"""Samples of the longest Opus packet, 120 ms. Source: RFC 6716, 3.2.5."""
MIN_WAIT_SEC = 0.010
"""Shortest wait for a missing packet: two packets of one burst may change places within a machine."""
MAX_WAIT_SEC = 0.080
"""Longest wait: what aiortc's own buffer holds back all the time (four frames)."""
FORGET = 1 / 500
"""How fast a lateness seen once is forgotten, per packet: time constant 10 s."""
MAX_DROPOUT = 3000
MAX_MISORDER = 100
"""Sequence numbers further ahead or behind begin a new stream once two follow each other. Source: RFC 3550, A.1."""
MAX_SKEW_SEC = 5.0
"""A timestamp this far from what arrival says is a new time line: the sender began anew."""
QUIET_BYTES = 2
"""A packet this short says that the sender has stopped sending because nobody speaks (DTX). Source: RFC 7587, 3.1.3."""
QUIET_SEC = 1.0
"""How long such silence is filled in; an encoder refreshes it every 0.4 s, so longer means a lost connection."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the stream, in order. Starts may overlap what came before after silence that was filled in."""

    start: int
    """First sample's number, 48 kHz, from the first packet."""
    samples: int
    """Length at 48 kHz."""
    payload: bytes | None
    """Opus packet, or None: lost, or `quiet`."""
    quiet: bool = False
    """Nothing was sent here, because the sender was silent."""
    after: bytes | None = None
    """Of a lost piece the packet that follows; it may carry a copy of the last lost frame (in-band FEC)."""


@dataclass(frozen=True, slots=True)
class _Held:
    timestamp: int
    payload: bytes
    at: float


class JitterBuffer:
    """One remote stream. Times are seconds on any monotonic clock.

    Order: `add` each packet as it arrives, `poll` at `due`.
    """

    def __init__(self, start: int = 0) -> None:
        """Begin.

        Args:
            start: Position of the first packet, 48 kHz samples; where an earlier stream of the same line ended.
        """
        self.lost = 0
        """Packets given up."""
        self.late = 0
        """Of those, how many came after all, too late."""
        self.repeated = 0
        self.jitter_sec = 0.0
        """Mean deviation of the transit time. Source: RFC 3550, 6.4.1."""
        self._next = -1
        """Extended sequence number that leaves next; below 0 before the first packet."""
        self._end = start
        """First sample after what has left, on the time line of `Piece.start`."""
        self._end_stamp = 0
        """RTP timestamp that belongs to it."""
        self._last_at = 0.0
        self._held: dict[int, _Held] = {}
        self._given_up: dict[int, float] = {}
        """When later packets first made each lost number suspicious."""
        self._lateness = 0.0
        self._suspect: int | None = None
        self._transit: float | None = None
        self._quiet_from: tuple[float, int] | None = None
        """Arrival and end of the packet that announced silence."""

    @property
    def wait_sec(self) -> float:
        """How long a gap is waited for now: twice the jitter, or as long as packets were late of late."""
        return min(MAX_WAIT_SEC, max(MIN_WAIT_SEC, 2 * self.jitter_sec, self._lateness))

    @property
    def waiting(self) -> int:
        """Packets held back behind a gap."""
        return len(self._held)

    @property
    def due(self) -> float | None:
        """When to `poll` although nothing arrives, or None."""
        if self._held:
            return self._gap_seen() + self.wait_sec
        return self._quiet_due()

    def end_at(self, now: float) -> int:
        """Return where a stream that begins anew `now` is to start, so that positions keep pace with arrival."""
        if self._next < 0:
            return self._end
        return self._end + max(0, round((now - self._last_at) * RATE_HZ) - FRAME)

    def add(self, sequence: int, timestamp: int, payload: bytes, now: float) -> list[Piece]:
        """Take a packet as it arrives; return what can be heard now.

        Args:
            sequence: RTP sequence number, 16 bits.
            timestamp: RTP timestamp, 32 bits, 48 kHz.
            payload: The Opus packet; an empty one only keeps the numbers going.
            now: Its arrival.
        """
        if self._next < 0:
            self._begin(sequence, timestamp, self._end)
        ahead = _signed(sequence - self._next, 16)
        if not -MAX_MISORDER <= ahead < MAX_DROPOUT:
            if not self._is_new_stream(sequence):
                return []
            self._begin(sequence, timestamp, self.end_at(now))
            ahead = 0
        self._suspect = None
        number = self._next + ahead
        if ahead < 0 or number in self._held:
            self._note_late(number, now)
            return []
        self._measure(timestamp, now)
        self._held[number] = _Held(timestamp, payload, now)
        return self._leaving(now)

    def poll(self, now: float) -> list[Piece]:
        """Return what can be heard now because time has passed."""
        return [*self._leaving(now), *self._filled(now)]

    # --- leaving --------------------------------------------------------------------------------------------

    def _leaving(self, now: float) -> list[Piece]:
        pieces: list[Piece] = []
        while self._held:
            if self._next not in self._held:
                if now < self._gap_seen() + self.wait_sec and len(self._held) < MAX_MISORDER:
                    break
                pieces += self._give_up()
            pieces += self._leave(self._held.pop(self._next))
        return pieces

    def _leave(self, packet: _Held) -> list[Piece]:
        self._next += 1
        self._forget()
        pieces: list[Piece] = []
        start = self._place(packet)
        if start > self._end and self._quiet_from is not None:
            pieces.append(Piece(self._end, start - self._end, None, quiet=True))
        samples = duration(packet.payload)
        self._last_at = packet.at
        self._end, self._end_stamp = max(self._end, start + samples), packet.timestamp + samples
        if self._end > start + samples:
            self._end_stamp += self._end - start - samples
        self._quiet_from = (packet.at, self._end) if 0 < len(packet.payload) <= QUIET_BYTES else None
        if samples:
            pieces.append(Piece(start, samples, packet.payload))
        return pieces

    def _give_up(self) -> list[Piece]:
        """Skip to the first packet that is there."""
        first, seen = min(self._held), self._gap_seen()
        for number in range(self._next, first):
            self._given_up[number] = seen
        self.lost += first - self._next
        self._next = first
        packet = self._held[first]
        start = self._place(packet)
        if start <= self._end or self._quiet_from is not None:
            return []
        piece = Piece(self._end, start - self._end, None, after=packet.payload)
        self._end_stamp += piece.samples
        self._end = start
        return [piece]

    def _place(self, packet: _Held) -> int:
        """Return where on our time line a packet begins."""
        step = _signed(packet.timestamp - self._end_stamp, 32)
        elapsed = max(0.0, packet.at - self._last_at) * RATE_HZ
        if abs(step) > MAX_SKEW_SEC * RATE_HZ and abs(step - elapsed) > MAX_SKEW_SEC * RATE_HZ:
            # The sender's clock began anew. Arrival says how much time has passed.
            step = round(elapsed)
            self._end_stamp = packet.timestamp - step
        return self._end + step

    def _gap_seen(self) -> float:
        return min(packet.at for packet in self._held.values())

    # --- silence that is not sent -------------------------------------------------------------------------------

    def _quiet_due(self) -> float | None:
        if self._quiet_from is None:
            return None
        since, end = self._quiet_from
        filled = (self._end - end) / RATE_HZ
        # A frame later than it would be heard at the earliest, so that the sender's next word is not overtaken.
        return since + filled + 2 * FRAME / RATE_HZ if filled < QUIET_SEC else None

    def _filled(self, now: float) -> list[Piece]:
        pieces: list[Piece] = []
        while not self._held and (due := self._quiet_due()) is not None and due <= now:
            pieces.append(Piece(self._end, FRAME, None, quiet=True))
            self._end += FRAME
            self._end_stamp += FRAME
        return pieces

    # --- the network -------------------------------------------------------------------------------------------

    def _begin(self, sequence: int, timestamp: int, start: int) -> None:
        self._next, self._end, self._end_stamp = sequence + (1 << 16), start, timestamp
        self._held.clear()
        self._given_up.clear()
        self._transit = self._quiet_from = None

    def _is_new_stream(self, sequence: int) -> bool:
        if sequence == self._suspect:
            return True
        self._suspect = (sequence + 1) & 0xFFFF
        return False

    def _note_late(self, number: int, now: float) -> None:
        seen = self._given_up.pop(number, None)
        if seen is None:
            self.repeated += 1
            return
        self.late += 1
        # A quarter more than this one needed: the next may be later still.
        self._lateness = min(MAX_WAIT_SEC, max(self._lateness, 1.25 * (now - seen)))

    def _measure(self, timestamp: int, now: float) -> None:
        transit = now - timestamp / RATE_HZ
        if self._transit is not None and abs(transit - self._transit) < MAX_SKEW_SEC:
            self.jitter_sec += (abs(transit - self._transit) - self.jitter_sec) / 16
        self._transit = transit

    def _forget(self) -> None:
        self._lateness *= 1 - FORGET
        for number in [number for number in self._given_up if number < self._next - MAX_MISORDER]:
            del self._given_up[number]


def duration(payload: bytes) -> int:
    """Return the length of an Opus packet in samples at 48 kHz, 0 for what is none. Source: RFC 6716, 3.1 and 3.2."""
    if not payload:
        return 0
    config, code = payload[0] >> 3, payload[0] & 3
    if config < 12:
        frame = (480, 960, 1920, 2880)[config & 3]
    elif config < 16:
        frame = (480, 960)[config & 1]
    else:
        frame = (120, 240, 480, 960)[config & 3]
    count = (1, 2, 2, payload[1] & 0x3F if len(payload) > 1 else 0)[code]
    samples = frame * count
    return samples if samples <= LONGEST else 0


def _signed(value: int, bits: int) -> int:
    """Return the shortest way round a counter that wraps."""
    half = 1 << (bits - 1)
    return ((value + half) & ((1 << bits) - 1)) - half
