from __future__ import annotations

import asyncio
from typing import Any

import pytest
from aiortc.rtcrtpreceiver import RTCRtpReceiver

from audio import tap as module
from audio.tap import is_known, tap, why_not


def test_the_installed_aiortc_is_known() -> None:
    assert why_not(RTCRtpReceiver) is None


class Renamed(RTCRtpReceiver):
    def __init__(self, kind: str, transport: Any) -> None:
        super().__init__(kind, transport)
        del self._RTCRtpReceiver__jitter_buffer  # type: ignore[attr-defined]  # as if it had another name


class Waits(RTCRtpReceiver):
    async def _handle_rtp_packet(self, packet: Any, arrival_time_ms: int) -> None:
        await asyncio.sleep(0)


class Loses(RTCRtpReceiver):
    async def _handle_rtp_packet(self, packet: Any, arrival_time_ms: int) -> None:
        return


class OtherCall(RTCRtpReceiver):
    async def _handle_rtp_packet(self, packet: Any) -> None:  # type: ignore[override]  # a changed signature
        return


@pytest.mark.parametrize(
    ("foreign", "said"),
    [(Renamed, "no jitter buffer"), (Waits, "waits"), (Loses, "did not arrive"), (OtherCall, "TypeError")],
)
def test_another_aiortc_is_left_as_it_is_with_one_warning(
    foreign: type[RTCRtpReceiver], said: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    problem = why_not(foreign)
    assert problem is not None
    assert said in problem
    monkeypatch.setattr(module, "RTCRtpReceiver", foreign)
    is_known.cache_clear()
    try:
        receiver = RTCRtpReceiver("audio", module._NoTransport())  # type: ignore[arg-type]  # never connected
        before = vars(receiver)["_RTCRtpReceiver__jitter_buffer"]
        for _ in range(2):
            assert not tap(receiver, lambda packet: None)
        assert vars(receiver)["_RTCRtpReceiver__jitter_buffer"] is before
        assert [record.levelname for record in caplog.records] == ["WARNING"]
        assert "its own jitter buffer stays" in caplog.text
    finally:
        is_known.cache_clear()
