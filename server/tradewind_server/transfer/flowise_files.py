"""Uploaded files of a Flowise installation.

They lie as ``organisation/chatflow/file``, ``organisation/chatflow/chat/file`` and ``organisation/docustore/store/file``; older
releases have no folder of the organisation."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tradewind_server.chatflows.ids import UUID
from tradewind_server.files.ports import Blobs

STORES = "docustore"
PIECE = 1 << 16
MOST_FILES = 1_000_000


@dataclass(frozen=True, slots=True)
class FlowiseFile:
    """A file with the id of the chatflow or the document store that it belongs to, and its chat where it is of one."""

    path: Path
    owner_id: str
    chat_id: str | None = None
    of_store: bool = False


def files_of(folder: Path, chatflow_ids: frozenset[str]) -> Iterator[FlowiseFile]:
    """The files of these chatflows and of document stores, and those of chatflows that are no more.

    Links are not followed; at most ``MOST_FILES``.
    """
    count = 0
    for place in _owner_folders(folder, chatflow_ids):
        for file in _files_below(place, of_store=place.parent.name == STORES):
            count += 1
            if count > MOST_FILES:
                return
            yield file


def _owner_folders(folder: Path, chatflow_ids: frozenset[str]) -> Iterator[Path]:
    for first in _folders(folder):
        if first.name in chatflow_ids:
            yield first
        elif first.name == STORES:
            yield from _folders(first)
        else:
            for second in _folders(first):
                if second.name in chatflow_ids:
                    yield second
                elif second.name == STORES:
                    yield from _folders(second)
                elif UUID.fullmatch(second.name):  # Of a chatflow that is no more.
                    yield second


def _files_below(place: Path, *, of_store: bool) -> Iterator[FlowiseFile]:
    yield from (FlowiseFile(path, place.name, None, of_store) for path in _plain_files(place))
    if not of_store:
        for chat in _folders(place):
            yield from (FlowiseFile(path, place.name, chat.name) for path in _plain_files(chat))


def _folders(folder: Path) -> list[Path]:
    with os.scandir(folder) as entries:
        return sorted(Path(entry.path) for entry in entries if entry.is_dir(follow_symlinks=False))


def _plain_files(folder: Path) -> list[Path]:
    with os.scandir(folder) as entries:
        return sorted(Path(entry.path) for entry in entries if entry.is_file(follow_symlinks=False))


async def keep_file(blobs: Blobs, workspace_id: str, file: FlowiseFile, owner_id: str) -> None:
    """Keep a file under its owner here. Raises ``InvalidInput`` for one that no upload could be."""
    upload = await blobs.receive(file.path.name, "", _pieces(file.path))
    try:
        if file.chat_id is None:
            await blobs.keep(workspace_id, owner_id, upload)
        else:
            await blobs.keep_for_chat(workspace_id, owner_id, file.chat_id, upload)
    finally:
        await blobs.discard([upload])


async def is_kept(blobs: Blobs, workspace_id: str, file: FlowiseFile, owner_id: str) -> bool:
    """Whether its owner has a file of that name already."""
    if file.chat_id is None:
        return await blobs.get(workspace_id, owner_id, file.path.name) is not None
    return await blobs.find_in_chat(workspace_id, owner_id, file.chat_id, file.path.name) is not None


async def _pieces(path: Path) -> AsyncIterator[bytes]:
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    with os.fdopen(descriptor, "rb") as source:
        while piece := source.read(PIECE):
            yield piece


def owners_of(file: FlowiseFile, chatflows: Mapping[str, str], loaders: Mapping[str, list[tuple[str, str]]]) -> list[str]:
    """Where a file belongs here: its chatflow, or the loaders of its store whose settings name it.

    ``chatflows`` are ids here by ids there; ``loaders`` are id and settings of the loaders of each store.
    """
    if not file.of_store:
        return [chatflows[file.owner_id]] if file.owner_id in chatflows else []
    return [loader_id for loader_id, settings in loaders.get(file.owner_id, ()) if file.path.name in settings]
