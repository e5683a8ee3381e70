from __future__ import annotations

from pathlib import Path

import pytest
from aiortc.sdp import SessionDescription

from coach.errors import InputError
from tests.web.offers import OFFER
from tests.web.rooms import open_room
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


@pytest.mark.slow
async def test_the_answer_asks_for_one_opus_stream_of_mono_speech_without_gaps(tmp_path: Path) -> None:
    """Even of a browser that would rather send something else."""
    others = "SAVPF 0 8 111\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\na=fmtp:111 stereo=1;usedtx=1"
    body = {"sdp": OFFER.replace("SAVPF 111", others), "type": "offer", "client": "tab"}
    async with open_room(tmp_path) as http:
        rehearsal = (await http.post("/api/rehearsals", json={"scenario": "en-mug"})).json()["id"]
        answer = (await http.post(f"/api/rehearsals/{rehearsal}/offer", json=body)).json()["sdp"]
        await http.post(f"/api/rehearsals/{rehearsal}/end")
    audio = answer[answer.index("m=audio") :].split("\r\nm=")[0].splitlines()
    assert audio[0].split()[3:] == ["111"]
    assert [line for line in audio if line.startswith("a=rtpmap")] == ["a=rtpmap:111 opus/48000/2"]
    (asked,) = (line for line in audio if line.startswith("a=fmtp:111 "))
    assert {"useinbandfec=1", "usedtx=0", "stereo=0", "sprop-stereo=0"} <= set(asked.split(" ")[1].split(";"))
    assert SessionDescription.parse(answer).media[0].rtp.codecs[0].parameters["useinbandfec"] == 1
