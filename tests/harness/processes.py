"""CPU time and memory of a process tree, read from /proc."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

ACCEPTS = 0x10000
"""The flag of a listening socket in /proc/net/unix."""
TICKS = os.sysconf("SC_CLK_TCK")


def parents() -> dict[int, int]:
    """Pid to parent pid of all processes."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            found[int(entry.name)] = int(fields[1])
    return found


def tree(root: int) -> list[int]:
    """A process and everything below it."""
    by_parent = parents()
    found, waiting = [root], [root]
    while waiting:
        parent = waiting.pop()
        children = [pid for pid, above in by_parent.items() if above == parent]
        found += children
        waiting += children
    return found


def command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
    except OSError:
        return ""


def find(root: int, part: str) -> list[int]:
    """The processes below ``root`` whose command line holds ``part``."""
    return [pid for pid in tree(root) if pid != root and part in command_line(pid)]


def listeners(pids: list[int], part: str) -> list[int]:
    """Those of the processes that listen at a unix socket whose path holds ``part``."""
    rows = [line.split() for line in Path("/proc/net/unix").read_text().splitlines()[1:]]
    sockets = {f"socket:[{row[6]}]" for row in rows if len(row) == 8 and int(row[3], 16) & ACCEPTS and part in row[7]}
    return [pid for pid in pids if sockets & set(_open_files(pid))]


def _open_files(pid: int) -> Iterator[str]:
    with suppress(OSError):
        for entry in Path(f"/proc/{pid}/fd").iterdir():
            with suppress(OSError):
                yield os.readlink(entry)


def cpu_seconds(pids: list[int]) -> float:
    total = 0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def pss_mib(pids: list[int]) -> dict[int, float]:
    """Proportional set size by pid, in MiB: shared pages count once over all processes."""
    return {pid: size / 1024 for pid in pids for size in _sizes(pid, "Pss:")}


def anonymous_mib(pids: list[int]) -> float:
    """MiB that belong to no file, of all these processes. Their growth is their own: the proportional size of a process grows
    too where another one ends that shared its libraries."""
    return sum(size for pid in pids for size in _sizes(pid, "Anonymous:")) / 1024


def _sizes(pid: int, name: str) -> Iterator[int]:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith(name):
                yield int(line.split()[1])
    except OSError:
        return
