"""The OpenAPI document of the REST routes, generated from the contract and packed with the server."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import orjson


def read_openapi(version: str) -> bytes:
    """The document as JSON, with the server's version. Blocks: reading the YAML takes a moment."""
    import yaml

    safe_loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    document = yaml.load(_text(), Loader=safe_loader)  # noqa: S506  Both loaders are safe ones.
    document["info"]["version"] = version
    return orjson.dumps(document)


def _text() -> str:
    packed = files("tradewind_server") / "assets" / "openapi.yaml"
    if packed.is_file():
        return packed.read_text("utf-8")
    # An editable installation has the generated file where it was generated.
    return (Path(__file__).parents[3] / "generated" / "openapi" / "tradewind.yaml").read_text("utf-8")
