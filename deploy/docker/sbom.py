"""The bill of materials of an environment, as CycloneDX 1.6 JSON on standard output: ``python sbom.py LOCK``.

Run by the environment it describes. ``LOCK`` gives the hashes; a part without one is our own, or of the base image.
"""

from __future__ import annotations

import json
import re
import sys
from importlib.metadata import Distribution, distributions
from pathlib import Path

PINNED = re.compile(r"^([\w.-]+)==([^\s;]+).*?\n((?: +--hash=sha256:[0-9a-f]{64}.*\n)+)", re.MULTILINE)


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def hashes(lock: str) -> dict[tuple[str, str], list[str]]:
    """By name and version, the hashes of all its files."""
    return {(normal(name), version): re.findall(r"sha256:([0-9a-f]+)", rest) for name, version, rest in PINNED.findall(lock)}


def component(one: Distribution, known: dict[tuple[str, str], list[str]]) -> dict[str, object]:
    name, version = normal(one.metadata["Name"]), one.version
    found: dict[str, object] = {
        "type": "library", "name": name, "version": version, "purl": f"pkg:pypi/{name}@{version}",
        "bom-ref": f"pkg:pypi/{name}@{version}",
    }  # fmt: skip
    if licence := one.metadata.get("License-Expression"):
        found["licenses"] = [{"expression": licence}]
    elif (licence := one.metadata.get("License") or "") and len(licence) < 80:
        found["licenses"] = [{"license": {"name": licence}}]
    if values := known.get((name, version)):
        found["properties"] = [{"name": "tradewind:lock:sha256", "value": value} for value in values]
    return found


def bill(lock: str) -> dict[str, object]:
    known = hashes(lock)
    parts = {str(one["purl"]): one for one in (component(found, known) for found in distributions() if found.metadata["Name"])}
    return {
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "metadata": {"component": {"type": "container", "name": "tradewind"}},
        "components": [parts[purl] for purl in sorted(parts)],
    }  # fmt: skip


if __name__ == "__main__":
    json.dump(bill(Path(sys.argv[1]).read_text()), sys.stdout, indent=1)
