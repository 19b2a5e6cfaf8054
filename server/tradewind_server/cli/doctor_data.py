"""What ``tradewind doctor`` asks of the data directory: room, a database of this version, the key that opens its secrets.

It makes and migrates nothing: a look before an upgrade must not be the upgrade.
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from tradewind_server.errors import FailedPrecondition
from tradewind_server.settings import Settings

MIB = 1 << 20
LEAST_ROOM, LITTLE_ROOM = 64 * MIB, 1024 * MIB
"""Bytes free: below the first a write may fail at any moment, below the second somebody should look."""
LEAST_FILES = 100
OLDEST_POSTGRES = 13


class CheckFailure(Exception):
    """A check failed; the message says what to do."""


async def check_disk(settings: Settings) -> list[str]:
    """Room for data on the disk of the data directory, or of the directory that it will be made in."""
    place = settings.data_dir.resolve()
    while not place.exists():
        place = place.parent
    room = _room_of(place)
    free, files = room.f_bavail * room.f_frsize, room.f_favail
    if free < LEAST_ROOM or (room.f_files and files < LEAST_FILES):
        what = f"{free // MIB} MiB" if free < LEAST_ROOM else f"{files} files"
        raise CheckFailure(
            f"The disk of {place} has room for {what} more, so messages cannot be stored; make room: uploads, old backups, "
            "runs (TRADEWIND_RUN_RETENTION_DAYS)."
        )
    warning = "warning: little room is left: " if free < LITTLE_ROOM else ""
    return [f"{warning}{free // MIB:,} MiB free for {place}"]


def _room_of(place: Path) -> os.statvfs_result:
    return os.statvfs(place)


async def check_database(settings: Settings) -> list[str]:
    from tradewind_server.store.dump import StoreDump
    from tradewind_server.store.migrate import require_current

    dump = StoreDump(settings.sql_url)
    if await asyncio.to_thread(dump.is_unused):
        return ["none yet: the first start makes it"]
    version = await asyncio.to_thread(dump.server_version)
    name = dump.kind
    if name == "Postgres" and version < (OLDEST_POSTGRES,):
        raise CheckFailure(
            f"The Postgres server is version {'.'.join(map(str, version))}; {OLDEST_POSTGRES} is the oldest that serves here."
        )
    await asyncio.to_thread(require_current, settings.sql_url)
    return [f"{name} {'.'.join(map(str, version))} answers, with the schema of this version"]


async def check_secrets(settings: Settings) -> list[str]:
    """Whether the secret key is the one that the stored credentials were encrypted with."""
    return [await asyncio.to_thread(_try_secret, settings)]


def _try_secret(settings: Settings) -> str:
    from tradewind_server.store.dump import StoreDump
    from tradewind_server.store.secret_key import SECRET_FILE, credential_key, load_secret, require_secret

    path = settings.data_dir / SECRET_FILE
    require_secret(settings)
    if not has_secret(settings):
        return "no secret key yet: the first start makes it"
    if not is_ready(settings):
        return "not tried: there is no database of this version"
    closed, count = StoreDump(settings.sql_url).credentials_closed_to(credential_key(load_secret(settings)))
    if closed:
        source = "TRADEWIND_SECRET_KEY" if settings.secret_key is not None else str(path)
        raise CheckFailure(
            f"The secret key of {source} does not open {closed} of {count} stored credentials; bring back the key that they "
            "were stored with, or store them anew."
        )
    return f"the secret key opens the stored credentials ({count} tried)" if count else "no stored credential to try it with"


def has_secret(settings: Settings) -> bool:
    """Whether there is a secret key: whoever reads it otherwise makes one."""
    from tradewind_server.store.secret_key import SECRET_FILE

    return settings.secret_key is not None or (settings.data_dir / SECRET_FILE).exists()


def is_ready(settings: Settings) -> bool:
    """Whether there is a database with the schema of this version. Raises ``Unavailable`` where it is away."""
    from tradewind_server.store.dump import StoreDump
    from tradewind_server.store.migrate import require_current

    if StoreDump(settings.sql_url).is_unused():
        return False
    try:
        require_current(settings.sql_url)
    except FailedPrecondition:
        return False
    return True
