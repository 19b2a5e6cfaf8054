"""What every child process of the stack does: say when it is ready, end when told to, never outlive its parent, keep its
files private, and know no more settings than it needs.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
import threading
from collections.abc import Mapping

PR_SET_PDEATHSIG = 1
PRIVATE_UMASK = 0o077
PLAIN_VARIABLES = frozenset({
    "PATH", "HOME", "USER", "LOGNAME", "SHELL", "TERM", "TZ", "LANG", "LANGUAGE", "TMPDIR",
    "XDG_RUNTIME_DIR", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME",
    "LD_LIBRARY_PATH", "LD_PRELOAD", "MALLOC_ARENA_MAX", "SSL_CERT_FILE", "SSL_CERT_DIR",
    "VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME", "PYTHONNOUSERSITE", "PYTHONPYCACHEPREFIX", "PYTHONDONTWRITEBYTECODE",
    "PYTHONUNBUFFERED", "PYTHONUTF8", "PYTHONIOENCODING", "PYTHONHASHSEED", "PYTHONMALLOC", "PYTHONFAULTHANDLER",
    "PYTHONWARNINGS", "COVERAGE_PROCESS_START",
    "OMP_NUM_THREADS", "OMP_WAIT_POLICY", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "CUDA_VISIBLE_DEVICES",
})  # fmt: skip
"""What programs and their libraries read of the system, none of which is a secret. ``LC_*`` goes along too."""


def child_environment(own: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a child that must hold no secret: the plain variables of this process, then ``own``.

    Everything else stays out, above all the settings: the admin key, keys of models and stores, and what else the operator
    has in the environment. A child that needs a setting gets that one in ``own``, or on its command line.
    """
    plain = {name: value for name, value in os.environ.items() if name in PLAIN_VARIABLES or name.startswith("LC_")}
    return {**plain, **(own or {})}


def keep_files_private() -> None:
    """From now on this process and its children make files for their own user alone (0600, directories 0700)."""
    os.umask(PRIVATE_UMASK)


def die_with_parent() -> None:
    """Ask the kernel to end this process when its parent ends, however that came about (Linux; elsewhere a no-op)."""
    if sys.platform != "linux":
        return
    parent = os.getppid()
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # The parent went away before the request took effect.
        os._exit(1)


def begin_child() -> None:
    """The first call of every child: it ends with its parent, and its files are private."""
    keep_files_private()
    die_with_parent()


def announce_ready(**facts: object) -> None:
    """Tell the supervisor, in one JSON line on standard output, that this process serves."""
    sys.stdout.write(json.dumps({"ready": True, **facts}) + "\n")
    sys.stdout.flush()


def wait_for_stop() -> None:
    """Block the main thread until SIGTERM or SIGINT."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    stop.wait()
