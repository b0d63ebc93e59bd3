"""A PostgreSQL server for the tests: its own cluster in a folder of its own, gone at the end."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import create_engine, text

from tests.workspace.object_store import free_port


def programs() -> Path | None:
    """Where initdb and pg_ctl lie: Debian keeps them off the search path, a folder for each version."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: path.parts[4])
    found = shutil.which("initdb")
    return versions[-1].parent if versions else Path(found).parent if found else None


def why_not() -> str:
    """Why no server can be started here, in words; empty where one can."""
    if programs() is None:
        return "PostgreSQL is not installed (Debian: postgresql)"
    if os.geteuid() == 0:
        try:
            pwd.getpwnam("postgres")
        except KeyError:
            return "PostgreSQL refuses to run as root, and there is no user postgres"
    return ""


def _run(*command: str) -> None:
    # Nobody may run a server as root, not even a test.
    start = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    done = subprocess.run([*start, *command], cwd="/", capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"


@contextmanager
def server(host: str = "") -> Iterator[str]:
    """Start a server that listens on a socket alone, or at an address that others may use without a password; gives the
    URL of its database."""
    bin_folder = programs()
    assert bin_folder is not None
    folder = Path(tempfile.mkdtemp(prefix="chamra-pg-", dir="/tmp"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    data = str(folder / "data")
    try:
        _run(
            str(bin_folder / "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8",
            "--locale=C.UTF-8", "--no-sync",
        )  # fmt: skip
        port = free_port() if host else 5432
        if host:
            with Path(data, "pg_hba.conf").open("a") as rules:
                rules.write("host all all samenet trust\n")
        options = f"-k {folder} -c listen_addresses='{host}' -p {port} -c fsync=off -c max_connections=60"
        _run(
            str(bin_folder / "pg_ctl"),
            "-D",
            data,
            "-w",
            "-t",
            "120",
            "-l",
            f"{data}.log",
            "-o",
            options,
            "start",
        )
        try:
            socket_url = f"postgresql://postgres@/postgres?host={quote(str(folder), safe='')}"
            yield f"postgresql://postgres@{host}:{port}/postgres" if host else socket_url
        finally:
            _run(str(bin_folder / "pg_ctl"), "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def restart(url: str) -> None:
    """Stop the server of this URL, which listens at an address, at once and start it again as it was."""
    bin_folder = programs()
    assert bin_folder is not None
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        data = connection.execute(text("SHOW data_directory")).scalar_one()
    engine.dispose()
    log = f"{data}.log"
    _run(str(bin_folder / "pg_ctl"), "-D", data, "-w", "-t", "120", "-m", "immediate", "-l", log, "restart")


def fresh_schema(url: str, name: str) -> str:
    """The URL of an empty schema of its own in the server's database."""
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.execute(text(f'CREATE SCHEMA "{name}"'))
    engine.dispose()
    return f"{url}&options={quote(f'-csearch_path={name}', safe='')}"
