"""The steps of the image, run by its own script: user, paths, install without a network, start with a read-only root.

The wheels are those of the package's tests, and the parts those of this environment; ``deploy/docker/rehearse.py`` without
these options fetches each part by its hash as well.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from harness.beside import low_priority
from harness.wheels import ROOT, wheels

PROBE = ("unshare", "--mount", "--net", "--pid", "--fork", "true")


def rehearsal(folder: Path) -> str:
    """The transcript."""
    missing = [name for name in ("unshare", "setpriv", "chroot", "mount", "ip") if shutil.which(name) is None]
    if sys.platform != "linux" or os.geteuid() or missing:
        pytest.skip(f"namespaces and mounts need Linux, root and {', '.join(missing) or 'nothing else'}")
    if subprocess.run(PROBE, capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody make namespaces")
    both = wheels(folder)
    given = folder / "image-wheels"
    given.mkdir()
    for wheel in (both.server, both.client):
        shutil.copy(wheel, given)
    script = str(ROOT / "deploy" / "docker" / "rehearse.py")
    options = ("--wheels", str(given), "--parts", sysconfig.get_path("purelib"))
    command = low_priority(sys.executable, script, str(folder / "image"), *options)
    done = subprocess.run(command, capture_output=True, text=True, timeout=1400, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-3000:]
    return done.stdout


@pytest.mark.timeout(1500)
@pytest.mark.beside(work=rehearsal)
def test_the_images_steps_end_in_a_server_that_answers(beside: str) -> None:
    for said in (
        "tradewind:x:10001:10001:",
        "Read-only file system",
        "start as 10001:0: ",
        "GET /api/v1/ping: pong",
        "all with uid 10001 and no capability",
        "drained, exit code 0",
    ):
        assert said in beside, beside
