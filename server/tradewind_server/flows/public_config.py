"""What anyone may know of a chatflow: the look of its chat widget and its flags. No prompt, no credential, no origin list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tradewind_server.chatflows.admission import PublicView
from tradewind_server.flows.drawing import Flow, Node, nodes_of_category, parse_flow
from tradewind_server.flows.nodes.registry import Registry

PRIVATE = frozenset({"allowedOrigins", "allowedOriginsError", "postProcessing", "flowData"})
IMAGE_TYPES = ("image/gif", "image/jpeg", "image/png", "image/webp", "")
"""The empty one is for addresses of images, which have no type yet."""
IMAGE_MEGABYTES = 5
FILE_MEGABYTES = 500


def public_chatbot_config(view: PublicView, registry: Registry, most_megabytes: int) -> dict[str, Any]:
    """The ``public-chatbotConfig`` answer (docs/contract.md §9.6); of the drawing itself it holds nothing."""
    return {
        **{name: value for name, value in view.config.chatbot.items() if name not in PRIVATE},
        "uploads": upload_flags(view, registry, most_megabytes),
        "isTTSEnabled": view.config.reads_aloud,
    }


def upload_flags(view: PublicView, registry: Registry, most_megabytes: int) -> dict[str, Any]:
    """Which uploads the widget may offer: the ``chatflows-uploads`` answer.

    No size is announced that a request cannot have: ``most_megabytes`` is what this server takes.
    Raises ``InvalidInput(INVALID_CHATFLOW)`` for a drawing that cannot be read.
    """
    flow = parse_flow(view.chatflow.flow_data)
    images = _takes_images(flow, registry)
    files = list(_file_types(flow))
    return {
        "isSpeechToTextEnabled": view.config.offers_speech,
        "isImageUploadAllowed": images,
        "isRAGFileUploadAllowed": bool(files),
        "imgUploadSizeAndTypes": [_size_and_types(IMAGE_TYPES, min(IMAGE_MEGABYTES, most_megabytes))] if images else [],
        "fileUploadSizeAndTypes": [_size_and_types(types, min(FILE_MEGABYTES, most_megabytes)) for types in files],
    }


def _takes_images(flow: Flow, registry: Registry) -> bool:
    """Whether a model that looks at images stands behind a node that hands them on."""
    models = nodes_of_category(flow, "Chat Models")
    return any(map(registry.passes_images, flow.nodes.values())) and any(
        model.inputs.get("allowImageUploads") in (True, "true") for model in models
    )


def _file_types(flow: Flow) -> Iterator[list[str]]:
    """File endings that vector stores with ``fileUpload`` take, by loader."""
    stores = [one for one in nodes_of_category(flow, "Vector Stores") if one.inputs.get("fileUpload") in (True, "true")]
    sources = [source for store in stores for name, source in store.references() if name == "document"]
    for source in dict.fromkeys(sources):
        if source in flow.nodes:
            yield from _types_of(flow.nodes[source])


def _types_of(loader: Node) -> Iterator[list[str]]:
    for parameter in loader.input_params:
        types = parameter.get("fileType")
        if parameter.get("type") == "file" and isinstance(types, str) and types:
            yield [one.strip() for one in types.split(",") if one.strip()]


def _size_and_types(types: Any, megabytes: int) -> dict[str, Any]:
    return {"fileTypes": list(types), "maxUploadSize": megabytes}
