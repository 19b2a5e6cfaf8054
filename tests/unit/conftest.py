"""Files as the server keeps them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tradewind_server.documents.ports import SourceFile

MakeFile = Callable[[str, bytes], SourceFile]


@pytest.fixture
def make_file(tmp_path: Path) -> MakeFile:
    """A file under a name of the server's, called what the caller calls it."""
    folder = tmp_path / "incoming"
    folder.mkdir()

    def make(name: str, data: bytes) -> SourceFile:
        path = folder / str(len(list(folder.iterdir())))
        path.write_bytes(data)
        return SourceFile(name, "", str(path), len(data))

    return make
