"""The server's secret key: encrypts credentials and keys the digests of API keys."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tradewind_server.settings import Settings

KEY_BYTES = 32


def load_secret(settings: Settings) -> bytes:
    """The configured secret, or the one in ``<data dir>/secret.key``, made at first use (mode 0600)."""
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value().encode()
    return create_once(settings.data_dir / "secret.key", os.urandom(KEY_BYTES).hex()).encode()


def check_of(secret: str) -> str:
    """What tells a secret key from others without leading back to it: 32 hexadecimal digits."""
    return derive(secret.strip().encode(), "check").hex()[:32]


def create_once(path: Path, content: str) -> str:
    """Write a file of mode 0600 unless it is there; its content either way. Two processes at once agree on one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        # A name of chance: the process id is the same in every container that shares the directory.
        descriptor, draft = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(descriptor, "w") as file:
            file.write(content + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)  # Fails where another process was first: linking never replaces.
        except FileExistsError:
            pass
        finally:
            os.unlink(draft)
        _sync(path.parent)
    return path.read_text().strip()


def _sync(directory: Path) -> None:
    """A name is safe once its directory is: a secret that a power cut takes away would lock every credential."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def derive(secret: bytes, purpose: str) -> bytes:
    """A 32-byte key for one purpose (RFC 5869), so that no two uses share a key."""
    return HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=purpose.encode()).derive(secret)
