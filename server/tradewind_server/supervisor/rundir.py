"""The folder of sockets that the processes of one running stack share: mode 0700, short path, gone at the end."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

LONGEST_SOCKET_PATH = 107
LONGEST_NAME = len("qdrant.sock:6334") + 8


@dataclass(frozen=True, slots=True)
class RunDir:
    """Fixed names inside the folder."""

    path: Path

    def worker_socket(self, index: int) -> Path:
        return self.path / f"worker-{index}.sock"

    def pulse_socket(self, index: int) -> Path:
        return self.path / f"pulse-{index}.sock"

    @property
    def qdrant_socket(self) -> Path:
        return self.path / "qdrant.sock"

    @property
    def chat_socket(self) -> Path:
        return self.path / "chat.sock"

    @property
    def embeddings_socket(self) -> Path:
        return self.path / "embeddings.sock"

    @property
    def speech_socket(self) -> Path:
        return self.path / "speech.sock"

    @property
    def voice_socket(self) -> Path:
        return self.path / "voice.sock"

    @property
    def control_socket(self) -> Path:
        return self.path / "control.sock"

    @property
    def envoy_config(self) -> Path:
        return self.path / "envoy.json"

    @property
    def envoy_admin(self) -> Path:
        return self.path / "envoy.sock"

    def remove(self) -> None:
        shutil.rmtree(self.path, ignore_errors=True)


def make_run_dir() -> RunDir:
    """A fresh folder under the user's runtime directory, or the temporary one; whichever keeps socket paths short."""
    bases = [os.environ.get("XDG_RUNTIME_DIR"), tempfile.gettempdir(), "/tmp"]  # noqa: S108 (a fresh 0700 folder in it)
    for base in bases:
        if base and len(base) + 20 + LONGEST_NAME <= LONGEST_SOCKET_PATH and os.access(base, os.W_OK):
            return RunDir(Path(tempfile.mkdtemp(prefix="tradewind-", dir=base)))
    raise OSError("there is no writable directory with a short path for sockets")
