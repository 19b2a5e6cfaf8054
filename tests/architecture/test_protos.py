"""The contract itself: its style, what it promised before, and that nothing in it is left undeclared."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar
from unittest.mock import MagicMock

import pytest
import yaml
from google.api import annotations_pb2
from google.protobuf import descriptor_pb2
from tradewind.v1 import errors_pb2
from tradewind_server.errors import Reason
from tradewind_server.rpc.contract import load_contract
from tradewind_server.rpc.doors import all_services
from tradewind_server.rpc.methods import Level

from harness.parsed_sources import read_yaml

ROOT = Path(__file__).parent.parent.parent
BUF = Path(sys.executable).with_name("buf")
RELEASED = ROOT / "generated" / "descriptor" / "released.binpb"
PACKAGES = ("tradewind.v1", "tradewind.rest.v1")
PREFIX = "ERROR_REASON_"
ANY_KEY = {
    "/tradewind.rest.v1.AssistantRestService/ListAssistantChatModels",
    "/tradewind.rest.v1.AssistantRestService/ListAssistantDocumentStores",
    "/tradewind.rest.v1.AssistantRestService/ListAssistantTools",
    "/tradewind.rest.v1.SpeechRestService/ListSpeechVoices",
    "/tradewind.rest.v1.StoreUpsertFormRestService/UpsertStoreForm",
    "/tradewind.rest.v1.StoreUpsertRestService/RefreshStore",
    "/tradewind.rest.v1.StoreUpsertRestService/UpsertStoreDocument",
    "/tradewind.v1.AssistantService/ListAssistantComponents",
    "/tradewind.v1.DocumentStoreService/RefreshDocumentStore",
    "/tradewind.v1.DocumentStoreService/StreamUploadDocument",
    "/tradewind.v1.DocumentStoreService/StreamUpsertDocument",
    "/tradewind.v1.DocumentStoreService/UploadDocument",
    "/tradewind.v1.DocumentStoreService/UpsertDocument",
    "/tradewind.v1.SpeechService/ListVoices",
}
"""Methods that ask for a key and no permission, as Flowise's routes of the same meaning do."""


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
    load(ROOT / "proto" / "images.py").whole(path, comments=True)
    return path


def buf(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(BUF), *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, check=False)


def methods() -> Iterator[tuple[str, descriptor_pb2.MethodDescriptorProto]]:
    data = (ROOT / "generated" / "descriptor" / "tradewind.binpb").read_bytes()
    for file in descriptor_pb2.FileDescriptorSet.FromString(data).file:
        if file.package in PACKAGES:
            for service in file.service:
                for method in service.method:
                    yield f"{file.package}.{service.name}/{method.name}", method


METHODS = dict(methods())
SERVICES = {name.partition("/")[0] for name in METHODS}
CONTRACT = load_contract()


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
    assert "tradewind/rest/v1/prediction.proto" in done.stdout


def test_nothing_released_is_broken(image: Path) -> None:
    done = buf("breaking", image, "--against", RELEASED, "--config", ROOT / "buf.yaml")
    assert done.returncode == 0, f"{done.stdout}{done.stderr}\nCallers rely on these names; add beside them instead."


def test_the_breaking_check_sees_json_names(image: Path, tmp_path: Path) -> None:
    files = descriptor_pb2.FileDescriptorSet.FromString(image.read_bytes())
    file = next(one for one in files.file if one.name == "tradewind/v1/prediction.proto")
    request = next(one for one in file.message_type if one.name == "PredictRequest")
    field = next(one for one in request.field if one.name == "chat_id")
    field.json_name = "conversation"
    changed = tmp_path / "changed.binpb"
    changed.write_bytes(files.SerializeToString())
    done = buf("breaking", changed, "--against", RELEASED, "--config", ROOT / "buf.yaml")
    assert done.returncode != 0 and "conversation" in done.stdout


def test_methods_for_any_key_are_there() -> None:
    assert CONTRACT.methods().keys() >= ANY_KEY


@pytest.mark.parametrize("path", sorted(CONTRACT.methods()))
def test_every_method_says_who_may_call_it(path: str) -> None:
    method = CONTRACT.methods()[path]
    if method.level is Level.KEY:
        assert bool(method.permissions) == (path not in ANY_KEY), "A key of any kind would do; name the permission."
        assert all(re.fullmatch(r"[a-z][a-zA-Z-]*:[a-z-]+", one) for one in method.permissions)
    else:
        assert not method.permissions, "Permissions are read only with ACCESS_LEVEL_KEY."


def test_every_service_is_served() -> None:
    """And none twice: each file under ``rpc/services`` says what it holds."""

    class Server:
        names: ClassVar[list[str]] = []

        def add_generic_rpc_handlers(self, _: Any) -> None: ...

        def add_registered_method_handlers(self, service: str, _: Any) -> None:
            self.names.append(service)

    for service in all_services():
        service.add(MagicMock(), Server())
    assert sorted(Server.names) == sorted(SERVICES)


def test_the_gate_transcodes_every_service_with_a_route() -> None:
    routed = {name.partition("/")[0] for name, method in METHODS.items() if bindings(method)}
    assert set(json.loads((ROOT / "generated" / "descriptor" / "rest_services.json").read_text())) == routed
    named = set(re.findall(r"tradewind\.[\w.]*v1\.\w+Service", (ROOT / "envoy" / "envoy.yaml").read_text()))
    assert named <= routed


def test_routes_are_in_the_doors_alone() -> None:
    """A stub user meets no shape of REST: the typed services have no routes, and their package imports no door."""
    assert not [name for name, method in METHODS.items() if bindings(method) and not name.startswith("tradewind.rest.v1.")]


def test_every_route_is_documented() -> None:
    document = read_yaml(ROOT / "generated" / "openapi" / "tradewind.yaml")
    documented = set(document["paths"])
    for name, method in METHODS.items():
        for rule in bindings(method):
            verb = rule.WhichOneof("pattern")
            path = rule.custom.path if verb == "custom" else getattr(rule, verb)
            assert path in documented, f"{name} is missing from the OpenAPI document."


FREE_JSON = {
    "SourceDocument.metadata": "what loaders and splitters of all kinds write about a chunk",
    "UsedTool.input": "what a model gave to a tool, in that tool's own shape",
    "UsedTool.output": "what a tool answered, in its own shape",
    "PredictRequest.override_config": "inputs of the nodes of the caller's own drawing",
    "StreamPredictRequest.override_config": "inputs of the nodes of the caller's own drawing",
    "UpsertRequest.override_config": "inputs of the nodes of the caller's own drawing",
    "PredictRequest.form": "fields that the owner of the agent flow drew",
    "StreamPredictRequest.form": "fields that the owner of the agent flow drew",
    "AssistantChatModel.inputs": "inputs of a node, which the canvas names",
    "AgentFlowStep.data": "what a node was given and what came of it, in the shape of its type",
    "HumanAction.input": "what the node that waits was given, in the shape of its type",
    "PredictResponse.flow_variables": "variables that the owner of the chatflow drew",
    "PredictResponse.json": "the shape that the owner of the chatflow gave to the output parser",
    "AnswerMetadata.json": "the shape that the owner of the chatflow gave to the output parser",
    "Chatflow.flow_data": "the drawing, which belongs to the canvas",
    "Chatflow.chatbot_config": "settings that belong to the widget and the canvas",
    "Chatflow.api_config": "settings that belong to the canvas",
    "Chatflow.analytic": "settings that belong to the canvas",
    "Chatflow.speech_to_text": "settings that belong to the canvas",
    "Chatflow.text_to_speech": "settings that belong to the canvas",
    "Chatflow.follow_up_prompts": "settings that belong to the canvas",
    "Chatflow.mcp_server_config": "settings that belong to the canvas",
    "StoreComponent.config": "inputs of a node, which the canvas names",
    "StoreOverride.config": "inputs of a node, which the canvas names",
    "DocumentChunk.metadata": "what loaders and splitters of all kinds write about a chunk",
    "FoundChunk.metadata": "what loaders and splitters of all kinds write about a chunk",
    "UpdateChunkRequest.metadata": "what loaders and splitters of all kinds write about a chunk",
    "UpsertDocumentRequest.metadata": "what the owner of a document wants to have with its chunks",
    "UpsertDocumentRequest.replace_where": "values of the metadata of chunks",
    "DeleteDocumentsRequest.metadata": "values of the metadata of chunks",
    "QueryDocumentStoreRequest.inputs": "inputs of a vector store node, which the canvas names",
    "NodeSetting.value": "an input of a node, whose type the canvas knows",
}
"""Every field of the typed contract that holds free JSON, and why it has no type of its own."""


def test_what_is_free_json_is_so_by_nature() -> None:
    data = (ROOT / "generated" / "descriptor" / "tradewind.binpb").read_bytes()
    free = {f".google.protobuf.{name}" for name in ("Value", "Struct", "ListValue")}
    found = {
        f"{message.name}.{field.name}"
        for file in descriptor_pb2.FileDescriptorSet.FromString(data).file
        if file.package == "tradewind.v1"
        for message in file.message_type
        for field in message.field
        if field.type_name in free
    }
    assert found == set(FREE_JSON)


def test_reasons_are_the_same_in_code_and_contract() -> None:
    values = errors_pb2.ErrorReason.DESCRIPTOR.values_by_name
    assert all(name.startswith(PREFIX) for name in values)
    declared = {name.removeprefix(PREFIX) for name in values} - {"UNSPECIFIED"}
    assert declared == {reason.value for reason in Reason}
