"""What the code and the pages cite is in the repository: sections of ``docs/contract.md``, files, and headings of pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from harness.parsed_sources import read_yaml

ROOT = Path(__file__).parent.parent.parent
CONTRACT = ROOT / "docs" / "contract.md"
DOCUMENT_STORES = ROOT / "docs" / "document-stores.md"
ROOMS = ("server", "proto", "tests", "docs", "envoy", "examples", "deploy", ".")
KINDS = {".py", ".proto", ".md", ".yaml", ".yml", ".toml", ".sh", ".go", ".ts", ".java", ".lua"}
NOT_OURS = {"vendor", "node_modules", ".venv", "generated", "rest_stubs", "buf", "__pycache__", "build", "dist", "target"}
CITED = re.compile(r"contract\.md((?:(?:,|\s+and)?\s+§\d+(?:\.\d+)?)+)")
NUMBER = re.compile(r"§(\d+(?:\.\d+)?)")
ELSEWHERE = re.compile(r"\bcontract,?\s+(?:§|section\b)|\bthe seed[s]\b|\brules:? §", re.IGNORECASE)
"""References to texts that readers of this repository do not have."""
SECTION = re.compile(r'^(#{2,3}) <a id="([^"]+)"></a>(\d+(?:\.\d+)?) \S', re.MULTILINE)
HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.MULTILINE)
ANCHOR = re.compile(r'<a id="([^"]+)"></a>')
LINK = re.compile(r"(?<!!)\[[^\]\n]+\]\(([^()\s]+)\)")
CODE = re.compile(r"^```.*?^```|`[^`\n]+`", re.MULTILINE | re.DOTALL)


@cache
def files() -> tuple[Path, ...]:
    found: list[Path] = []
    for room in ROOMS:
        paths = (ROOT / room).glob("*") if room == "." else (ROOT / room).rglob("*")
        found += [path for path in paths if path.is_file() and path.suffix in KINDS]
    return tuple(path for path in found if NOT_OURS.isdisjoint(path.relative_to(ROOT).parts))


def place(path: Path, text: str, position: int) -> str:
    return f"{path.relative_to(ROOT)}:{text.count(chr(10), 0, position) + 1}"


@cache
def sections() -> tuple[str, ...]:
    return tuple(match.group(3) for match in SECTION.finditer(CONTRACT.read_text()))


def slug(heading: str) -> str:
    """The anchor of a heading, as GitHub makes it."""
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", ANCHOR.sub("", heading))
    return re.sub(r"[^\w\- ]", "", plain.strip().lower()).replace(" ", "-")


@cache
def anchors(page: Path) -> frozenset[str]:
    text = page.read_text()
    outside = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    return frozenset(map(slug, HEADING.findall(outside))) | frozenset(ANCHOR.findall(text))


def links(page: Path) -> Iterator[tuple[str, str]]:
    """Place and target of each link that leads into the repository."""
    text = CODE.sub(lambda code: re.sub(r"[^\n]", " ", code.group()), page.read_text())
    for match in LINK.finditer(text):
        if not re.match(r"[a-z][a-z0-9+.-]*:", match.group(1)):
            yield place(page, text, match.start()), match.group(1)


def is_there(page: Path, target: str) -> bool:
    path, _, anchor = unquote(target).partition("#")
    found = (page.parent / path).resolve() if path else page
    if not found.exists() or not found.is_relative_to(ROOT):
        return False
    return not anchor or (found.suffix == ".md" and anchor in anchors(found))


def test_sections_of_the_contract_are_numbered_in_order_and_their_anchors_say_the_number() -> None:
    found = SECTION.findall(CONTRACT.read_text())
    assert [anchor for _, anchor, _ in found] == [f"s{number.replace('.', '-')}" for _, _, number in found]
    assert all(len(marks) == (3 if "." in number else 2) for marks, _, number in found)
    chapters = [number for number in sections() if "." not in number]
    expected = []
    for chapter in map(str, range(1, len(chapters) + 1)):
        below = [number for number in sections() if number.startswith(f"{chapter}.")]
        expected += [chapter, *(f"{chapter}.{count}" for count in range(1, len(below) + 1))]
    assert list(sections()) == expected


def test_cited_sections_of_the_contract_are_there() -> None:
    missing, count = [], 0
    for path in files():
        text = path.read_text()
        for match in CITED.finditer(text):
            numbers = NUMBER.findall(match.group(1))
            count += len(numbers)
            missing += [f"{place(path, text, match.start())} §{number}" for number in numbers if number not in sections()]
    assert missing == []
    assert count > 20


def test_nothing_is_cited_that_is_not_in_the_repository() -> None:
    found = []
    for path in files():
        text = path.read_text()
        found += [f"{place(path, text, match.start())} {match.group()!r}" for match in ELSEWHERE.finditer(text)]
    assert found == [], "Cite docs/contract.md § and the number, or say the rule in the sentence."


def test_links_between_pages_lead_somewhere() -> None:
    pages = [path for path in files() if path.suffix == ".md"]
    broken = [f"{where} {target}" for page in pages for where, target in links(page) if not is_there(page, target)]
    assert broken == []
    assert any(True for page in pages for _ in links(page))


def test_the_contract_names_every_route() -> None:
    paths = read_yaml(ROOT / "generated" / "openapi" / "tradewind.yaml")["paths"]
    page = re.sub(r"\{\w+\}", "{}", CONTRACT.read_text() + DOCUMENT_STORES.read_text())
    assert [path for path in paths if re.sub(r"\{\w+\}", "{}", path).removeprefix("/api/v1") not in page] == []


def test_decisions_are_numbered_once_and_in_order() -> None:
    pages = sorted((ROOT / "docs" / "adr").glob("0*.md"))
    titles = [page.read_text().partition("\n")[0] for page in pages]
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    assert [title.partition(".")[0] for title in titles] == [f"# {number}" for number in range(1, len(pages) + 1)]
    text = "\n".join(path.read_text() for path in files() if path.suffix == ".md")
    assert [link for link in re.findall(r"\[ADR (\d+)\]\([^)]*?(\d{4})-", text) if int(link[0]) != int(link[1])] == []
