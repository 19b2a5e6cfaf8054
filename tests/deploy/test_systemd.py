"""The unit for one machine: understood by systemd, closed to the rest of the machine, at one with the server's settings."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tradewind_server.settings import Settings

UNIT = Path(__file__).parent.parent.parent / "deploy" / "systemd" / "tradewind.service"
TEXT = UNIT.read_text()
VERIFIER = shutil.which("systemd-analyze")
needs_systemd = pytest.mark.skipif(VERIFIER is None, reason="systemd comes with the operating system, not with a package index")
MOST_EXPOSED = 3.0
"""systemd's own scale: 0 reaches nothing, 10 everything."""


def verify(text: str, folder: Path) -> str:
    """What systemd says against it; nothing of a unit that it likes. The program is one that is here."""
    unit = folder / UNIT.name
    unit.write_text(text.replace("/opt/tradewind/bin/tradewind", sys.executable))
    done = subprocess.run([str(VERIFIER), "verify", str(unit)], capture_output=True, text=True, check=False, timeout=100)
    lines = (done.stdout + done.stderr).splitlines()
    return "\n".join(line for line in lines if UNIT.name in line)


@needs_systemd
def test_systemd_understands_it(tmp_path: Path) -> None:
    assert verify(TEXT, tmp_path) == ""


@needs_systemd
@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("ProtectSystem=strict", "ProtectSystem=most"),
        ("KillMode=mixed", "KillModes=mixed"),
        ("TimeoutStopSec=60", "TimeoutStopSec=soon"),
        ("ExecStart=", "ExecStart=bin/"),
    ],
)
def test_a_broken_unit_is_refused(good: str, bad: str, tmp_path: Path) -> None:
    assert good in TEXT
    assert verify(TEXT.replace(good, bad, 1), tmp_path)


@needs_systemd
def test_it_is_closed_to_the_rest_of_the_machine() -> None:
    command = [str(VERIFIER), "security", "--offline=true", "--no-pager", str(UNIT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=100)
    found = re.search(r"exposure level for tradewind\.service: ([\d.]+)", done.stdout)
    if found is None:
        pytest.skip("this systemd does not look at units that are not installed")
    assert float(found.group(1)) <= MOST_EXPOSED, done.stdout


def test_its_settings_are_those_of_the_server() -> None:
    names = set(re.findall(r"\b(TRADEWIND_[A-Z_]+)=", TEXT))
    assert names and names <= Settings.names()
    stop = re.search(r"^TimeoutStopSec=(\d+)$", TEXT, re.MULTILINE)
    assert stop and int(stop.group(1)) >= Settings.model_fields["drain_timeout"].default + 25
    assert set(re.findall(r"%d/([\w-]+)", TEXT)) == set(re.findall(r"^LoadCredential=([\w-]+):", TEXT, re.MULTILINE))
