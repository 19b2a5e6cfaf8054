"""The wheels of this checkout, built once for each folder."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from harness.beside import low_priority

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Wheels:
    """Both distributions of this checkout."""

    server: Path
    client: Path


def wheels(folder: Path) -> Wheels:
    """Built at the first call for this folder."""
    return Wheels(
        built(ROOT, folder / "wheel", "tradewind-*.whl"),
        built(ROOT / "generated" / "python", folder / "client", "tradewind_client-*.whl"),
    )


def built(project: Path, out: Path, name: str) -> Path:
    if not out.exists():
        command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(out), str(project)]
        subprocess.run(low_priority(*command), check=True, timeout=300)
    (found,) = out.glob(name)
    return found
