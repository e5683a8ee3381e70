"""Offers for tests."""

from __future__ import annotations

_TRANSPORT = """\
a=ice-ufrag:a1b2
a=ice-pwd:0123456789abcdefghijklmn
a=fingerprint:sha-256 {fingerprint}
a=setup:actpass
a=candidate:1 1 udp 2130706431 192.0.2.7 50000 typ host
a=end-of-candidates
""".format(fingerprint=":".join(["AB"] * 32))

OFFER = f"""\
v=0
o=- 1 1 IN IP4 0.0.0.0
s=-
t=0 0
a=group:BUNDLE 0 1
m=audio 9 UDP/TLS/RTP/SAVPF 111
c=IN IP4 0.0.0.0
a=mid:0
a=sendrecv
a=rtcp-mux
a=rtpmap:111 opus/48000/2
{_TRANSPORT}m=application 9 UDP/DTLS/SCTP webrtc-datachannel
c=IN IP4 0.0.0.0
a=mid:1
a=sctp-port:5000
a=max-message-size:262144
{_TRANSPORT}""".replace("\n", "\r\n")
"""What a browser offers: one two-way audio track and a data channel."""
