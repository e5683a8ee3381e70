from __future__ import annotations

import pytest

from coach.errors import InputError
from tests.web.offers import OFFER
from web.offer import MAX_CANDIDATES, MAX_CHARS, read_offer


def test_a_browsers_offer_passes_and_keeps_its_addresses() -> None:
    cleaned = read_offer(OFFER)
    assert cleaned.startswith("v=0\r\n")
    assert "192.0.2.7" in cleaned


def test_names_that_would_have_to_be_looked_up_are_taken_out() -> None:
    hidden = "a=candidate:1 1 udp 2113937151 0b5e1d6e-6f0a-4f0c-9a5e-1d2c3b4a5f60.local 50000 typ host"
    cleaned = read_offer(OFFER.replace("a=end-of-candidates", f"{hidden}\r\na=end-of-candidates", 1))
    assert ".local" not in cleaned
    assert "end-of-candidates" not in cleaned


@pytest.mark.parametrize(
    ("offer", "says"),
    [
        pytest.param("", "begins with v=0", id="empty"),
        pytest.param("hello", "begins with v=0", id="prose"),
        pytest.param("v=0\r\nm=audio x", "cannot be read", id="broken"),
        pytest.param("v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=setup:sideways\r\n", "cannot be read", id="bad role"),
        pytest.param("v=0\r\ns=-\r\n", "got nothing", id="no media"),
        pytest.param("v=0\r\n" + "a=x\r\n" * MAX_CHARS, "at most", id="huge"),
        pytest.param(OFFER + "a=candidate:1 1 udp 1 192.0.2.1 9 typ host\r\n" * 65, str(MAX_CANDIDATES), id="flood"),
        pytest.param(OFFER.replace("m=audio", "m=video"), "one audio track", id="video"),
        pytest.param(OFFER[: OFFER.index("m=application")], "one audio track", id="no data channel"),
        pytest.param(OFFER.replace("a=sendrecv", "a=recvonly"), "sendrecv", id="no microphone"),
        pytest.param(OFFER.replace("a=ice-pwd", "a=ice-pwx"), "ICE credentials", id="no ICE"),
        pytest.param(OFFER.replace("a=fingerprint", "a=fingerprin"), "fingerprint", id="no DTLS"),
        pytest.param(OFFER.replace("opus/48000", "vorbis/48000"), "Opus", id="no Opus"),
    ],
)
def test_what_is_no_usable_offer_is_refused_with_a_sentence(offer: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        read_offer(offer)
