"""The statement in what a model wrote: without the words, fences, quotes and labels that models put around it.

What is found is one text that reads; whether it reads only is decided by the database. Where anything that writes stands
beside it, nothing is taken out: the database refuses the whole, and the model is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tradewind_server.lenient_json import json_values, without_thoughts

LONGEST_TEXT = 16 * 1024
"""Characters that are looked through; statements are shorter."""
FENCE = re.compile(r"```[a-zA-Z0-9]*+\s*+(.*?)(?:```|\Z)", re.DOTALL)
LEAD_IN = re.compile(r"^\W*(?:SQL\s*Query|SQL|Query|Statement)\W*:\W*", re.IGNORECASE)
KEYS = ("sql", "query", "sqlquery", "sql_query", "statement")
BEGINNING = re.compile(r"(?:\A|[\n:>\"'`“‘(*\[]|\s)(SELECT|WITH)\b", re.IGNORECASE)
READS = re.compile(r"SELECT\s+\S|WITH\s+(?:RECURSIVE\s+)?[\w\"`\[\]]+\s*(?:\([^()]*\)\s*)?AS\b", re.IGNORECASE)
WRITES = re.compile(
    r"\b(?:INSERT\s+INTO|REPLACE\s+INTO|DELETE\s+FROM|UPDATE\s+\S+\s+SET|DROP\s+\w+|CREATE\s+\w+|ALTER\s+\w+|TRUNCATE\s+\w+"
    r"|PRAGMA\s+\w+|ATTACH\s+\S+|VACUUM\b|COPY\s+\S+|GRANT\s+\w+|MERGE\s+INTO)",
    re.IGNORECASE,
)
VERB = re.compile(
    r"(?<![\s/*\-])\s{0,300}+(?:/\*.{0,300}?\*/\s{0,300}+|--[^\n]{0,300}+\s{0,300}+){0,20}+(?:SELECT|WITH|INSERT|REPLACE|DELETE|UPDATE|DROP|CREATE|ALTER|TRUNCATE|PRAGMA|ATTACH|DETACH"
    r"|VACUUM|COPY|GRANT|REVOKE|MERGE|BEGIN|COMMIT|SET|CALL|DO|EXEC|EXECUTE|VALUES|LOAD)\b",
    re.IGNORECASE | re.DOTALL,
)
# What stands behind the mark that closes a statement: nothing, an end of a line, punctuation, or words of a sentence.
BEHIND_QUOTES = re.compile(r"\s{0,80}+(?:\Z|(?<=\n)|[;.,)}\]*])|\s{1,80}+[A-Za-z']{1,80}+\s{1,80}+[a-z]")
QUOTES = {'"': '"', "'": "'", "`": "`", "“": "”", "‘": "’"}
LABEL = r"(?:SQL\s*Result|Result|Answer|Explanation|Output|Note)\W*:"
WORDS = r"(?:This|The|It|Note|Here|That|These|Explanation|Please|Let|I|We|You|In\s+this)\s+[a-z']"
GOES_ON = r"(?:FROM|WHERE|AND|OR|ON|JOIN|LEFT|RIGHT|INNER|OUTER|CROSS|FULL|NATURAL|GROUP|ORDER|HAVING|LIMIT|OFFSET|UNION|EXCEPT"
# What in a statement is no part of its words, and what ends it: a semicolon, a label, a fence, a new paragraph or a sentence.
PART = re.compile(
    r"'(?:[^']|'')*+'|\"[^\"]*+\"|`[^`]*+`|\[[^\]\n]{0,200}+\]|--[^\n]*+|/\*.{0,600}?\*/"
    rf"|(?P<end>;|\n\s{{0,100}}+(?:{LABEL}|```|(?-i:{WORDS}))|\n[^\S\n]{{0,100}}+\n\s{{0,100}}+(?!{GOES_ON}|INTERSECT|SELECT|WINDOW|FETCH)\b|\)))",
    re.DOTALL | re.IGNORECASE,
)


def statement_in(text: str) -> str:
    """The statement; the text itself without its label where there is none, for the database to refuse."""
    text = without_thoughts(text[: 4 * LONGEST_TEXT])[:LONGEST_TEXT].strip()
    for source in _sources(text):
        start = _beginning(source)
        if start is not None:
            before = source[:start]
            return text if WRITES.search(before) else _cut(before, source[start:])
    match = FENCE.search(text)
    return LEAD_IN.sub("", match.group(1) if match else text).strip()


def _sources(text: str) -> Iterator[str]:
    """Where a statement may stand, the likeliest place first."""
    blocks = FENCE.findall(text)
    for source in (*blocks, text):
        if source.lstrip()[:1] == "{":
            value = next(json_values(source), None)
            by_name = {str(key).lower(): one for key, one in value.items()} if isinstance(value, dict) else {}
            yield from (by_name[key] for key in KEYS if isinstance(by_name.get(key), str))
    yield from blocks
    yield text


def _beginning(text: str) -> int | None:
    """Where a statement begins: in capitals before small letters, and at the head of a line before the middle of one."""
    best: tuple[tuple[bool, bool, bool], int] | None = None
    for match in BEGINNING.finditer(text):
        start = match.start(1)
        if READS.match(text, start) is None:
            continue
        word = match.group(1)
        rank = (word.istitle(), not word.isupper(), match.group()[:1] == " " and not text[:start].rstrip().endswith(":"))
        if best is None or rank < best[0]:
            best = (rank, start)
    return best[1] if best else None


def _cut(before: str, text: str) -> str:
    """A text that begins with a statement, without what stands behind it."""
    closing = QUOTES.get(before.rstrip()[-1:]) if before else None
    if closing:
        text = _unquote(text, before.rstrip()[-1], closing)
    for part in PART.finditer(text):
        if part.group("end") is None:
            continue
        if part.group("end") == ";":
            # A second statement stays, so that the database refuses both.
            return text.strip() if VERB.match(text, part.end()) else text[: part.end()].strip()
        return text[: part.start()].strip()
    return text.strip()


def _unquote(text: str, opening: str, closing: str) -> str:
    """What stands before the closing quotation mark; quoted names inside it are passed over."""
    text = text.replace(f"\\{opening}", opening) if opening == closing else text
    inside = False
    for match in re.finditer(re.escape(closing), text):
        if not inside and BEHIND_QUOTES.match(text[match.end() :][:80]):
            return text[: match.start()]
        inside = opening == closing and not inside
    return text
