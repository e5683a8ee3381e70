"""A connection on a machine without any network.

aioice offers every address but loopback, so on a laptop with its network off it would offer none and no voice could
connect, though browser and room are on the same machine. Its function that lists addresses is private to us; it is
replaced in this one place, and left alone where it is not what we know.

Chromium there gathers nothing for a page's first connection; the page (`web/ui/src/rtc/peer.ts`) makes a second one.
"""

from __future__ import annotations

import inspect
import logging
from collections.abc import Callable

from aioice import ice

logger = logging.getLogger(__name__)

_Addresses = Callable[[bool, bool], list[str]]
_NAME = "get_host_addresses"
_PARAMETERS = ("use_ipv4", "use_ipv6")
_MARK = "offers_loopback"
"""Set on our function, so that it wraps theirs once."""


def offer_loopback_alone() -> bool:
    """Let loopback be offered where there is no other address; return whether that could be done. Idempotent."""
    known: _Addresses | None = getattr(ice, _NAME, None)
    if known is None or tuple(inspect.signature(known).parameters) != _PARAMETERS:
        logger.warning("aioice lists its addresses in another way: voice needs a network interface")
        return False
    if getattr(known, _MARK, False):
        return True
    wrapped = _with_loopback(known)
    setattr(wrapped, _MARK, True)
    setattr(ice, _NAME, wrapped)
    return True


def _with_loopback(known: _Addresses) -> _Addresses:
    def get_host_addresses(use_ipv4: bool, use_ipv6: bool) -> list[str]:
        return known(use_ipv4=use_ipv4, use_ipv6=use_ipv6) or (["127.0.0.1"] if use_ipv4 else ["::1"])  # type: ignore[call-arg]  # names as aioice calls it

    return get_host_addresses
