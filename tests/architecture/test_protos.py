"""The contract itself: its style, what it promised before, and that nothing in it is left undeclared."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from google.api import annotations_pb2
from google.protobuf import descriptor_pb2
from tradewind.v1 import access_pb2, errors_pb2
from tradewind_server.errors import Reason
from tradewind_server.rpc.methods import contract_files

ROOT = Path(__file__).parent.parent.parent
BUF = Path(sys.executable).with_name("buf")
RELEASED = ROOT / "generated" / "descriptor" / "released.binpb"
PACKAGE = "tradewind.v1"
PREFIX = "ERROR_REASON_"


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What protoc makes of ``proto/``, comments included."""
    path = tmp_path_factory.mktemp("image") / "image.binpb"
    load(ROOT / "proto" / "generate.py").write_image(path)
    return path


def buf(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(BUF), *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, check=False)


def methods() -> Iterator[tuple[descriptor_pb2.ServiceDescriptorProto, descriptor_pb2.MethodDescriptorProto]]:
    data = (ROOT / "generated" / "descriptor" / "tradewind.binpb").read_bytes()
    for file in descriptor_pb2.FileDescriptorSet.FromString(data).file:
        if file.package == PACKAGE:
            for service in file.service:
                for method in service.method:
                    yield service, method


METHODS = {f"{service.name}/{method.name}": (service, method) for service, method in methods()}


def bindings(method: descriptor_pb2.MethodDescriptorProto) -> list[Any]:
    extension: Any = annotations_pb2.http
    if not method.options.HasExtension(extension):
        return []
    rule = method.options.Extensions[extension]
    return [rule, *rule.additional_bindings]


def test_protos_are_clean(image: Path) -> None:
    done = buf("lint", image, "--config", ROOT / "buf.yaml")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_linter_reads_our_files(image: Path, tmp_path: Path) -> None:
    """Without the exceptions it must complain about the doors: a lint that sees nothing would pass too."""
    config = yaml.safe_load((ROOT / "buf.yaml").read_text())
    del config["lint"]["ignore_only"], config["modules"]
    strict = tmp_path / "buf.yaml"
    strict.write_text(yaml.safe_dump(config))
    done = buf("lint", image, "--config", strict)
    assert "tradewind/v1/rest_prediction.proto" in done.stdout


def test_nothing_released_is_broken(image: Path) -> None:
    done = buf("breaking", image, "--against", RELEASED, "--config", ROOT / "buf.yaml")
    assert done.returncode == 0, f"{done.stdout}{done.stderr}\nCallers rely on these names; add beside them instead."


def test_the_breaking_check_sees_json_names(image: Path, tmp_path: Path) -> None:
    files = descriptor_pb2.FileDescriptorSet.FromString(image.read_bytes())
    file = next(one for one in files.file if one.name == f"{PACKAGE.replace('.', '/')}/prediction.proto")
    field = next(one for one in file.message_type[0].field if one.name == "chat_id")
    field.json_name = "conversation"
    changed = tmp_path / "changed.binpb"
    changed.write_bytes(files.SerializeToString())
    done = buf("breaking", changed, "--against", RELEASED, "--config", ROOT / "buf.yaml")
    assert done.returncode != 0 and "conversation" in done.stdout


@pytest.mark.parametrize("name", sorted(METHODS))
def test_every_method_says_who_may_call_it(name: str) -> None:
    option: Any = access_pb2.access
    access = METHODS[name][1].options.Extensions[option]
    assert access.level != access_pb2.ACCESS_LEVEL_UNSPECIFIED
    if access.level == access_pb2.ACCESS_LEVEL_KEY:
        assert access.permissions, "A key of any kind would do; name the permission."
        assert all(re.fullmatch(r"[a-z][a-zA-Z-]*:[a-z-]+", one) for one in access.permissions)
    else:
        assert not access.permissions, "Permissions are read only with ACCESS_LEVEL_KEY."


def test_every_service_is_served() -> None:
    served = {name for file in contract_files() for name in file.services_by_name}
    assert served == {service.name for service, _ in METHODS.values()}


def test_the_gate_transcodes_every_service_with_a_route() -> None:
    routed = {service.name for service, method in METHODS.values() if bindings(method)}
    config = (ROOT / "envoy" / "envoy.yaml").read_text()
    transcoded = set(re.findall(r"tradewind\.v1\.(\w+)", config))
    assert routed <= transcoded, "Name the service in a transcoder of envoy/envoy.yaml."
    assert transcoded <= {service.name for service, _ in METHODS.values()}


def test_every_route_is_documented() -> None:
    document = yaml.safe_load((ROOT / "generated" / "openapi" / "tradewind.yaml").read_text())
    documented = set(document["paths"])
    for name, (_, method) in METHODS.items():
        for rule in bindings(method):
            verb = rule.WhichOneof("pattern")
            path = rule.custom.path if verb == "custom" else getattr(rule, verb)
            assert path in documented, f"{name} is missing from the OpenAPI document."


def test_reasons_are_the_same_in_code_and_contract() -> None:
    values = errors_pb2.ErrorReason.DESCRIPTOR.values_by_name
    assert all(name.startswith(PREFIX) for name in values)
    declared = {name.removeprefix(PREFIX) for name in values} - {"UNSPECIFIED"}
    assert declared == {reason.value for reason in Reason}
