from __future__ import annotations

import asyncio
import signal
import socket
import sys
from pathlib import Path

import httpx
import pytest

from coach.errors import InputError
from tests.web.rooms import compose
from web.composition import Composition
from web.serve import open_socket, serve, url_of

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
from pathlib import Path
from tests.web.rooms import compose
from web.serve import serve
serve("127.0.0.1", 0, lambda: compose(Path("{folder}")), on_ready=lambda url: print(url, flush=True))
print("closed", flush=True)
"""


def test_a_port_in_use_is_said_before_anything_is_started() -> None:
    composed = []
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(InputError, match=rf"Port {port} .* in use.*--port"):
            serve("127.0.0.1", port, lambda: composed.append(1))  # type: ignore[arg-type, return-value]
    assert not composed


def test_an_address_that_is_not_ours_is_refused_with_a_sentence() -> None:
    with pytest.raises(InputError, match=r"203\.0\.113\.7 is no address of this machine"):
        open_socket("203.0.113.7", 0)


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:"),
        ("0.0.0.0", "http://127.0.0.1:"),
        ("::1", "http://[::1]:"),
        ("::", "http://[::1]:"),
    ],
)
def test_the_url_is_one_a_browser_on_this_machine_can_open(host: str, url: str) -> None:
    with open_socket("127.0.0.1", 0) as listener:
        assert url_of(host, listener) == f"{url}{listener.getsockname()[1]}"


def test_a_stop_while_the_room_is_composed_is_no_failure(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    def interrupted() -> Composition:
        signal.raise_signal(signal.SIGINT)
        return compose(tmp_path)

    serve("127.0.0.1", 0, interrupted, on_ready=lambda url: pytest.fail("the room opened all the same"))
    assert not [record for record in caplog.records if record.levelname in ("ERROR", "CRITICAL")]


@pytest.mark.slow
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
async def test_a_server_told_to_stop_ends_and_scores_what_runs(tmp_path: Path, stop: signal.Signals) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", SCRIPT.format(folder=tmp_path), cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    url = (await process.stdout.readline()).decode().strip()
    async with asyncio.timeout(60), httpx.AsyncClient(base_url=url, timeout=60) as http:
        order = {"scenario": "en-mug", "input": "typed"}
        rehearsal = (await http.post("/api/rehearsals", json=order)).json()["id"]
        async with asyncio.TaskGroup() as tasks:
            known = len((await http.get(f"/api/rehearsals/{rehearsal}/records")).json()["records"])
            page = f"/api/rehearsals/{rehearsal}/records?since={known + 1000}&wait=25"
            polling = tasks.create_task(http.get(page))
            await asyncio.sleep(0.3)
            process.send_signal(stop)
        assert polling.result().json() == {"records": [], "closed": False}
        rest, _ = await process.communicate()
    assert (tmp_path / "rehearsals" / rehearsal / "scorecard.json").is_file()
    if stop is signal.SIGINT:
        assert (process.returncode, rest.decode().strip()) == (0, "closed")
