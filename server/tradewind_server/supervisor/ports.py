"""Ports: free ones, and who holds a taken one."""

from __future__ import annotations

import errno
import os
import socket
from pathlib import Path

LOOPBACKS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104
"""Where what listens on all addresses is reached from this machine."""


def in_url(host: str) -> str:
    """A host as addresses hold it: IPv6 in brackets."""
    return f"[{host}]" if ":" in host else host


def free_port(host: str) -> int:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def host_fault(host: str) -> str | None:
    """Why nothing can listen on an address of this machine, as part of a sentence; None where something can."""
    try:
        free_port(host)
    except socket.gaierror:
        return "is no address, and no name that leads to one"
    except OSError as error:
        return "is no address of this machine" if error.errno == errno.EADDRNOTAVAIL else (error.strerror or "cannot be used")
    return None


def needs_rights(host: str, port: int) -> bool:
    """Whether only a privileged user may listen there."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        try:
            probe.bind((host, port))
        except PermissionError:
            return True
        except OSError:
            return False
    return False


def is_free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def holder(port: int) -> str | None:
    """Name and pid of the process that listens on a TCP port, as far as /proc tells this user."""
    inodes = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        try:
            lines = Path(table).read_text().splitlines()[1:]
        except OSError:
            continue
        for line in lines:
            fields = line.split()
            if fields[3] == "0A" and int(fields[1].rpartition(":")[2], 16) == port:
                inodes.add(f"socket:[{fields[9]}]")
    if not inodes:
        return None
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            try:
                if any(os.readlink(link) in inodes for link in (process / "fd").iterdir()):
                    return f"{(process / 'comm').read_text().strip()} (pid {process.name})"
            except OSError:
                continue
    return None
