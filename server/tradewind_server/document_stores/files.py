"""Files of a loader: what a caller wrote into its settings or sent with the call is kept under the loader's id."""

from __future__ import annotations

import base64
import binascii
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import orjson

from tradewind_server.document_stores.configs import invalid
from tradewind_server.document_stores.ports import StoreLoader
from tradewind_server.documents.ports import SourceFile
from tradewind_server.documents.sources import DATA, STORED_PREFIX, file_references
from tradewind_server.files.ports import Blobs
from tradewind_server.flows.nodes.registry import Registry


class LoaderFiles:
    """Keeps files. A later file of a name replaces the one before, of the same loader."""

    def __init__(self, blobs: Blobs, registry: Registry, new_id: Callable[[], str], now: Callable[[], datetime]) -> None:
        self._blobs = blobs
        self._registry = registry
        self._new_id = new_id
        self._now = now

    async def keep(self, workspace_id: str, loader: StoreLoader, uploads: Sequence[SourceFile] = ()) -> StoreLoader:
        """The loader with its files kept, and named in its settings as ``FILE-STORAGE::["name"]``.

        ``uploads`` take the place of the files that the settings name. Raises ``InvalidInput`` for damaged files.
        """
        names = self._file_inputs(loader.loader_id)
        if uploads and not names:
            raise invalid(f"{loader.loader_id} takes no files; name a loader that does.")
        config, files = dict(loader.loader_config), list(loader.files or ())
        for name in names:
            if uploads:
                sources: list[SourceFile | str] = list(uploads)
            else:
                sources = [await self._resolve(one) for one in file_references(config.get(name))]
            new_files = [one for one in sources if isinstance(one, SourceFile)]
            if not new_files:
                continue
            for file in new_files:
                await self._blobs.keep(workspace_id, loader.id, file)
            if not uploads:
                await self._blobs.discard(new_files)
            stored_names = [one.name if isinstance(one, SourceFile) else one.removeprefix(STORED_PREFIX) for one in sources]
            config[name] = STORED_PREFIX + orjson.dumps(stored_names).decode()
            present = {file.name for file in new_files}
            files = [one for one in files if one.get("name") not in present and not uploads]
            files += [self._entry(file) for file in new_files]
        return replace(loader, loader_config=config, files=files or None)

    def brings_files(self, loader: StoreLoader) -> bool:
        """Whether its settings hold files that are not kept yet."""
        names = self._file_inputs(loader.loader_id)
        return any(one.startswith(DATA) for name in names for one in file_references(loader.loader_config.get(name)))

    def _file_inputs(self, type_name: str) -> Sequence[str]:
        node_type = self._registry.type_named(type_name)
        return sorted(node_type.file_inputs) if node_type else ()

    async def _resolve(self, reference: str) -> SourceFile | str:
        """A file that is written into the settings as base64, taken in; any other reference as it is."""
        if not reference.startswith(DATA):
            return reference
        head, _, rest = reference.partition(",")
        body, _, name = rest.partition(",filename:")
        try:
            raw = base64.b64decode(body, validate=True)
        except (binascii.Error, ValueError):
            raw = b""
        if not raw:
            raise invalid("A file in loaderConfig is damaged; send it again.")

        async def whole() -> AsyncIterator[bytes]:
            yield raw

        mime = head.removeprefix(DATA).removesuffix(";base64")
        return await self._blobs.receive(name or "file", mime, whole())

    def _entry(self, file: SourceFile) -> Mapping[str, Any]:
        return {
            "id": self._new_id(),
            "name": file.name,
            "mimePrefix": file.mime,
            "size": file.size,
            "status": "NEW",
            "uploaded": self._now().isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        }
