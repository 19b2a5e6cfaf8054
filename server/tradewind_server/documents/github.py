"""The files of a repository of GitHub, or of a server with its API: listed in one call, fetched a few at a time."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from urllib.parse import quote

from tradewind_server.bounded_json import foreign_json
from tradewind_server.documents.jobs import Parsing, value_of
from tradewind_server.documents.jobs import read_job as read
from tradewind_server.documents.metadata import MetadataRules
from tradewind_server.documents.ports import Document, LoadContext, TextSplitter
from tradewind_server.documents.sources import text_chunks
from tradewind_server.documents.threads import ThreadParsing
from tradewind_server.errors import FailedPrecondition, InvalidInput, Reason, TradewindError, Unavailable
from tradewind_server.outbound.addresses import web_parts
from tradewind_server.outbound.ports import Outbound, OutboundReply

PUBLIC_SITE, PUBLIC_API, RAW_SITE = "https://github.com", "https://api.github.com", "https://raw.githubusercontent.com"
MOST_FILES = 2000
LARGEST_FILE = 4 << 20
"""Bytes; larger files of a repository are data rather than text."""
MOST_BYTES = 256 << 20
SECONDS = 30.0
PAUSE = 1.0
PASSING = frozenset({500, 502, 503, 504})
NAME = re.compile(r"[A-Za-z0-9_.-]{1,100}")
BINARY = re.compile(
    r"\.(?:png|jpe?g|gif|bmp|ico|webp|tiff?|svgz|psd|mp[34]|m4a|mov|avi|mkv|webm|wav|ogg|flac|zip|gz|tgz|bz2|xz|zst|7z|rar|tar|jar|"
    r"war|class|pyc|so|dylib|dll|exe|bin|o|a|wasm|woff2?|ttf|otf|eot|pdf|docx?|xlsx?|pptx?|db|sqlite3?|parquet|onnx|pt|npy)$",
    re.IGNORECASE,
)
MOST_ENTRIES = 20_000
"""Of the list of a repository, in the order of their paths."""
LONGEST_PATTERN, MOST_PATTERNS = 300, 50


@dataclass(frozen=True, slots=True)
class GithubRepository:
    """Where a link leads: a repository, and a folder or a file in it ("" for all)."""

    owner: str
    name: str
    path: str = ""


def repository_of(link: str, site: str = PUBLIC_SITE) -> GithubRepository | None:
    """The repository behind a link such as ``https://github.com/owner/name/tree/main/docs``; None for other links."""
    parts, home = web_parts(link), web_parts(site)
    if parts is None or home is None or parts.hostname != home.hostname:
        return None
    steps = [step for step in parts.path.removeprefix(home.path.rstrip("/")).split("/") if step]
    if len(steps) < 2 or not all(NAME.fullmatch(step) and step.strip(".") for step in steps[:2]):
        return None
    below = "/".join(steps[4:]) if len(steps) > 2 and steps[2] in ("tree", "blob") else ""
    return GithubRepository(steps[0], steps[1].removesuffix(".git"), below)


def is_ignored(path: str, pattern: str) -> bool:
    """Whether a line of a ``.gitignore`` takes in a path, or a folder above it. ``**`` stands for any number of folders."""
    steps = pattern.strip().strip("/").split("/")
    if len(steps) == 1 and not pattern.startswith("/"):
        steps.insert(0, "**")
    parts = path.split("/")
    positions = {0}
    for step in steps:
        if step == "**":
            positions = set(range(min(positions), len(parts)))
        else:
            positions = {at + 1 for at in positions if at < len(parts) and fnmatchcase(parts[at], step)}
        if not positions:
            return False
    return steps[-1] != "**" or max(positions) > 0


@dataclass(frozen=True, slots=True)
class RepositoryFile:
    path: str
    sha: str
    size: int


@dataclass(frozen=True, slots=True)
class GithubSource:
    """The text files of a branch. Binary files, those of more than 4 MiB and ignored ones are left out.

    ``token`` is looked up at each load. Without one the files come from the site for raw files, which counts no calls.
    """

    node_id: str
    label: str
    repository: GithubRepository
    link: str
    branch: str
    recursive: bool
    outbound: Outbound
    token: Callable[[], Awaitable[str | None]] = field(repr=False)
    api: str
    ignore: Sequence[str]
    concurrency: int
    retries: int
    splitter: TextSplitter | None
    rules: MetadataRules
    parsing: Parsing = field(default_factory=ThreadParsing)

    async def load(self, context: LoadContext) -> AsyncIterator[list[Document]]:
        token = await self.token()
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        files = await self._files(headers, context)
        for start in range(0, len(files), self.concurrency):
            part = files[start : start + self.concurrency]
            replies = await asyncio.gather(*(self._fetch(file, headers) for file in part))
            for file, reply in zip(part, replies, strict=True):
                text = await self._text(file, reply, context)
                if text is None:
                    continue
                context.on_load(1)
                about = {"source": file.path, "repository": self.link, "branch": self.branch}
                label = f"The file {file.path} of {self.repository.name}"
                async for batch in text_chunks(self.parsing, text, label, about, self, context.warn):
                    yield batch

    async def _files(self, headers: Mapping[str, str], context: LoadContext) -> list[RepositoryFile]:
        """The files to load, in the order of their paths."""
        where = self.repository
        url = f"{self.api}/repos/{where.owner}/{where.name}/git/trees/{quote(self.branch, safe='')}"
        reply = await self._get(url, {**headers, "Accept": "application/vnd.github+json"}, {"recursive": "1"})
        if reply.status >= 400:
            raise self._refusal(reply.status, has_key=bool(headers))
        text = (await value_of(self.parsing, read(reply, f"The list of files of {where.name}")))[0]
        try:
            files, complete = await asyncio.to_thread(self._choose, text)
        except (LookupError, TypeError, ValueError):
            raise Unavailable(Reason.OUTBOUND_FAILED, f"{self.label} got no list of files from its API.") from None
        if not files:
            raise InvalidInput(
                Reason.NODE_INPUT_INVALID,
                f"{where.owner}/{where.name} has no text files there in the branch {self.branch}; check {self.label}.",
            )
        if not complete:
            context.warn(f"{self.label} loads the first files of {where.name} only: at most {MOST_FILES:,}, 256 MiB together.")
        return files

    def _choose(self, text: str) -> tuple[list[RepositoryFile], bool]:
        """The files to load out of the API's list, and whether they are all. Takes a while where the list is long."""
        tree = foreign_json(text)
        rows = sorted((row for row in tree["tree"] if row["type"] == "blob"), key=lambda row: str(row["path"]))
        files = [RepositoryFile(str(row["path"]), str(row["sha"]), int(row["size"])) for row in rows[:MOST_ENTRIES]]
        choice = [file for file in files if self._takes(file)]
        within = within_bounds(choice)
        return within, len(within) == len(choice) and len(rows) <= MOST_ENTRIES and tree.get("truncated") is not True

    def _takes(self, file: RepositoryFile) -> bool:
        home = self.repository.path.strip("/")
        inside = not home or file.path == home or file.path.startswith(f"{home}/")
        below = file.path.removeprefix(home).strip("/")
        if not inside or (not self.recursive and "/" in below) or file.size > LARGEST_FILE or BINARY.search(file.path):
            return False
        return not any(is_ignored(file.path, pattern) for pattern in self.ignore)

    async def _fetch(self, file: RepositoryFile, headers: Mapping[str, str]) -> OutboundReply:
        where = self.repository
        if headers or self.api != PUBLIC_API:
            url = f"{self.api}/repos/{where.owner}/{where.name}/git/blobs/{quote(file.sha, safe='')}"
            return await self._get(url, {**headers, "Accept": "application/vnd.github.raw+json"})
        path = quote(f"{where.owner}/{where.name}/{self.branch}/{file.path}")
        return await self._get(f"{RAW_SITE}/{path}", {})

    async def _text(self, file: RepositoryFile, reply: OutboundReply, context: LoadContext) -> str | None:
        """The text of a file; None, with a warning, where it is none."""
        if reply.status >= 400:
            raise self._refusal(reply.status, has_key=True)
        try:
            text, _ = await value_of(self.parsing, read(reply, f"The file {file.path}"))
        except TradewindError:
            context.warn(f"{file.path} of {self.repository.name} was left out: it is no text.")
            return None
        return str(text)

    async def _get(self, url: str, headers: Mapping[str, str], params: Mapping[str, str] | None = None) -> OutboundReply:
        """An answer; calls that fail in passing are made again, ``retries`` times."""
        for attempt in range(self.retries + 1):
            try:
                reply = await self.outbound.request("GET", url, headers=headers, params=params, timeout=SECONDS)
                if reply.status not in PASSING or attempt == self.retries:
                    return reply
            except Unavailable:
                if attempt == self.retries:
                    raise
            await asyncio.sleep(PAUSE * 2**attempt)
        raise AssertionError("the last attempt returns or raises")

    def _refusal(self, status: int, *, has_key: bool) -> TradewindError:
        where = f"{self.repository.owner}/{self.repository.name}"
        match status:
            case 401:
                return FailedPrecondition(
                    Reason.CREDENTIAL_NOT_FOUND, f"The API refused the token of {self.label}; check its credential."
                )
            case 403 | 429:
                hint = "" if has_key else ", or store a token for it"
                return Unavailable(Reason.OUTBOUND_FAILED, f"{self.label} may make no more calls now; try again later{hint}.")
            case 404:
                return InvalidInput(
                    Reason.NODE_INPUT_INVALID,
                    f"{self.label} finds no branch {self.branch} of {where}; check its link and branch, and its token where "
                    "it is private.",
                )
        return Unavailable(Reason.OUTBOUND_FAILED, f"{self.label} was answered with the status {status}; try again later.")


def within_bounds(files: Sequence[RepositoryFile]) -> list[RepositoryFile]:
    """The first files that keep within the bounds."""
    choice: list[RepositoryFile] = []
    size = 0
    for file in files[:MOST_FILES]:
        size += file.size
        if size > MOST_BYTES:
            break
        choice.append(file)
    return choice
