"""A laptop with its network off is offered an address to connect to."""

from __future__ import annotations

import pytest
from aioice import ice
from aiortc import RTCConfiguration, RTCPeerConnection

from web.loopback import offer_loopback_alone


async def candidates() -> list[str]:
    peer = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    try:
        peer.createDataChannel("events")
        await peer.setLocalDescription(await peer.createOffer())
        lines = peer.localDescription.sdp.splitlines()
        return [line.split()[4] for line in lines if line.startswith("a=candidate")]
    finally:
        await peer.close()


async def test_loopback_is_offered_where_there_is_no_other_address(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(use_ipv4: bool, use_ipv6: bool) -> list[str]:
        return []

    monkeypatch.setattr(ice, "get_host_addresses", none)
    assert await candidates() == []
    assert offer_loopback_alone()
    assert await candidates() == ["127.0.0.1"]


async def test_other_addresses_stay_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    def one(use_ipv4: bool, use_ipv6: bool) -> list[str]:
        return ["127.0.0.2"]

    monkeypatch.setattr(ice, "get_host_addresses", one)
    assert offer_loopback_alone()
    assert offer_loopback_alone()
    assert await candidates() == ["127.0.0.2"]


def test_an_unknown_aioice_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def other(interfaces: str) -> list[str]:
        return []

    monkeypatch.setattr(ice, "get_host_addresses", other)
    assert not offer_loopback_alone()
    assert vars(ice)["get_host_addresses"] is other
