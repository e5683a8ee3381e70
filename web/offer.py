"""Reads the SDP a browser offers: is it one, and is it one this room can answer; and words the answer for speech."""

from __future__ import annotations

import ipaddress
import re

from aiortc.sdp import MediaDescription, SessionDescription

from coach.errors import InputError

MAX_CHARS = 32 * 1024
"""Browsers' offers of one audio track and a data channel are 2 to 6 KB."""
MAX_CANDIDATES = 64
_OPUS = re.compile(r"^a=rtpmap:(\d+) opus/48000", re.ASCII | re.IGNORECASE)
_CANDIDATE = re.compile(r"^a=candidate:\S+ \d+ \S+ \d+ (\S+) \d+ ", re.ASCII)


def read_offer(sdp: str) -> str:
    """Return the offer as the room will use it.

    Candidates without an address (Chrome's `….local` names, before the microphone is allowed) are taken out, and so
    is the end-of-candidates mark: looking such names up takes a second and fails on many networks, whereas the
    browser's own checks reveal its address at once.

    Raises:
        InputError: If it is not SDP, too long, or offers other than one two-way audio track and a data channel.
    """
    if len(sdp) > MAX_CHARS:
        raise InputError(f"Expected an SDP offer of at most {MAX_CHARS} characters, got {len(sdp)}.")
    lines = [line for line in sdp.replace("\r\n", "\n").split("\n") if line]
    if sum(line.startswith("a=candidate:") for line in lines) > MAX_CANDIDATES:
        raise InputError(f"Expected an SDP offer with at most {MAX_CANDIDATES} candidates.")
    cleaned = "\r\n".join(line for line in lines if _is_usable(line)) + "\r\n"
    _check(_parsed(cleaned))
    return cleaned


def for_speech(answer: str) -> str:
    """Return an answer that asks the browser for speech: mono, repairable, a packet every 20 ms.

    Not for silence left out (`usedtx`): the end of an utterance would be heard only when the next packet comes, up to
    0.4 s later.
    """
    asked = "minptime=20;useinbandfec=1;usedtx=0;stereo=0;sprop-stereo=0;maxaveragebitrate=32000"
    lines: list[str] = []
    for line in answer.split("\r\n"):
        lines.append(line)
        if (found := _OPUS.match(line)) is not None:
            lines += [f"a=fmtp:{found[1]} {asked}", "a=ptime:20"]
    return "\r\n".join(lines)


def _is_usable(line: str) -> bool:
    if line == "a=end-of-candidates":
        return False
    found = _CANDIDATE.match(line)
    if found is None:
        return not line.startswith("a=candidate:")
    try:
        ipaddress.ip_address(found[1])
    except ValueError:
        return False
    return True


def _parsed(sdp: str) -> SessionDescription:
    if not sdp.startswith("v=0\r\n"):
        raise InputError("Expected an SDP offer that begins with v=0; this is something else.")
    try:
        return SessionDescription.parse(sdp)
    except Exception as error:
        # The parser trips over hostile text in many ways (assertions, missing keys, numbers that are none).
        raise InputError("Expected an SDP offer, but it cannot be read. Make it with RTCPeerConnection.") from error


def _check(offer: SessionDescription) -> None:
    kinds = sorted(media.kind for media in offer.media)
    if kinds != ["application", "audio"]:
        raise InputError(
            f"Expected an offer of one audio track and one data channel, got {', '.join(kinds) or 'nothing'}."
        )
    for media in offer.media:
        _check_media(media)


def _check_media(media: MediaDescription) -> None:
    if media.ice is None or not media.ice.usernameFragment or not media.ice.password:
        raise InputError(f"Expected ICE credentials in the {media.kind} part of the offer.")
    if media.dtls is None or not media.dtls.fingerprints:
        raise InputError(f"Expected a DTLS fingerprint in the {media.kind} part of the offer.")
    if media.kind != "audio":
        return
    if (media.direction or "sendrecv") != "sendrecv":
        raise InputError(
            f"Expected two-way audio (sendrecv) in the offer, got {media.direction}: the room both hears and speaks."
        )
    if not any(codec.mimeType.lower() == "audio/opus" for codec in media.rtp.codecs):
        raise InputError("Expected the Opus codec among those offered.")
