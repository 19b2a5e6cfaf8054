"""Manifests and READMEs of the callers' packages: the texts under ``proto/packages/``, with the server's version put in."""

from __future__ import annotations

import tomllib
from pathlib import Path

TEMPLATES = Path(__file__).parent / "packages"
VERSION = "@VERSION@"


def version_of(root: Path) -> str:
    project = tomllib.loads((root / "pyproject.toml").read_text())
    return str(project["project"]["version"])


def write(out: Path, root: Path) -> None:
    """Beside the stubs of each language that was generated."""
    version = version_of(root)
    for template in sorted(path for path in TEMPLATES.rglob("*") if path.is_file()):
        place = template.relative_to(TEMPLATES)
        if (out / place.parts[0]).exists():
            target = out / place
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(template.read_text().replace(VERSION, version))
