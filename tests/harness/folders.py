"""What lies in a folder that a running server goes on writing to."""

from __future__ import annotations

import os
import stat
from pathlib import Path


def everything_in(folder: Path) -> list[Path]:
    """Files and folders below it. One that goes away during the walk is left out, where ``Path.rglob`` would raise."""
    return [Path(parent) / name for parent, folders, files in os.walk(folder) for name in (*folders, *files)]


def modes_in(folder: Path) -> dict[Path, int]:
    """``st_mode`` of the folder and of everything below it, without what went away meanwhile."""
    found = {}
    for path in (folder, *everything_in(folder)):
        try:
            found[path] = path.lstat().st_mode
        except FileNotFoundError:
            continue
    return found


def wide_in(folder: Path) -> list[Path]:
    """What any other user of the machine could read, write or enter."""
    return [path for path, mode in modes_in(folder).items() if not stat.S_ISLNK(mode) and mode & 0o077]
