"""oasdiff, which knows what in an OpenAPI document breaks its callers: built once, from the Go module proxy."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from harness.beside import low_priority
from harness.client_programs import ROOT, Tool

VERSION = "v1.37.0"
GO = Tool("go", ("version",), (1, 25))
BUILD_SECONDS = 600
NOT_REACHED = ("dial tcp", "no such host", "i/o timeout", "connection refused")


@dataclass(frozen=True)
class Oasdiff:
    """Compares documents; ``folder`` is for those that it is given."""

    program: Path
    folder: Path

    def breaks(self, old: Any, new: Any) -> Sequence[str]:
        """A line for each promise of ``old`` that ``new`` does not keep, warnings included."""
        paths = [self.folder / name for name in ("old.yaml", "new.yaml")]
        for path, document in zip(paths, (old, new), strict=True):
            path.write_text(yaml.safe_dump(document, sort_keys=False))
        command = [str(self.program), "breaking", *map(str, paths), "--fail-on", "WARN", "--format", "singleline"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode in (0, 1), done.stderr
        return [line for line in done.stdout.splitlines() if line.startswith(("error", "warning"))]


def oasdiff(folder: Path) -> Oasdiff:
    """Kept under ``build/tools``. Skips the test where there is no Go, or no way to the module proxy."""
    home = ROOT / "build" / "tools" / f"oasdiff-{VERSION}"
    if not (home / "oasdiff").exists():
        lack = GO.lack()
        if lack:
            pytest.skip(f"The OpenAPI document is not compared with the released one: {lack}.")
        command = low_priority("go", "install", f"github.com/oasdiff/oasdiff@{VERSION}")
        environment = {**os.environ, "GOBIN": str(home), "GOFLAGS": "-mod=mod"}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=BUILD_SECONDS, check=False)
        if done.returncode and any(sign in done.stderr for sign in NOT_REACHED):
            pytest.skip(f"The OpenAPI document is not compared with the released one: {done.stderr.splitlines()[-1]}")
        assert done.returncode == 0, done.stderr
    return Oasdiff(home / "oasdiff", folder)
