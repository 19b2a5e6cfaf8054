"""Writes everything under ``generated/`` from ``proto/``.

The compiler is fetched once from the package index, into a directory of this environment. The Go stubs also need a Go
toolchain, the TypeScript stubs npm: they are left as they are, with a printed reason, where those are missing. ``--check``
writes nothing and exits 1 when a file is stale.
``--release`` also makes the present contract the baseline that the breaking check compares with: what is in it may never
change its number, type or JSON name again.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import google.api

ROOT = Path(__file__).parent.parent
PROTO = ROOT / "proto"
GENERATED = ROOT / "generated"
sys.path.insert(0, str(PROTO))

import openapi  # noqa: E402  (stands beside this script)

COMPILER = ("grpcio-tools==1.76.0",)
"""Stubs run with the versions of grpcio and protobuf that made them and with all newer ones: these are the oldest that
pyproject.toml allows. They are kept apart from the environment, whose own packages are newer."""
RUN_COMPILER = "import sys; sys.path.insert(0, sys.argv.pop(1)); from grpc_tools import protoc; sys.exit(protoc.main(sys.argv))"
GO_PLUGINS = {
    "protoc-gen-go": "google.golang.org/protobuf/cmd/protoc-gen-go@v1.36.10",
    "protoc-gen-go-grpc": "google.golang.org/grpc/cmd/protoc-gen-go-grpc@v1.5.1",
}
TYPESCRIPT_PLUGIN = ("@bufbuild/protoc-gen-es@2.17.0", "@bufbuild/protobuf@2.17.0")
IMPORTED = tuple(f"google/{name}.proto" for name in ("api/annotations", "api/http", "api/httpbody", "rpc/error_details"))
"""What our protos import and the TypeScript runtime does not bring."""
GO_MODULE = "github.com/tradewind/tradewind/generated/go"
PACKAGE_INIT = '"""Generated from proto/tradewind/v1; never edited. Run `make generate`."""\n'


def tools(name: str, *versions: str) -> Path:
    """The directory of this environment for one set of fetched programs: another set of versions has another one."""
    key = hashlib.sha256(" ".join(versions).encode()).hexdigest()[:12]
    return Path(sys.prefix) / "share" / "tradewind-generators" / f"{name}-{key}"


def fetched(folder: Path, *command: str | Path, environment: Mapping[str, str] | None = None) -> bool:
    """Whether a directory of programs is complete; the command that fills it is run where it is not yet."""
    mark = folder / "complete"
    if mark.exists():
        return True
    folder.mkdir(parents=True, exist_ok=True)
    if subprocess.run(command, env=environment, capture_output=True, check=False).returncode:  # noqa: S603
        return False
    mark.touch()
    return True


def compiler() -> Path:
    """Where the compiler is."""
    folder = tools("python", *COMPILER)
    install = (sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--upgrade")
    if not fetched(folder, *install, "--target", folder, *COMPILER):
        raise SystemExit(f"The compiler {COMPILER[0]} cannot be fetched; is a package index within reach of pip?")
    return folder


def include_paths() -> list[str]:
    """Our protos, protobuf's well-known types, and google.api from the installed common protos."""
    common = Path(next(iter(google.api.__path__))).parent.parent
    return [f"-I{PROTO}", f"-I{compiler() / 'grpc_tools' / '_proto'}", f"-I{common}"]


def sources() -> list[str]:
    return sorted(str(path.relative_to(PROTO)) for path in PROTO.rglob("*.proto"))


def run_protoc(*arguments: str, beside: Sequence[str] = ()) -> None:
    """``beside`` are protos of others to generate from as well."""
    command = [sys.executable, "-c", RUN_COMPILER, str(compiler()), *include_paths(), *arguments, *beside, *sources()]
    if subprocess.run(command, check=False).returncode:  # noqa: S603
        raise SystemExit("protoc refused the protos; its messages stand above.")


def write_python(out: Path) -> None:
    target = out / "python"
    target.mkdir(parents=True)
    plugin = shutil.which("protoc-gen-mypy_grpc", path=str(Path(sys.executable).parent))
    arguments = [f"--python_out={target}", f"--pyi_out={target}", f"--grpc_python_out={target}"]
    if plugin:
        arguments += [f"--plugin=protoc-gen-mypy_grpc={plugin}", f"--mypy_grpc_out=quiet:{target}"]
    run_protoc(*arguments)
    for package in (target / "tradewind", target / "tradewind" / "v1"):
        (package / "__init__.py").write_text(PACKAGE_INIT)
        (package / "py.typed").write_text("")


def write_descriptor(out: Path) -> None:
    """Two images: lean for the gate and the server; the published baseline for the breaking check is kept by hand."""
    target = out / "descriptor"
    target.mkdir(parents=True)
    run_protoc("--include_imports", f"--descriptor_set_out={target / 'tradewind.binpb'}")


def write_image(path: Path) -> None:
    """The image with comments that the proto linter reads."""
    run_protoc("--include_imports", "--include_source_info", f"--descriptor_set_out={path}")


def write_openapi(out: Path) -> None:
    target = out / "openapi"
    target.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as work:
        image = Path(work) / "image.binpb"
        write_image(image)
        (target / "tradewind.yaml").write_text(openapi.document(image.read_bytes()))


def write_go(out: Path) -> str | None:
    """Go stubs; returns why they were left out."""
    go = shutil.which("go")
    if not go:
        return "Go stubs left as they are: there is no Go toolchain here."
    folder = tools("go", *GO_PLUGINS.values())
    for name, module in GO_PLUGINS.items():
        environment = {**os.environ, "GOBIN": str(folder / name), "GOFLAGS": "-mod=mod"}
        if not fetched(folder / name, go, "install", module, environment=environment):
            return "Go stubs left as they are: the plug-ins could not be installed."
    target = out / "go"
    target.mkdir(parents=True)
    mapping = [f"M{source}={GO_MODULE}/tradewind/v1" for source in sources()]
    options = ",".join(["paths=source_relative", *mapping])
    run_protoc(
        *(f"--plugin={name}={folder / name / name}" for name in GO_PLUGINS),
        f"--go_out={options}:{target}",
        f"--go-grpc_out={options}:{target}",
    )
    return None


def write_typescript(out: Path) -> str | None:
    """TypeScript messages and services, for Connect and gRPC-Web clients alike; returns why they were left out."""
    npm = shutil.which("npm")
    if not npm:
        return "TypeScript stubs left as they are: there is no npm here."
    folder = tools("typescript", *TYPESCRIPT_PLUGIN)
    if not fetched(folder, npm, "install", "--silent", "--no-save", "--prefix", folder, *TYPESCRIPT_PLUGIN):
        return "TypeScript stubs left as they are: the plug-in could not be installed."
    target = out / "typescript"
    target.mkdir(parents=True)
    plugin = folder / "node_modules" / ".bin" / "protoc-gen-es"
    options = "--es_opt=target=ts,import_extension=js"
    run_protoc(f"--plugin=protoc-gen-es={plugin}", options, f"--es_out={target}", beside=IMPORTED)
    return None


def generate(out: Path) -> list[str]:
    """Write all parts under ``out``; returns the reasons of those left out."""
    write_python(out)
    write_descriptor(out)
    write_openapi(out)
    return [reason for reason in (write_go(out), write_typescript(out)) if reason]


def files_of(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def main() -> int:
    check = "--check" in sys.argv[1:]
    with tempfile.TemporaryDirectory() as work:
        out = Path(work) / "generated"
        for reason in generate(out):
            sys.stdout.write(reason + "\n")
        stale = []
        for part in sorted(path.name for path in out.iterdir()):
            if files_of(out / part) == {k: v for k, v in files_of(GENERATED / part).items() if k != "released.binpb"}:
                continue
            stale.append(part)
            if not check:
                install(out / part, GENERATED / part)
    if stale:
        sys.stdout.write(f"{'Stale' if check else 'Wrote'}: {', '.join(f'generated/{part}' for part in stale)}\n")
    if "--release" in sys.argv[1:]:
        shutil.copyfile(GENERATED / "descriptor" / "tradewind.binpb", GENERATED / "descriptor" / "released.binpb")
    return 1 if check and stale else 0


def install(new: Path, old: Path) -> None:
    """Replace a part, keeping the baseline that releases put beside the descriptor."""
    baseline = old / "released.binpb"
    kept = baseline.read_bytes() if baseline.exists() else None
    shutil.rmtree(old, ignore_errors=True)
    shutil.copytree(new, old)
    if kept is not None:
        baseline.write_bytes(kept)


if __name__ == "__main__":
    sys.exit(main())
