"""What a sandbox process may still do once it is ready: compute, and speak over the one socket it has.

The kernel holds it to that, besides WebAssembly and the interpreter inside it: no further descriptor, so no file and no
connection; no program started, no other process touched; a bounded memory.
"""

from __future__ import annotations

import contextlib
import ctypes
import platform
import resource
import struct
import sys
from pathlib import Path

PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
LIKELY_VICTIM = "700"
EPERM, ALLOW, KILL = 0x00050001, 0x7FFF0000, 0x80000000
LOAD, EQUAL, RETURN = 0x20, 0x15, 0x06
"""Instructions of the packet filter: load a word, jump where it is equal, answer."""
NUMBERS = {
    "x86_64": (
        0xC000003E,
        # open creat openat openat2, socket connect accept bind listen socketpair accept4, memfd_create
        (2, 85, 257, 437, 41, 42, 43, 49, 50, 53, 288, 319),
        # clone clone3 fork vfork execve execveat kill tkill ptrace, process_vm_* and pidfd_*
        (56, 435, 57, 58, 59, 322, 62, 200, 101, 310, 311, 434, 424, 438),
        # rename link symlink unlink mkdir rmdir chmod chown truncate and their *at forms, mount umount2 chroot pivot_root
        (82, 86, 88, 87, 83, 84, 90, 92, 76, 264, 265, 266, 263, 258, 268, 260, 316, 165, 166, 161, 155),
        # bpf keyctl add_key userfaultfd io_uring_setup unshare setns perf_event_open init_module finit_module reboot
        (321, 250, 248, 323, 425, 272, 308, 298, 175, 313, 169),
    ),
    "aarch64": (
        0xC00000B7,
        (56, 437, 198, 203, 202, 200, 201, 199, 242, 279),
        (220, 435, 221, 281, 129, 130, 117, 270, 271, 434, 424, 438),
        (38, 37, 36, 35, 34, 53, 54, 45, 276, 40, 39, 51, 41),
        (280, 219, 217, 282, 425, 97, 268, 241, 105, 273, 142),
    ),
}
"""By machine: what the kernel calls it, then system calls that a ready sandbox has no use for."""


def confine(data_bytes: int) -> None:
    """Bound this process for good. ``data_bytes`` is the memory it may write to, beside its programs' code."""
    for kind, most in (
        (resource.RLIMIT_DATA, data_bytes),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (bound, bound))
    if sys.platform == "linux":
        forbid_system_calls()


def likely_victim() -> None:
    """Where memory is short, this process goes first."""
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(LIKELY_VICTIM)


def forbid_system_calls() -> bool:
    """Have the kernel refuse (EPERM) what a sandbox never needs. False on machines whose numbers are not known here."""
    numbers_here = NUMBERS.get(platform.machine())
    if numbers_here is None:
        return False
    architecture, *groups = numbers_here
    numbers = [number for group in groups for number in group]
    program = [_instruction(LOAD, 4), _instruction(EQUAL, architecture, 1, 0), _instruction(RETURN, KILL)]
    program.append(_instruction(LOAD, 0))
    for at, number in enumerate(numbers):
        program.append(_instruction(EQUAL, number, len(numbers) - at, 0))
    program += [_instruction(RETURN, ALLOW), _instruction(RETURN, EPERM)]
    code = ctypes.create_string_buffer(b"".join(program))
    header = struct.pack("HxxxxxxP", len(program), ctypes.addressof(code))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    return bool(libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.create_string_buffer(header), 0, 0) == 0)


def _instruction(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("HBBI", code, if_true, if_false, value)
