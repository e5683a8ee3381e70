"""A PostgreSQL server of the tests' own: in a temporary folder, on a Unix socket, gone afterwards."""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OWNER = "postgres"
"""Who runs the server where the tests run as root, which PostgreSQL refuses. Debian's package makes this user."""


def find_postgres() -> Path | None:
    """Return the folder of an installed server's programs, the newest one, or None."""
    for program in (shutil.which("initdb"), *sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin/initdb")))[::-1]):
        if program is not None:
            return Path(program).resolve().parent
    return None


@contextmanager
def postgres_server(programs: Path) -> Iterator[str]:
    """Run a server; yield the URL of its socket, with `{name}` where a database's name belongs.

    Raises:
        subprocess.CalledProcessError: If it does not start.
    """
    owner = OWNER if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="coach-pg-"))  # a socket's path must be short
    if owner is not None:
        shutil.chown(folder, owner)

    def run(program: str, *arguments: str) -> None:
        subprocess.run([programs / program, *arguments], check=True, user=owner, cwd=folder, stdout=subprocess.DEVNULL)

    data, user = folder / "data", owner or getpass.getuser()
    try:
        run("initdb", "--pgdata", str(data), "--auth", "trust", "--username", user, "--encoding", "UTF8", "--no-sync")
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off -c full_page_writes=off"
        run("pg_ctl", "--pgdata", str(data), "--wait", "--log", str(folder / "log"), "-o", options, "start")
        try:
            yield f"postgresql+psycopg://{user}@/{{name}}?host={folder}"
        finally:
            run("pg_ctl", "--pgdata", str(data), "--wait", "--mode", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
