"""Memory that a shard's log keeps for nothing."""

from __future__ import annotations

import ctypes
import re

MADV_PAGEOUT = 21  # Linux 5.4 and later; others answer that they do not know it.
LOG = re.compile(r"^([0-9a-f]+)-([0-9a-f]+) .*/shard/wal/[^/]*$")


def let_logs_go() -> None:
    """Ask the kernel to take back the pages of all mapped logs.

    A log is read when its shard is opened and written from then on, at its end alone, yet the 32 MB of its file stay mapped
    and counted as this process's memory. The advice loses nothing: the pages come back from the file when they are asked for.
    """
    libc = ctypes.PyDLL(None)  # Keeps the interpreter, so that no shard is closed between reading and advising.
    libc.madvise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    try:
        with open("/proc/self/maps") as maps:
            matches = [LOG.match(line) for line in maps]
    except OSError:  # No Linux.
        return
    for mapping in matches:
        if mapping:
            start, end = int(mapping[1], 16), int(mapping[2], 16)
            libc.madvise(start, end - start, MADV_PAGEOUT)
