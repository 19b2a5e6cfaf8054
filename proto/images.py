"""Descriptor images of the contract: the whole one, and those that stubs are made from.

Callers' packages know nothing of who may call a method or which values are refused: their image has neither those options
nor the doors of REST, so that they depend on protobuf and gRPC alone. The stubs of the doors belong to the server and live in
its package, which is why their files have other names there.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import google.api
from google.api import annotations_pb2
from google.protobuf import descriptor_pb2
from google.protobuf.descriptor_pb2 import FileDescriptorProto, FileDescriptorSet

PROTO = Path(__file__).parent
CLIENT, DOORS = "tradewind/v1/", "tradewind/rest/v1/"
SERVER_ONLY = (CLIENT + "access.proto", "buf/validate/validate.proto", "google/api/annotations.proto", "google/api/http.proto")
DOOR_STUBS = "tradewind_server/rest_stubs/"
OWN_OPTIONS = (1159, 51234, 51235, 72295728)
"""Numbers of the options that no stub needs: ``buf.validate``, ``access``, ``violation`` and ``google.api.http``."""
GO_PACKAGE = "github.com/tradewind/tradewind/generated/go/tradewind/v1;tradewindv1"
JAVA_PACKAGE = "io.tradewind.v1"
COMPILER = ("grpcio-tools==1.76.0", "protobuf==6.33.5")
"""Stubs made by the oldest version that the packages allow run with all newer ones. It is kept apart from this environment,
whose other packages want a newer protobuf."""
RUN_COMPILER = "import sys; sys.path.insert(0, sys.argv.pop(1)); from grpc_tools import protoc; sys.exit(protoc.main(sys.argv))"


def tools(name: str, *versions: str) -> Path:
    """A directory of this environment for one set of fetched programs: they are fetched once."""
    key = hashlib.sha256(" ".join(versions).encode()).hexdigest()[:12]
    return Path(sys.prefix) / "share" / "tradewind-generators" / f"{name}-{key}"


def compiler() -> Path:
    """Where the compiler is; fetched when it is not there yet."""
    folder = tools("python", *COMPILER)
    if not (folder / "complete").exists():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--upgrade"]
        if subprocess.run([*command, "--target", str(folder), *COMPILER, "grpcio"], check=False).returncode:  # noqa: S603
            raise SystemExit(f"{COMPILER[0]} cannot be fetched; its message stands above.")
        (folder / "complete").touch()
    return folder


def include_paths() -> list[str]:
    """Our protos, protobuf's well-known types, and google.api from the installed common protos."""
    common = Path(next(iter(google.api.__path__))).parent.parent
    return [f"-I{PROTO}", f"-I{compiler() / 'grpc_tools' / '_proto'}", f"-I{common}"]


def sources() -> list[str]:
    """Our own files; those of others are beside them only to be imported."""
    return sorted(str(path.relative_to(PROTO)) for path in PROTO.glob("tradewind/**/*.proto"))


def run_protoc(*arguments: str) -> None:
    command = [sys.executable, "-c", RUN_COMPILER, str(compiler()), *arguments]
    if subprocess.run(command, check=False).returncode:  # noqa: S603
        raise SystemExit("protoc refused the protos; its messages stand above.")


def whole(path: Path, *, comments: bool) -> None:
    """The image that the gate and the server read, or with comments the one that the linter and the documents read."""
    more = ["--include_source_info"] if comments else []
    run_protoc(*include_paths(), "--include_imports", *more, f"--descriptor_set_out={path}", *sources())


def client(image: FileDescriptorSet) -> FileDescriptorSet:
    """What callers' stubs are made from, with comments."""
    return _stripped(image, lambda name: not name.startswith(DOORS), str)


def doors(image: FileDescriptorSet) -> FileDescriptorSet:
    """What the stubs of the REST doors are made from, under the names that they have in the server's package."""
    return _stripped(image, lambda name: not name.startswith(CLIENT), lambda name: name.replace(DOORS, DOOR_STUBS))


def own_files(image: FileDescriptorSet) -> list[str]:
    """The files of an image that are ours."""
    return sorted(file.name for file in image.file if file.name.startswith("tradewind"))


def routed_services(image: bytes) -> list[str]:
    """The services with a REST route, by their full names: those that the gate transcodes."""
    option: Any = annotations_pb2.http
    return sorted(
        f"{file.package}.{service.name}"
        for file in FileDescriptorSet.FromString(image).file
        for service in file.service
        if any(method.options.HasExtension(option) for method in service.method)
    )


def _stripped(image: FileDescriptorSet, keeps: Callable[[str], bool], renamed: Callable[[str], str]) -> FileDescriptorSet:
    found = FileDescriptorSet()
    for file in image.file:
        if file.name in SERVER_ONLY or not keeps(file.name):
            continue
        copy = found.file.add()
        copy.CopyFrom(file)
        _without_options(copy)
        _without_imports(copy, keeps)
        copy.name = renamed(copy.name)
        copy.dependency[:] = [renamed(name) for name in copy.dependency]
        if copy.name.startswith(CLIENT):
            copy.options.go_package = GO_PACKAGE
            copy.options.java_package = JAVA_PACKAGE
            copy.options.java_multiple_files = True
    return found


def _without_imports(file: FileDescriptorProto, keeps: Callable[[str], bool]) -> None:
    """Without the imports that nothing needs any more. The source positions of the others do not move: nobody reads them."""
    file.dependency[:] = [name for name in file.dependency if name not in SERVER_ONLY and keeps(name)]
    del file.public_dependency[:], file.weak_dependency[:]


def _without_options(file: FileDescriptorProto) -> None:
    for service in file.service:
        for method in service.method:
            _clear(method.options)
    _clear_fields(file.message_type)


def _clear_fields(messages: Iterable[descriptor_pb2.DescriptorProto]) -> None:
    for message in messages:
        for field in (*message.field, *message.oneof_decl):
            if field.HasField("options"):
                _clear(field.options)
        _clear_fields(message.nested_type)


def _clear(options: descriptor_pb2.MethodOptions | descriptor_pb2.FieldOptions | descriptor_pb2.OneofOptions) -> None:
    """Take our options out, known to this process or not."""
    options.DiscardUnknownFields()
    for extension in [one for one, _ in options.ListFields() if one.is_extension and one.number in OWN_OPTIONS]:
        options.ClearExtension(extension)
