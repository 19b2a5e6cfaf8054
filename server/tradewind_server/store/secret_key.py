"""The server's secret key: encrypts credentials and keys the digests of API keys."""

from __future__ import annotations

import os
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


def create_once(path: Path, content: str) -> str:
    """Write a file of mode 0600 unless it is there; its content either way. Two processes at once agree on one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(content + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)  # Fails where another process was first: linking never replaces.
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text().strip()


def derive(secret: bytes, purpose: str) -> bytes:
    """A 32-byte key for one purpose (RFC 5869), so that no two uses share a key."""
    return HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=purpose.encode()).derive(secret)
