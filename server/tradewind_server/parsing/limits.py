"""What one parser may take, and how the kernel holds it to that."""

from __future__ import annotations

import contextlib
import resource
import time
from dataclasses import dataclass
from pathlib import Path

MOST_FILES = 64
LIKELY_VICTIM = "500"


@dataclass(frozen=True, slots=True)
class DocumentLimits:
    """Bounds of one document."""

    memory_mb: int = 1024
    """Address space of the process."""
    cpu_seconds: int = 30
    wall_seconds: float = 60.0
    """While somebody waits for it: a reader that takes its time does not count."""
    unpacked_mb: int = 200


def confine(limits: DocumentLimits) -> None:
    """Bound this process for good: memory, open files, no files written, no core; the first to go where memory is short."""
    memory = limits.memory_mb << 20
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, MOST_FILES),
    ):
        _, hard = resource.getrlimit(kind)
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (bound, bound))
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(LIKELY_VICTIM)


def allow_cpu(limits: DocumentLimits) -> None:
    """So many seconds from now on; then the kernel ends the process with SIGXCPU."""
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + 1 + limits.cpu_seconds, hard))


def resident_mb() -> int:
    """Memory that this process holds now; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return 0
    return pages * resource.getpagesize() >> 20
