"""The OpenAPI document of the REST routes, generated from the protos and part of the package."""

from __future__ import annotations

import orjson

from tradewind_server.resources import resource

SOURCE = "generated/openapi/tradewind.yaml"


def read_openapi(version: str) -> bytes:
    """The document as JSON, with the server's version. Parses YAML and blocks; call it in a thread."""
    import yaml

    safe_loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    document = yaml.load(resource("openapi.yaml", SOURCE).read_text("utf-8"), Loader=safe_loader)  # noqa: S506  Both loaders are safe ones.
    document["info"]["version"] = version
    return orjson.dumps(document)
