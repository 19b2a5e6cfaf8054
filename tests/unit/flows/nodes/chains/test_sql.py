"""The SQL chain through the whole engine, over a database of the test."""

from __future__ import annotations

from typing import Any

import pytest
from tradewind_server.errors import InvalidInput, Reason, Unavailable
from tradewind_server.flows.nodes.chains.sql import table_text
from tradewind_server.flows.sql_port import SqlRows, SqlTable, StatementFailed

from fakes.flow_engine import Engine, node, wire

STATEMENT = "SELECT name FROM ship ORDER BY tons DESC LIMIT 1"


def chain(**inputs: Any) -> tuple[dict[str, Any], ...]:
    drawn = {"model": wire("chatOpenAI"), "database": "sqlite", "url": "port.db", **inputs}
    return (node("chatOpenAI", modelName="m"), node("sqlDatabaseChain", **drawn))


async def test_the_answer_is_made_from_the_rows(engine: Engine) -> None:
    model = engine.model("m", f"```sql\n{STATEMENT};\n```", "The heaviest ship is the Ana.")
    result = await engine.ask(engine.put(*chain()), "Which ship is the heaviest?")
    assert result.text == "The heaviest ship is the Ana."
    [(source, statement, most_rows)] = engine.sql.asked
    assert (source.dialect, source.address, statement, most_rows) == ("sqlite", "port.db", f"{STATEMENT};", 10)
    first, second = model.calls
    assert "CREATE TABLE ship" in first.texts[0][1] and "Which ship is the heaviest?" in first.texts[0][1]
    assert "SQLite" in first.texts[0][1]
    assert "name\nAna" in second.texts[0][1]
    assert second.texts[1] == ("user", "Which ship is the heaviest?")


async def test_only_the_answer_is_streamed(engine: Engine) -> None:
    model = engine.model("m", STATEMENT, "It is the Ana.")
    events = await engine.stream(engine.put(*chain()), "?")
    assert "".join(event.data for event in events if event.name == "token") == "It is the Ana."
    assert [call.streamed for call in model.calls] == [False, True]


async def test_a_statement_that_fails_is_written_again(engine: Engine) -> None:
    engine.sql.say(StatementFailed("no such column: weight"), SqlRows(("name",), (("Ana",),)))
    model = engine.model("m", "SELECT weight FROM ship", STATEMENT, "The Ana.")
    assert (await engine.ask(engine.put(*chain()), "?")).text == "The Ana."
    mending = str(model.calls[1].messages[-1].content)
    assert "SELECT weight FROM ship" in mending and "no such column: weight" in mending
    assert [statement for _, statement, _ in engine.sql.asked] == ["SELECT weight FROM ship", STATEMENT]


async def test_a_model_that_writes_no_statement_is_told_of(engine: Engine) -> None:
    engine.sql.say(StatementFailed("syntax error"))
    engine.model("m", "I cannot do that.")
    with pytest.raises(Unavailable) as raised:
        await engine.ask(engine.put(*chain()), "?")
    assert raised.value.reason is Reason.OUTPUT_UNPARSABLE
    assert len(engine.sql.asked) == 3


async def test_options_of_the_node_are_kept_to(engine: Engine) -> None:
    engine.model("m", STATEMENT, "The Ana.")
    flow = engine.put(*chain(includesTables="Ship, crew", ignoreTables="secret", sampleRowsInTableInfo="3", topK="5"))
    await engine.ask(flow, "?")
    [(source, _, most_rows)] = engine.sql.asked
    assert (source.include, source.ignore) == (frozenset({"ship", "crew"}), frozenset({"secret"}))
    assert (engine.sql.samples, most_rows) == ([3], 5)


async def test_sample_rows_stand_beside_their_table(engine: Engine) -> None:
    engine.sql.shown = [SqlTable("ship", "CREATE TABLE ship (name TEXT)", SqlRows(("name",), (("Ana",),), more=True))]
    model = engine.model("m", STATEMENT, "The Ana.")
    await engine.ask(engine.put(*chain(sampleRowsInTableInfo=1)), "?")
    assert "/* Some of its rows:\nname\nAna\n(and more rows)\n*/" in model.calls[0].texts[0][1]


async def test_a_prompt_of_its_own_is_filled(engine: Engine) -> None:
    model = engine.model("m", STATEMENT, "The Ana.")
    prompt = 'Speak {dialect}, at most {top_k}. {table_info} Q: {input} {"a": 1} {unknown}'
    await engine.ask(engine.put(*chain(customPrompt=prompt, topK=7)), "Which?")
    asked = model.calls[0].texts[0][1]
    assert asked.startswith("Speak SQLite, at most 7. CREATE TABLE ship")
    assert asked.endswith('Q: Which? {"a": 1} {unknown}')


async def test_what_does_not_fit_is_left_out(engine: Engine) -> None:
    engine.sql.shown = [SqlTable(f"t{i}", f"CREATE TABLE t{i} (a TEXT)") for i in range(20)]
    too_long = InvalidInput(Reason.CONTEXT_LENGTH_EXCEEDED, "too long", limit="500", actual="1000")
    model = engine.model("m", too_long, STATEMENT, "The Ana.")
    assert (await engine.ask(engine.put(*chain()), "?")).text == "The Ana."
    first, second = (call.texts[0][1] for call in model.calls[:2])
    assert "t19" in first and "t19" not in second and "t0" in second


async def test_a_database_without_tables_is_told_of(engine: Engine) -> None:
    engine.sql.shown = []
    with pytest.raises(InvalidInput) as raised:
        await engine.ask(engine.put(*chain()), "?")
    assert raised.value.reason is Reason.NODE_INPUT_INVALID


@pytest.mark.parametrize(
    ("inputs", "reason"),
    [
        ({"database": "mysql"}, Reason.FEATURE_NOT_SUPPORTED),
        ({"database": "mssql"}, Reason.FEATURE_NOT_SUPPORTED),
        ({"database": "oracle"}, Reason.NODE_INPUT_INVALID),
        ({"url": " "}, Reason.NODE_INPUT_INVALID),
        ({"topK": "all"}, Reason.NODE_INPUT_INVALID),
    ],
)
def test_what_is_wrong_with_the_node_is_named(engine: Engine, inputs: dict[str, Any], reason: Reason) -> None:
    flow = engine.put(*chain(**inputs))
    with pytest.raises(InvalidInput) as raised:
        engine.compiled(flow)
    assert raised.value.reason is reason


def test_a_password_in_the_address_is_not_shown(engine: Engine) -> None:
    flow = engine.put(*chain(database="postgres", url="postgresql://u:canary@h/db"))
    compiled = engine.compiled(flow)
    assert "canary" not in repr(compiled.components["sqlDatabaseChain_0"])


def test_rows_are_written_in_lines() -> None:
    assert table_text(SqlRows(("a", "b"), (("1", "two\nlines"),))) == "a | b\n1 | two lines"
    assert table_text(SqlRows(("a",), ())) == "a\n(no rows)"
