"""Whether a request comes from the machine that the room runs on."""

from __future__ import annotations

import ipaddress

from fastapi import Request

_PASSED_ON = ("forwarded", "x-forwarded-for", "x-real-ip")
"""Headers of proxies: behind one, everybody seems to be here."""


def is_here(request: Request) -> bool:
    """Return whether the client is this machine, and no proxy stands between."""
    if request.client is None or any(name in request.headers for name in _PASSED_ON):
        return False
    return is_loopback(request.client.host)


def is_loopback(host: str) -> bool:
    """Return whether an address or name is this machine's own."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
