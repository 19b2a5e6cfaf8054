"""The server's secret key: encrypts credentials and keys the digests of API keys."""

from __future__ import annotations

import base64
import os
import tempfile
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tradewind_server.errors import FailedPrecondition, Reason
from tradewind_server.settings import Settings

KEY_BYTES = 32
SECRET_FILE = "secret.key"  # noqa: S105 (the name of a file)


def load_secret(settings: Settings) -> bytes:
    """The configured secret, or the one in ``<data dir>/secret.key``, made at first use (mode 0600).

    Raises ``FailedPrecondition`` with what to do where the file cannot be read or made, or is empty.
    """
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value().encode()
    path = settings.data_dir / SECRET_FILE
    try:
        secret = create_once(path, os.urandom(KEY_BYTES).hex())
    except (OSError, UnicodeDecodeError) as error:
        reason = (getattr(error, "strerror", None) or "it is no text").lower()
        raise FailedPrecondition(
            Reason.CONFLICT, f"The secret key {path} cannot be used: {reason}; correct that, or set TRADEWIND_SECRET_KEY."
        ) from None
    if not secret:
        raise FailedPrecondition(Reason.CONFLICT, f"The secret key {path} is empty; bring it back from its backup.")
    return secret.encode()


def require_secret(settings: Settings) -> None:
    """Raises ``FailedPrecondition`` where the database holds what the secret key opens, and the key is not there.

    A new key would be made otherwise, and nobody would hear that all credentials and API keys are void: of a container
    without its volume, say.
    """
    from tradewind_server.store.dump import StoreDump  # Most who read the key need no table.

    path = settings.data_dir / SECRET_FILE
    if settings.secret_key is None and not path.exists() and StoreDump(settings.sql_url).holds_secrets():
        raise FailedPrecondition(
            Reason.CONFLICT,
            f"The database holds credentials or API keys, and their secret key {path} is not there; bring it back from its "
            "backup, or set TRADEWIND_SECRET_KEY (a new key makes them void).",
        )


def credential_key(secret: bytes) -> bytes:
    """The Fernet key of stored credentials."""
    return base64.urlsafe_b64encode(derive(secret, "credentials"))


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
