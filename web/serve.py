"""Runs the web server in this process until it is told to stop."""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import uvicorn
from fastapi import FastAPI

from coach.errors import InputError
from web.app import create_app
from web.composition import Composition
from web.state import AppState

logger = logging.getLogger(__name__)

GRACEFUL_SEC = 10
"""Longest wait for running requests at shutdown, s; long polls answer within one."""
_BACKLOG = 128
DEFAULT_THREADS = 16
"""asyncio would take cores + 4: six on two cores, where six blocking jobs made frames encoded there 0.3 s late."""


def serve(
    host: str,
    port: int,
    compose: Callable[[], Composition],
    *,
    on_ready: Callable[[str], None] = lambda url: None,
) -> None:
    """Serve the practice room until SIGINT or SIGTERM; then every rehearsal is ended, scored and kept.

    Args:
        host: Address or name to listen on.
        port: TCP port; 0 picks a free one.
        compose: Makes the composition; called once, on the event loop, after the port is ours.
        on_ready: Called with the room's URL once requests are answered.

    Raises:
        InputError: If the port is in use or the address is not ours; nothing has been started then.
        CoachError: Whatever `compose` raises.
    """
    with closing(open_socket(host, port)) as listener:
        try:
            asyncio.run(_run(listener, compose, on_ready))
        except KeyboardInterrupt:
            # uvicorn raises the signal again once all is closed.
            logger.info("stopped")


def open_socket(host: str, port: int) -> socket.socket:
    """Take a port before anything else is started.

    Raises:
        InputError: If it cannot be had; says what to do.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError as error:
        raise InputError(
            "{host!r} is no address of this machine ({reason}). Use --host 127.0.0.1.", host=host, reason=error.strerror
        ) from error
    listener = socket.socket(family, kind, protocol)
    try:
        if os.name == "posix":
            # Lets a restart take the port at once; on Windows the same flag would let two servers share it.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        raise _why_not(host, port, error) from error
    return listener


def _why_not(host: str, port: int, error: OSError) -> InputError:
    if error.errno == errno.EADDRINUSE:
        return InputError(
            "Port {port} on {host} is in use. Stop the other program, or choose another port with --port.",
            port=port,
            host=host,
        )
    if error.errno == errno.EACCES:
        return InputError(
            "Port {port} may not be used without special rights. Choose one above 1023 with --port.", port=port
        )
    if error.errno == errno.EADDRNOTAVAIL:
        return InputError(
            "{host} is no address of this machine. Use --host 127.0.0.1, or 0.0.0.0 for all of its addresses.",
            host=host,
        )
    return InputError("Port {port} on {host} cannot be used: {reason}.", port=port, host=host, reason=error.strerror)


def url_of(host: str, listener: socket.socket) -> str:
    """Return the URL under which a browser on this machine opens the room."""
    port = listener.getsockname()[1]
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "": "127.0.0.1"}.get(host, host)
    return f"http://{f'[{name}]' if ':' in name and not name.startswith('[') else name}:{port}"


class RoomServer(uvicorn.Server):
    """uvicorn, which tells when it is ready and tells the app when it is about to stop."""

    def __init__(self, app: FastAPI, on_ready: Callable[[], None]) -> None:
        config = uvicorn.Config(
            app,
            loop="asyncio",
            http="h11",
            ws="none",
            lifespan="on",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=GRACEFUL_SEC,
        )
        super().__init__(config)
        self._app_state: AppState = app.state.coach
        self._app_state.stop = self._stop
        self._on_ready = on_ready

    def _stop(self) -> None:
        self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        if self.started:
            self._on_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let long polls answer, then stop."""
        self._app_state.closing = True
        await super().shutdown(sockets)


async def _run(listener: socket.socket, compose: Callable[[], Composition], on_ready: Callable[[str], None]) -> None:
    # Nothing of ours runs in the default executor (engines and disk have their own). Its size covers what libraries do
    # there: looking names up, and aiortc's encoder should a track ever hand it frames.
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(DEFAULT_THREADS, thread_name_prefix="default"))
    composition = compose()
    # A Ctrl-C during that is raised here; inside uvicorn's start it would be logged as a failure, with a traceback.
    await asyncio.sleep(0)
    url = url_of(composition.bind_host, listener)
    app = create_app(composition)
    await RoomServer(app, lambda: on_ready(url)).serve(sockets=[listener])
    fault = app.state.coach.fault
    if fault is not None:
        raise fault
