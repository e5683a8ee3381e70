"""The waveform of a recording over the API: once from the sound, then from what was kept."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.audio.test_peaks import recorded
from tests.web.rooms import open_room
from tests.web.test_api import create, finish, problem
from web.api import peaks


async def ended(client: httpx.AsyncClient) -> str:
    rehearsal = await create(client)
    await finish(client, rehearsal)
    return rehearsal


async def test_a_recording_has_peaks_that_are_kept_beside_it(tmp_path: Path) -> None:
    async with open_room(tmp_path) as client:
        rehearsal = await ended(client)
        folder = tmp_path / "rehearsals" / rehearsal
        path = await recorded(folder, [(1.0, 3.0)])
        asked = f"/api/rehearsals/{rehearsal}/peaks?side=streamer&points=30"
        first = (await client.get(asked)).json()
        assert first["duration_sec"] == pytest.approx(3.0, abs=0.1)
        assert len(first["peaks"]) == 30
        assert max(first["peaks"][:8]) < 12 < 80 < min(first["peaks"][12:28])
        kept = folder / "streamer.ogg.peaks"
        kept.write_bytes(bytes([200]) * 100)
        assert (await client.get(asked)).json()["peaks"] == [200] * 30
        later = path.stat().st_mtime_ns + 10**10
        os.utime(path, ns=(later, later))
        assert (await client.get(asked)).json() == first
        assert (await client.delete(f"/api/rehearsals/{rehearsal}")).status_code == 204
        assert not folder.exists()


async def test_mentors_get_peaks_while_a_rehearsal_is_shared(tmp_path: Path) -> None:
    lin = {"X-Coach-Mentor": "Lin"}
    async with open_room(tmp_path) as client:
        rehearsal = await ended(client)
        await recorded(tmp_path / "rehearsals" / rehearsal, [(0.0, 1.0)])
        asked, share = f"/api/reviews/{rehearsal}/peaks?points=20", f"/api/rehearsals/{rehearsal}/share"
        assert problem(await client.get(asked, headers=lin)) == (404, "not_shared")
        await client.put(share, json={"note": ""})
        answer = await client.get(asked, headers=lin)
        assert answer.headers["cache-control"] == "private, no-store"
        assert len(answer.json()["peaks"]) == 20
        assert problem(await client.get(f"{asked}&side=viewers", headers=lin)) == (404, "no_recording")
        assert (await client.get(asked)).status_code == 422
        await client.delete(share)
        assert problem(await client.get(asked, headers=lin)) == (404, "not_shared")


async def test_what_has_no_peaks_says_why(tmp_path: Path) -> None:
    async with open_room(tmp_path) as client:
        running = await create(client)
        assert problem(await client.get(f"/api/rehearsals/{running}/peaks")) == (409, "running")
        rehearsal = await ended(client)
        base = f"/api/rehearsals/{rehearsal}/peaks"
        assert problem(await client.get(base)) == (404, "no_recording")
        (tmp_path / "rehearsals" / rehearsal / "viewers.ogg").write_bytes(b"OggS" + bytes(range(100)))
        assert problem(await client.get(f"{base}?side=viewers")) == (404, "no_recording")
        assert problem(await client.get("/api/rehearsals/nobody/peaks")) == (404, "unknown_rehearsal")
        assert (await client.get(f"{base}?points=3")).status_code == 422
        assert (await client.get(f"{base}?side=other")).status_code == 422


def test_kept_peaks_do_not_wait_for_a_recording_that_is_being_decoded(tmp_path: Path) -> None:
    audio = tmp_path / "streamer.ogg"
    audio.write_bytes(b"no sound")
    (tmp_path / "streamer.ogg.peaks").write_bytes(b"\x01\x02")
    with ThreadPoolExecutor(1) as elsewhere, peaks._ONE_AT_A_TIME:
        found = elsewhere.submit(peaks.kept_peaks, audio).result(timeout=5)
    assert found is not None
    assert found.tolist() == [1, 2]
