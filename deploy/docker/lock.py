"""Makes the lock files of the images: every Python part with its version and the hashes of its files.

    python deploy/docker/lock.py            newest versions that pyproject.toml allows
    python deploy/docker/lock.py --check    writes nothing, asks nobody; exits 1 when a file does not fit pyproject.toml

A lock file begins with the digest of the requirements it was made from. It is for Linux and every Python from 3.11 on, and
for wheels alone: an image compiles nothing.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SERVER_EXTRAS = ("envoy", "javascript", "telemetry", "tokens", "vectors")
LOCKS = {"server.lock": SERVER_EXTRAS, "models.lock": (*SERVER_EXTRAS, "local")}
"""What is in the image without models, and what the one with models has."""
BUILD = "build.lock"
OWN = ("tradewind", "tradewind-client")
LEFT_OUT = ("future",)
"""Asked for by a package whose vocabulary files are read and which is never imported; it has no wheel."""
DIGEST = re.compile(r"^# requirements: ([0-9a-f]{64})$", re.MULTILINE)


def project(folder: Path) -> dict[str, object]:
    return tomllib.loads((folder / "pyproject.toml").read_text())


def requirements(name: str) -> list[str]:
    """What is asked for by name, as the two projects of this repository write it; our own packages are left out."""
    server, client = project(ROOT), project(ROOT / "generated" / "python")
    if name == BUILD:
        found = [*server["build-system"]["requires"], *client["build-system"]["requires"]]  # type: ignore[index]
    else:
        parts = server["project"]
        found = [*parts["dependencies"], *client["project"]["dependencies"]]  # type: ignore[index]
        for extra in LOCKS[name]:
            found += parts["optional-dependencies"][extra]  # type: ignore[index]
    return sorted({one for one in found if re.split(r"[\[<>=!~ ;]", one)[0] not in OWN})


def digest(name: str) -> str:
    return hashlib.sha256(json.dumps(requirements(name)).encode()).hexdigest()


def names() -> tuple[str, ...]:
    return (*LOCKS, BUILD)


def is_current(name: str) -> bool:
    """Whether the lock file was made from the requirements of today."""
    path = HERE / name
    found = DIGEST.search(path.read_text()) if path.exists() else None
    return found is not None and found.group(1) == digest(name)


def make(name: str, beside: Path | None) -> None:
    """Resolve and write one lock file; versions of ``beside`` are kept, so that both images run the same code."""
    with tempfile.TemporaryDirectory() as folder:
        asked, overrides = Path(folder, "requirements.in"), Path(folder, "overrides.txt")
        asked.write_text("\n".join(requirements(name)) + "\n")
        overrides.write_text("".join(f'{one}; sys_platform == "never"\n' for one in LEFT_OUT))
        command = [
            "uv", "pip", "compile", str(asked), "--override", str(overrides), "--universal", "--python-version", "3.11",
            "--only-binary", ":all:", "--generate-hashes", "--no-annotate", "--no-header", "--quiet", "--no-config",
            *(part for one in LEFT_OUT for part in ("--no-emit-package", one)),
            *(("--constraints", str(beside)) if beside else ()),
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    head = f"# Made by deploy/docker/lock.py, which renews it.\n# requirements: {digest(name)}\n"
    (HERE / name).write_text(head + done.stdout)


def main(check: bool) -> int:
    if check:
        stale = [name for name in names() if not is_current(name)]
        if stale:
            print(f"{', '.join(stale)} does not fit pyproject.toml; run python deploy/docker/lock.py.", file=sys.stderr)
        return bool(stale)
    first, *others = names()
    make(first, None)
    for name in others:
        make(name, HERE / first)
    return 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
