"""The example clients, built and run as their READMEs say: what each language needs, and where its program lies.

Builds go under ``build/clients`` and into the folders that package managers make beside the sources. Both are kept, and
the caches of the package managers are the user's own, so that only the first build is slow.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from harness.beside import low_priority

ROOT = Path(__file__).parent.parent.parent
CLIENTS = ROOT / "examples" / "clients"
GENERATED = ROOT / "generated"
OUT = ROOT / "build" / "clients"
BUILD_SECONDS = 600
RUN_SECONDS = 60
AT_ONCE = 2
"""Builds side by side: compilers use several cores and much memory themselves."""


class BuildFailed(Exception):
    """A build that ended badly; the message holds the last lines of what it said."""


@dataclass(frozen=True)
class Tool:
    """A program that must be on the path, and the oldest version of it that will do."""

    name: str
    version_options: Sequence[str] = ("--version",)
    oldest: tuple[int, ...] = ()

    def lack(self) -> str:
        """Why it cannot be used; empty when it can."""
        path = shutil.which(self.name)
        if path is None:
            return f"there is no {self.name} here"
        if not self.oldest:
            return ""
        done = subprocess.run([path, *self.version_options], capture_output=True, text=True, timeout=60, check=False)
        found = re.search(r"\d+(\.\d+)*", done.stdout + done.stderr)
        version = tuple(map(int, found[0].split("."))) if found else ()
        wanted = ".".join(map(str, self.oldest))
        return "" if version >= self.oldest else f"{self.name} must be {wanted} or newer"


@dataclass(frozen=True)
class ClientProgram:
    """An example client. ``build`` makes it, ``command`` runs it."""

    language: str
    tools: Sequence[Tool]
    build: Callable[[], None]
    command: Sequence[str] = ()

    @property
    def folder(self) -> Path:
        return CLIENTS / self.language

    def lack(self) -> str:
        return "; ".join(filter(None, (tool.lack() for tool in self.tools)))

    def run(self, target: str, chatflow_id: str, document: Path, key: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*self.command, target, chatflow_id, str(document)],
            env={**os.environ, "TRADEWIND_API_KEY": key},
            capture_output=True,
            text=True,
            timeout=RUN_SECONDS,
            check=False,
        )


class Builds:
    """Builds programs side by side, each once; :meth:`built` waits for one of them."""

    def __init__(self, programs: Sequence[ClientProgram]) -> None:
        self._pool = ThreadPoolExecutor(AT_ONCE)
        self._started: dict[str, Future[None]] = {one.language: self._pool.submit(one.build) for one in programs}

    def built(self, program: ClientProgram) -> ClientProgram:
        """The program, once it is built; raises :class:`BuildFailed`."""
        self._started[program.language].result(timeout=2 * BUILD_SECONDS)
        return program

    def close(self) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)


def make(*command: str, folder: Path) -> None:
    try:
        done = subprocess.run(
            low_priority(*command), cwd=folder, capture_output=True, text=True, timeout=BUILD_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise BuildFailed(f"{' '.join(command)} took more than {BUILD_SECONDS} s") from None
    if done.returncode:
        raise BuildFailed(f"{' '.join(command)} in {folder}:\n{(done.stdout + done.stderr)[-4000:]}")


def build_python() -> None:
    environment = OUT / "python"
    uv = (sys.executable, "-m", "uv", "--quiet")
    if not (environment / "bin" / "python").exists():
        make(*uv, "venv", "--python", sys.executable, str(environment), folder=ROOT)
    # Installed anew each time: the stubs change while their version does not.
    options = ("--python", str(environment / "bin" / "python"), "--reinstall-package", "tradewind-client")
    make(*uv, "pip", "install", *options, "-r", "requirements.txt", folder=CLIENTS / "python")


def build_go() -> None:
    """The generated module stands by itself too: its own manifest and sums are complete."""
    make("go", "vet", "./...", folder=GENERATED / "go")
    make("go", "vet", "./...", folder=CLIENTS / "go")
    make("go", "build", "-o", str(OUT / "go" / "client"), ".", folder=CLIENTS / "go")


def build_npm(folder: Path) -> None:
    """Types are checked by the compiler, the stubs copied anew."""
    make("npm", "ci", "--prefer-offline", "--ignore-scripts", folder=folder)
    make("npm", "run", "build", folder=folder)


def build_java() -> None:
    make("mvn", "--quiet", "--batch-mode", "package", folder=CLIENTS / "java")


NODE = (Tool("node", oldest=(20,)), Tool("npm"))
PROGRAMS = (
    ClientProgram("python", (), build_python, (str(OUT / "python" / "bin" / "python"), str(CLIENTS / "python" / "client.py"))),
    ClientProgram("go", (Tool("go", ("version",), (1, 25)),), build_go, (str(OUT / "go" / "client"),)),
    ClientProgram(
        "typescript",
        NODE,
        partial(build_npm, CLIENTS / "typescript"),
        ("node", str(CLIENTS / "typescript" / "build" / "client.js")),
    ),
    ClientProgram(
        "java",
        (Tool("mvn"), Tool("javac", oldest=(17,))),
        build_java,
        ("java", "-jar", str(CLIENTS / "java" / "program" / "target" / "client.jar")),
    ),
)
PAGE = ClientProgram("web", NODE, partial(build_npm, CLIENTS / "web"))
"""A page for a browser rather than a program."""
