"""Statements are found in whatever models write around them, and nothing that writes is taken along."""

from __future__ import annotations

import time

import pytest
from tradewind_server.flows.nodes.chains.sql_statements import statement_in

NAMED = "SELECT title FROM berths WHERE [num sails] = 2 LIMIT 10"


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("SELECT 1", "SELECT 1"),
        ("```sql\nSELECT 1;\n```", "SELECT 1;"),
        ("```SQL\nselect 1", "select 1"),
        ("Here it is:\n```\nSELECT 1\n```\nIt counts.", "SELECT 1"),
        ("SQLQuery: SELECT 1\nSQLResult: 1\nAnswer: 1", "SELECT 1"),
        ("SQL: SELECT 1\n  FROM t\n\nExplanation: x", "SELECT 1\n  FROM t"),
        (f'SQLQuery: "{NAMED}"', NAMED),
        (f"SQLQuery: '{NAMED}'", NAMED),
        (f"SQLQuery: `{NAMED}`", NAMED),
        (f"SQLQuery: \u201c{NAMED}\u201d", NAMED),
        (f'"{NAMED};"', NAMED + ";"),
        (f'**SQL Query:** "{NAMED}"\n\n**Result:** none', NAMED),
        (f"SQLQuery:\n{NAMED}", NAMED),
        (f"SQLQuery: ```sql\n{NAMED}\n```", NAMED),
        (f"Sure! The query is: {NAMED}", NAMED),
        (f"To select the berths, I would run {NAMED}", NAMED),
        (f"Select the berths with two sails:\n{NAMED}", NAMED),
        (f"{NAMED};\nThis query looks for berths.", NAMED + ";"),
        (f"{NAMED}\nThis query looks for berths.", NAMED),
        (f"{NAMED}\n\nIt looks for berths.", NAMED),
        (f"{NAMED}\n```\nDone", NAMED),
        (f"<think>SELECT nothing FROM nowhere</think>{NAMED}", NAMED),
        ('{"sql": "SELECT \\"num sails\\" FROM berths"}', 'SELECT "num sails" FROM berths'),
        ('```json\n{"query": "SELECT 1",}\n```', "SELECT 1"),
        ('SQLQuery: "SELECT "num sails" FROM berths"', 'SELECT "num sails" FROM berths'),
        ("SQLQuery: 'SELECT 1 FROM t WHERE a = 'x''", "SELECT 1 FROM t WHERE a = 'x'"),
        ('SQLQuery: "SELECT \\"num sails\\" FROM berths"', 'SELECT "num sails" FROM berths'),
        ("SELECT a FROM t WHERE b = 'x; y\n\nThe z'", "SELECT a FROM t WHERE b = 'x; y\n\nThe z'"),
        ("SELECT a -- first; one\nFROM t", "SELECT a -- first; one\nFROM t"),
        ("SELECT a\n\nFROM t\n\nWHERE b = 1", "SELECT a\n\nFROM t\n\nWHERE b = 1"),
        ("WITH s AS (SELECT 1 AS a) SELECT a FROM s", "WITH s AS (SELECT 1 AS a) SELECT a FROM s"),
        ("With this in mind: select title from berths", "select title from berths"),
        ("", ""),
        ("I cannot do that.", "I cannot do that."),
    ],
)
def test_statements_are_unwrapped(text: str, statement: str) -> None:
    assert statement_in(text) == statement


@pytest.mark.parametrize(
    "text",
    [
        "DROP TABLE berths",
        "DELETE FROM berths; SELECT 1",
        "INSERT INTO berths\nSELECT * FROM berths",
        "SELECT 1; DROP TABLE berths",
        "SELECT 1;\n-- now\nDELETE FROM berths;",
        "SELECT 1; /* now */ UPDATE berths SET price = 0",
        "CREATE TABLE x AS\nSELECT 1",
    ],
)
def test_what_writes_is_left_for_the_database_to_refuse(text: str) -> None:
    assert statement_in(text) == text
    assert statement_in(f"```sql\n{text}\n```") in (text, f"```sql\n{text}\n```")


@pytest.mark.parametrize("piece", ["SELECT ", '"', "SELECT '", "\n", "/*", "With x as (", "[", '\\"', ";", "-- \n"])
def test_no_text_takes_long(piece: str) -> None:
    begun = time.process_time()
    statement_in('"SELECT ' + piece * (100_000 // len(piece)))
    assert time.process_time() - begun < 3
