"""What the READMEs of the generated packages show is run as it is written: address and chatflow alone are ours."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from harness.client_programs import GENERATED, OUT, PAGE, PROGRAMS, RUN_SECONDS, Builds, ClientProgram
from harness.flows import drawing
from harness.runner import World

GO_FRAME = """package main

import (
	"context"
	"fmt"
	"log"

	tradewindv1 "github.com/tradewind/tradewind/generated/go/tradewind/v1"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
)

func main() {
	ctx := context.Background()
%s
}
"""
JAVA_FRAME = """
import io.grpc.*;
import io.tradewind.v1.*;

class Readme {
  public static void main(String[] arguments) {
%s
  }
}
"""

pytestmark = pytest.mark.timeout(1500)


@dataclass(frozen=True)
class Snippet:
    """The first code of a package's README. ``place`` is where it is written, with the ``frame`` around it."""

    package: str
    built_with: ClientProgram
    place: Path
    command: Sequence[str]
    frame: str = "%s\n"

    def write(self, world: World, chatflow_id: str) -> None:
        readme = (GENERATED / self.package / "README.md").read_text()
        code = re.search(r"^```\w+\n(.*?)^```", readme, re.DOTALL | re.MULTILINE)
        assert code, "The README shows no code."
        host, _, port = world.stack.grpc_gate.rpartition(":")
        here = code[1].replace("127.0.0.1:3000", f"{host}:{port}").replace('"127.0.0.1", 3000', f'"{host}", {port}')
        self.place.parent.mkdir(parents=True, exist_ok=True)
        self.place.write_text(self.frame % here.replace("<chatflow id>", chatflow_id))


def program_of(language: str) -> ClientProgram:
    return next(program for program in PROGRAMS if program.language == language)


def snippets() -> list[Snippet]:
    python, java = program_of("python"), program_of("java")
    script, go_file, java_file = OUT / "readme.py", OUT / "readme" / "main.go", OUT / "Readme.java"
    module = PAGE.folder / "build" / "readme.mjs"  # Beside the packages that it imports.
    libraries = f"{java.folder / 'program' / 'target' / 'lib'}/*"
    return [
        Snippet("python", python, script, (python.command[0], str(script))),
        Snippet("go", program_of("go"), go_file, ("go", "run", str(go_file)), GO_FRAME),
        Snippet("typescript", PAGE, module, ("node", str(module))),
        Snippet("java", java, java_file, ("java", "-cp", libraries, str(java_file)), JAVA_FRAME),
    ]


@pytest.mark.parametrize("snippet", snippets(), ids=lambda snippet: snippet.package)
def test_it_works_as_it_is_written(snippet: Snippet, builds: Builds, world: World) -> None:
    lack = snippet.built_with.lack()
    if lack:
        pytest.skip(f"The README of the {snippet.package} package is not tried: {lack}.")
    folder = builds.built(snippet.built_with).folder
    snippet.write(world, world.stack.create_flow(drawing("conversation")))
    done = subprocess.run(snippet.command, cwd=folder, capture_output=True, text=True, timeout=RUN_SECONDS, check=False)
    assert done.returncode == 0, done.stderr
    assert "".join(done.stdout.split("\n")).startswith("Reply ")
