"""Writes everything under ``generated/``, and the stubs of the REST doors in the server, from ``proto/``.

Python stubs and the descriptor need only what the development tools install; the Go stubs need a Go toolchain, the TypeScript
stubs npm, the Java stubs the plug-in of gRPC (Debian: ``protobuf-compiler-grpc-java-plugin``): they are left as they are, with
a printed reason, where those are missing. ``--check`` writes nothing and exits 1 when a file is stale.
``--release`` also makes the present contract the baseline that the breaking checks compare with: what is in it may never
change its number, type or JSON name again.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from google.protobuf.descriptor_pb2 import FileDescriptorSet

ROOT = Path(__file__).parent.parent
PROTO = ROOT / "proto"
GENERATED = ROOT / "generated"
DOOR_STUBS = ROOT / "server" / "tradewind_server" / "rest_stubs"
sys.path.insert(0, str(PROTO))

import images  # noqa: E402  (stands beside this script, as do the next three)
import openapi  # noqa: E402
import packages  # noqa: E402
import postman  # noqa: E402

GO_PLUGINS = (
    "google.golang.org/protobuf/cmd/protoc-gen-go@v1.36.10",
    "google.golang.org/grpc/cmd/protoc-gen-go-grpc@v1.5.1",
)
TYPESCRIPT_PLUGIN = ("@bufbuild/protoc-gen-es@2.17.0", "@bufbuild/protobuf@2.17.0")
ERROR_DETAILS = "google/rpc/error_details.proto"
"""What errors carry. Go, Java and Python have it in a package of its own."""
JAVA_PLUGIN = "grpc_java_plugin"
PACKAGE_INIT = '"""Generated from proto/; never edited. Run `make generate`."""\n'
BASELINES = {"released.binpb", "released.yaml"}


class Images:
    """The images of one run, as files for protoc."""

    def __init__(self, work: Path) -> None:
        commented = work / "commented.binpb"
        images.whole(commented, comments=True)
        self.commented = commented.read_bytes()
        image = FileDescriptorSet.FromString(self.commented)
        self.client, self.doors = work / "client.binpb", work / "doors.binpb"
        client, doors = images.client(image), images.doors(image)
        self.client.write_bytes(client.SerializeToString())
        self.doors.write_bytes(doors.SerializeToString())
        self.client_files, self.door_files = images.own_files(client), images.own_files(doors)

    def run_client(self, *arguments: str, beside: tuple[str, ...] = ()) -> None:
        images.run_protoc(f"--descriptor_set_in={self.client}", *arguments, *beside, *self.client_files)


def python_arguments(target: Path) -> list[str]:
    plugin = shutil.which("protoc-gen-mypy_grpc", path=str(Path(sys.executable).parent))
    arguments = [f"--python_out={target}", f"--pyi_out={target}", f"--grpc_python_out={target}"]
    if plugin:
        arguments += [f"--plugin=protoc-gen-mypy_grpc={plugin}", f"--mypy_grpc_out=quiet:{target}"]
    return arguments


def write_python(out: Path, made: Images) -> None:
    target = out / "python"
    target.mkdir(parents=True)
    made.run_client(*python_arguments(target))
    # No file of its own in the outer package: others may put theirs beside it.
    (target / "tradewind" / "v1" / "__init__.py").write_text(PACKAGE_INIT)
    (target / "tradewind" / "v1" / "py.typed").write_text("")


def write_doors(out: Path, made: Images) -> None:
    """The stubs of the REST doors, a package of the server."""
    with tempfile.TemporaryDirectory() as work:
        images.run_protoc(f"--descriptor_set_in={made.doors}", *python_arguments(Path(work)), *made.door_files)
        target = out / "rest_stubs"
        shutil.copytree(Path(work) / "tradewind_server" / "rest_stubs", target)
    (target / "__init__.py").write_text(PACKAGE_INIT)


def write_descriptor(out: Path, made: Images) -> None:
    """For the gate and the server; the baseline of the breaking check beside it is kept by hand."""
    target = out / "descriptor"
    target.mkdir(parents=True)
    images.whole(target / "tradewind.binpb", comments=False)
    (target / "rest_services.json").write_text(json.dumps(images.routed_services(made.commented), indent=1) + "\n")


def write_openapi(out: Path, made: Images) -> None:
    target = out / "openapi"
    target.mkdir(parents=True)
    document = openapi.built(made.commented)
    (target / "tradewind.yaml").write_text(openapi.text_of(document))
    (target / "tradewind.postman_collection.json").write_text(postman.collection(document))


def write_go(out: Path, made: Images) -> str | None:
    """Go stubs; returns why they were left out."""
    go = shutil.which("go")
    if not go:
        return "Go stubs left as they are: there is no Go toolchain here."
    folder = images.tools("go", *GO_PLUGINS)
    environment = {**os.environ, "GOBIN": str(folder), "GOFLAGS": "-mod=mod"}
    for module in GO_PLUGINS:
        if (folder / module.rpartition("/")[2].partition("@")[0]).exists():
            continue
        done = subprocess.run([go, "install", module], env=environment, capture_output=True, check=False)  # noqa: S603
        if done.returncode:
            return "Go stubs left as they are: the plug-ins could not be installed."
    target = out / "go"
    target.mkdir(parents=True)
    names = ("protoc-gen-go", "protoc-gen-go-grpc")
    made.run_client(
        *(f"--plugin={name}={folder / name}" for name in names),
        f"--go_out=paths=source_relative:{target}",
        f"--go-grpc_out=paths=source_relative:{target}",
    )
    return None


def write_typescript(out: Path, made: Images) -> str | None:
    """ESM modules with their types, for Connect and gRPC-Web clients alike; returns why they were left out."""
    npm = shutil.which("npm")
    if not npm:
        return "TypeScript stubs left as they are: there is no npm here."
    folder = images.tools("typescript", *TYPESCRIPT_PLUGIN)
    plugin = folder / "node_modules" / ".bin" / "protoc-gen-es"
    if not plugin.exists():
        command = [npm, "install", "--silent", "--no-save", "--prefix", str(folder), *TYPESCRIPT_PLUGIN]
        if subprocess.run(command, capture_output=True, check=False).returncode:  # noqa: S603
            return "TypeScript stubs left as they are: the plug-in could not be installed."
    target = out / "typescript"
    target.mkdir(parents=True)
    options = "--es_opt=target=js+dts,import_extension=js"
    made.run_client(f"--plugin=protoc-gen-es={plugin}", options, f"--es_out={target}", beside=(ERROR_DETAILS,))
    return None


def write_java(out: Path, made: Images) -> str | None:
    """Java messages and stubs; returns why they were left out."""
    plugin = shutil.which(JAVA_PLUGIN)
    compiler = Path(sys.executable).with_name("protoc")
    if not plugin or not compiler.exists():
        return f"Java stubs left as they are: {JAVA_PLUGIN} is not here."
    target = out / "java" / "src" / "main" / "java"
    target.mkdir(parents=True)
    command = [
        str(compiler),
        f"--descriptor_set_in={made.client}",
        f"--plugin=protoc-gen-grpc-java={plugin}",
        f"--java_out={target}",
        f"--grpc-java_out={target}",
        *made.client_files,
    ]
    if subprocess.run(command, check=False).returncode:  # noqa: S603
        raise SystemExit("protoc refused the protos; its messages stand above.")
    return None


def generate(out: Path) -> list[str]:
    """Write all parts under ``out``; returns the reasons of those left out."""
    with tempfile.TemporaryDirectory() as work:
        made = Images(Path(work))
        write_python(out, made)
        write_doors(out, made)
        write_descriptor(out, made)
        write_openapi(out, made)
        reasons = [reason for write in (write_go, write_typescript, write_java) if (reason := write(out, made))]
    packages.write(out, ROOT)
    return reasons


def files_of(folder: Path) -> dict[str, bytes]:
    """The files of a part that are generated; what package managers leave beside them is not."""
    ignored = {"__pycache__", "node_modules", "target", "build", "dist"}
    paths = (path for path in folder.rglob("*") if path.is_file() and not ignored & {*path.relative_to(folder).parts})
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in paths
        if path.name not in BASELINES and not any(part.endswith(".egg-info") for part in path.parts)
    }


def place_of(part: str) -> Path:
    return DOOR_STUBS if part == "rest_stubs" else GENERATED / part


def main() -> int:
    check = "--check" in sys.argv[1:]
    with tempfile.TemporaryDirectory() as work:
        out = Path(work) / "generated"
        for reason in generate(out):
            sys.stdout.write(reason + "\n")
        stale = []
        for part in sorted(path.name for path in out.iterdir()):
            if files_of(out / part) == files_of(place_of(part)):
                continue
            stale.append(str(place_of(part).relative_to(ROOT)))
            if not check:
                install(out / part, place_of(part))
    if stale:
        sys.stdout.write(f"{'Stale' if check else 'Wrote'}: {', '.join(stale)}\n")
    if "--release" in sys.argv[1:]:
        for folder, name, baseline in (
            ("descriptor", "tradewind.binpb", "released.binpb"),
            ("openapi", "tradewind.yaml", "released.yaml"),
        ):
            shutil.copyfile(GENERATED / folder / name, GENERATED / folder / baseline)
    return 1 if check and stale else 0


def install(new: Path, old: Path) -> None:
    """Replace a part, keeping the baselines that releases put beside it."""
    kept = {path.name: path.read_bytes() for path in old.glob("*") if path.name in BASELINES}
    shutil.rmtree(old, ignore_errors=True)
    shutil.copytree(new, old)
    for name, data in kept.items():
        (old / name).write_bytes(data)


if __name__ == "__main__":
    sys.exit(main())
