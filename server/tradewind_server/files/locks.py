"""Locks between the workers of one machine: files that a process holds with ``flock``."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import hashlib
import os
from collections.abc import AsyncIterator
from pathlib import Path

LOOK_AGAIN = 0.02


class FileLocks:
    """The port ``Locks`` over a folder. The kernel lets go of a lock when its process ends, however it ends."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def prepare(self) -> None:
        """Make the folder."""
        self._directory.mkdir(parents=True, exist_ok=True, mode=0o700)

    @contextlib.asynccontextmanager
    async def hold(self, name: str) -> AsyncIterator[None]:
        path = self._path(name)
        while (descriptor := _try_lock(path)) is None:  # noqa: ASYNC110 (another process gives no sign)
            await asyncio.sleep(LOOK_AGAIN)
        try:
            yield
        finally:
            _let_go(path, descriptor)

    @contextlib.asynccontextmanager
    async def attempt(self, name: str) -> AsyncIterator[bool]:
        path = self._path(name)
        descriptor = _try_lock(path)
        try:
            yield descriptor is not None
        finally:
            if descriptor is not None:
                _let_go(path, descriptor)

    def _path(self, name: str) -> Path:
        return self._directory / hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:40]


def _try_lock(path: Path) -> int | None:
    """An open descriptor that holds the lock; None while somebody else does."""
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_at(path, descriptor):
                return descriptor
        except BlockingIOError:
            os.close(descriptor)
            return None
        os.close(descriptor)  # Its last holder removed the file between our two steps.


def _is_at(path: Path, descriptor: int) -> bool:
    try:
        return os.stat(path).st_ino == os.fstat(descriptor).st_ino
    except FileNotFoundError:
        return False


def _let_go(path: Path, descriptor: int) -> None:
    os.unlink(path)
    os.close(descriptor)
