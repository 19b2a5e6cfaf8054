"""What every adapter of the port ``ReadOnlySql`` does: it reads, within bounds, and changes nothing."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tradewind_server.errors import FailedPrecondition, Reason, Unavailable
from tradewind_server.flows.sql_port import Dialect, SqlSource, StatementFailed
from tradewind_server.sql_sources.databases import ReadOnlyDatabases

from harness.postgres import MISSING, PostgresServer, binaries

TABLES = (
    "CREATE TABLE ship (id INTEGER PRIMARY KEY, name TEXT NOT NULL, tons REAL)",
    "CREATE TABLE crew (ship INTEGER, person TEXT)",
    'CREATE TABLE "odd name" (note TEXT)',
    "CREATE VIEW heavy AS SELECT name FROM ship WHERE tons > 100",
    "CREATE VIEW people AS SELECT person FROM crew",
    "CREATE VIEW people_again AS SELECT * FROM people",
    "INSERT INTO ship VALUES (1, 'Ana', 120.5), (2, 'Berta', 80), (3, 'Carla', NULL)",
    "INSERT INTO crew VALUES (1, 'Mia')",
)
SERVER_TABLES = (
    "CREATE SCHEMA elsewhere",
    "GRANT USAGE ON SCHEMA elsewhere TO reader",
    "CREATE TABLE elsewhere.log (line TEXT)",
    "GRANT SELECT ON elsewhere.log TO reader",
    "CREATE TABLE trips (year INTEGER, note TEXT) PARTITION BY LIST (year)",
    "CREATE TABLE trips_2024 PARTITION OF trips FOR VALUES IN (2024)",
    "INSERT INTO trips VALUES (2024, 'calm')",
    "CREATE MATERIALIZED VIEW people_kept AS SELECT person FROM crew",
)
SLOW = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
    "postgres": "SELECT pg_sleep(60)",
}
PORT = "test_1"
"""The database of the Postgres server; no test may change it."""
MANY = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) SELECT i FROM n"


@dataclass
class Database:
    """A database to ask, and what is in it as its owner sees it."""

    dialect: Dialect
    address: str
    count: Callable[[], int]

    def source(self, *, include: str = "", ignore: str = "") -> SqlSource:
        return SqlSource(self.dialect, self.address, frozenset(include.split()), frozenset(ignore.split()))


@pytest.fixture(scope="module")
def postgres() -> Iterator[PostgresServer]:
    server = PostgresServer(tcp=True)
    try:
        server.start()
        server.execute("CREATE ROLE reader LOGIN")
        server.execute("CREATE ROLE filer LOGIN IN ROLE pg_read_server_files")
        name = server.create_database()
        grants = "GRANT ALL ON ALL TABLES IN SCHEMA public TO reader", "GRANT ALL ON SEQUENCE counter TO reader"
        for statement in (*TABLES, *SERVER_TABLES, "CREATE SEQUENCE counter", *grants):
            server.execute(statement, name)
        yield server
    finally:
        server.remove()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.skipif(binaries() is None, reason=MISSING))])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Database:
    if request.param == "sqlite":
        path = tmp_path / "files" / "port.db"
        path.parent.mkdir()
        connection = sqlite3.connect(path)
        for statement in TABLES:
            connection.execute(statement)
        connection.commit()
        return Database("sqlite", "port.db", lambda: int(connection.execute("SELECT count(*) FROM ship").fetchone()[0]))
    server: PostgresServer = request.getfixturevalue("postgres")
    return Database(
        "postgres",
        f"postgresql://reader@127.0.0.1:{server.port}/{PORT}",
        lambda: int(server.query("SELECT count(*) FROM ship", PORT)[0][0]),
    )


@pytest.fixture
async def sql(tmp_path: Path) -> AsyncIterator[ReadOnlyDatabases]:
    adapter = ReadOnlyDatabases(tmp_path / "files", [tmp_path / "own"], seconds=60.0)
    yield adapter
    await adapter.aclose()


async def test_tables_are_told_with_their_columns(sql: ReadOnlyDatabases, database: Database) -> None:
    tables = {table.name: table for table in await sql.tables(database.source())}
    assert set(tables) >= {"ship", "crew", "odd name", "heavy", "people", "people_again"}
    assert "name" in tables["ship"].definition and "tons" in tables["ship"].definition
    assert tables["ship"].sample is None


async def test_tables_are_told_with_some_rows_if_asked_for(sql: ReadOnlyDatabases, database: Database) -> None:
    tables = {table.name: table for table in await sql.tables(database.source(), 2)}
    sample = tables["ship"].sample
    assert sample is not None
    assert (sample.columns, len(sample.rows)) == (("id", "name", "tons"), 2)
    assert tables["odd name"].sample is not None


async def test_only_the_named_tables_are_told(sql: ReadOnlyDatabases, database: Database) -> None:
    assert [table.name for table in await sql.tables(database.source(include="ship"))] == ["ship"]
    assert "crew" not in [table.name for table in await sql.tables(database.source(ignore="crew"))]


async def test_rows_come_as_text(sql: ReadOnlyDatabases, database: Database) -> None:
    found = await sql.select(database.source(), "SELECT name, tons FROM ship ORDER BY id;", 10)
    assert found.columns == ("name", "tons")
    assert [row[0] for row in found.rows] == ["Ana", "Berta", "Carla"]
    assert (found.rows[0][1], found.rows[2][1], found.more) == ("120.5", "NULL", False)


async def test_common_tables_and_views_are_read(sql: ReadOnlyDatabases, database: Database) -> None:
    statement = "WITH s AS (SELECT * FROM ship) SELECT s.name, c.person FROM s JOIN crew c ON c.ship = s.id"
    assert (await sql.select(database.source(), statement, 10)).rows == (("Ana", "Mia"),)
    assert (await sql.select(database.source(), "SELECT name FROM heavy", 10)).rows == (("Ana",),)


AROUND = [
    "SELECT * FROM crew",
    "SELECT count(*) FROM crew",
    'SELECT person FROM "crew"',
    "SELECT c.person FROM crew c",
    "SELECT * FROM ship WHERE id IN (SELECT ship FROM crew)",
    "SELECT EXISTS (SELECT 1 FROM crew)",
    "SELECT (SELECT max(person) FROM crew)",
    "SELECT name FROM ship UNION SELECT person FROM crew",
    "SELECT name FROM ship EXCEPT SELECT person FROM crew",
    "WITH ship AS (SELECT * FROM crew) SELECT * FROM ship",
    "WITH ship AS (SELECT * FROM crew) SELECT count(*) FROM ship",
    "WITH heavy AS (SELECT person AS name FROM crew) SELECT * FROM heavy",
    "WITH heavy AS MATERIALIZED (SELECT person AS name FROM crew) SELECT * FROM heavy",
    "WITH heavy(name) AS (SELECT person FROM crew) SELECT * FROM heavy",
    "WITH a AS (WITH ship AS (SELECT * FROM crew) SELECT * FROM ship) SELECT * FROM a",
    "WITH ship AS (SELECT * FROM crew), b AS (SELECT * FROM ship) SELECT * FROM b",
    "WITH RECURSIVE ship(p) AS (SELECT person FROM crew UNION SELECT p FROM ship) SELECT p FROM ship",
    "SELECT * FROM (SELECT * FROM crew) AS ship",
    "SELECT * FROM (WITH ship AS (SELECT * FROM crew) SELECT * FROM ship) AS heavy",
    "SELECT ship.person FROM crew AS ship",
    "SELECT s.name FROM ship s LEFT JOIN crew c ON c.ship = s.id",
    "SELECT name FROM ship ORDER BY (SELECT person FROM crew LIMIT 1)",
    "SELECT * FROM people",
    "SELECT count(*) FROM people",
    "SELECT * FROM people_again",
    "WITH p AS (SELECT * FROM people) SELECT * FROM p",
]
"""Statements that read the table crew by another name or on a way around."""


@pytest.mark.parametrize("statement", AROUND)
@pytest.mark.parametrize("limits", [{"ignore": "crew"}, {"include": "ship heavy"}], ids=["ignored", "not included"])
async def test_a_table_that_is_not_shown_is_read_on_no_way(
    sql: ReadOnlyDatabases, database: Database, statement: str, limits: dict[str, str]
) -> None:
    with pytest.raises(StatementFailed) as raised:
        await sql.select(database.source(**limits), statement, 10)
    assert "Mia" not in str(raised.value)


HONEST = [
    "WITH s AS (SELECT * FROM ship) SELECT name FROM s WHERE id = 1",
    "WITH s AS (SELECT * FROM ship) SELECT (SELECT name FROM s WHERE id = 1) FROM s LIMIT 1",
    "WITH s AS (SELECT * FROM ship), t AS (SELECT name FROM s WHERE tons > 100) SELECT name FROM t",
    "WITH s AS (WITH t AS (SELECT * FROM ship) SELECT * FROM t) SELECT name FROM s WHERE id = 1",
    "WITH s(who) AS (SELECT name FROM ship ORDER BY id) SELECT max(who) FROM s WHERE who < 'B'",
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3) "
    "SELECT name FROM ship WHERE id = (SELECT min(i) FROM n)",
    "SELECT x.name FROM (SELECT name FROM ship WHERE id = 1) AS x",
    "SELECT name FROM heavy",
    "WITH h AS (SELECT * FROM heavy) SELECT name FROM h",
    "SELECT SHIP.NAME FROM SHIP WHERE ID = 1 UNION SELECT NAME FROM HEAVY",
]


@pytest.mark.parametrize("statement", HONEST)
@pytest.mark.parametrize("limits", [{"ignore": "crew"}, {"include": "ship heavy"}, {}], ids=["ignored", "included", "open"])
async def test_common_tables_and_views_over_shown_tables_are_read(
    sql: ReadOnlyDatabases, database: Database, statement: str, limits: dict[str, str]
) -> None:
    assert (await sql.select(database.source(**limits), statement, 10)).rows == (("Ana",),)


async def test_counting_a_common_table_is_honest(sql: ReadOnlyDatabases, database: Database) -> None:
    statement = "WITH s AS (SELECT name FROM ship) SELECT count(*) FROM s"
    assert (await sql.select(database.source(include="ship"), statement, 10)).rows == (("3",),)


async def test_views_over_an_ignored_table_are_not_told(sql: ReadOnlyDatabases, database: Database) -> None:
    tables = {one.name for one in await sql.tables(database.source(ignore="crew"), 2)}
    assert tables >= {"ship", "heavy", "odd name"} and not any("people" in name or "crew" in name for name in tables)
    assert {one.name for one in await sql.tables(database.source(include="people people_again", ignore="crew"), 2)} == set()


@pytest.mark.parametrize(
    ("statement", "passes"),
    [
        ("SELECT name FROM heavy", True),
        ("WITH h AS (SELECT name FROM heavy) SELECT name FROM h", True),
        ("SELECT name FROM ship", False),
        ("SELECT * FROM heavy, ship", False),
        ("WITH heavy AS (SELECT * FROM ship) SELECT name FROM heavy", False),
        ('WITH heavy AS (SELECT * FROM "ship") SELECT name FROM heavy', False),
        ("SELECT h.name FROM heavy h JOIN (SELECT * FROM Ship) x ON true", False),
        ("SELECT name FROM heavy UNION SELECT/**/name/**/FROM/**/ship", False),
        ("SELECT * FROM crew", False),
    ],
)
async def test_a_named_view_may_stand_on_tables_that_are_not_shown(
    sql: ReadOnlyDatabases, database: Database, statement: str, passes: bool
) -> None:
    source = database.source(include="heavy")
    assert [one.name for one in await sql.tables(source)] == ["heavy"]
    if passes:
        assert (await sql.select(source, statement, 10)).rows == (("Ana",),)
        return
    with pytest.raises(StatementFailed):
        await sql.select(source, statement, 10)


async def test_more_rows_than_asked_for_are_left_out(sql: ReadOnlyDatabases, database: Database) -> None:
    found = await sql.select(database.source(), MANY, 5)
    assert ([row[0] for row in found.rows], found.more) == (["1", "2", "3", "4", "5"], True)
    exact = await sql.select(database.source(), "SELECT id FROM ship", 3)
    assert (len(exact.rows), exact.more) == (3, False)


async def test_much_text_is_left_out(sql: ReadOnlyDatabases, database: Database) -> None:
    wide = "replace(hex(zeroblob(2000)), '0', 'x')" if database.dialect == "sqlite" else "repeat('x', 4000)"
    found = await sql.select(database.source(), MANY.replace("SELECT i FROM n", f"SELECT {wide} FROM n"), 100_000)
    assert found.more
    assert len(found.rows[0][0]) < 1000
    assert sum(len(value) for row in found.rows for value in row) < 100_000


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM ship",
        "INSERT INTO ship VALUES (9, 'x', 1)",
        "UPDATE ship SET name = 'x'",
        "DROP TABLE ship",
        "CREATE TABLE x (i INTEGER)",
        "SELECT 1; DELETE FROM ship",
        "SELECT 1; SELECT 2",
        "WITH gone AS (DELETE FROM ship RETURNING *) SELECT * FROM gone",
        "BEGIN",
        "COMMIT",
        "nonsense",
        "",
    ],
)
async def test_a_statement_that_does_more_than_read_fails(sql: ReadOnlyDatabases, database: Database, statement: str) -> None:
    with pytest.raises(StatementFailed) as raised:
        await sql.select(database.source(), statement, 10)
    assert str(raised.value)
    assert database.count() == 3


async def test_a_statement_that_takes_long_is_ended(database: Database, tmp_path: Path) -> None:
    hasty = ReadOnlyDatabases(tmp_path / "files", [], seconds=0.5)
    with pytest.raises(StatementFailed) as raised:
        await hasty.select(database.source(), SLOW[database.dialect], 10)
    assert "0.5 seconds" in str(raised.value)
    await hasty.aclose()


async def test_a_caller_that_leaves_ends_the_statement(sql: ReadOnlyDatabases, database: Database) -> None:
    call = asyncio.create_task(sql.select(database.source(), SLOW[database.dialect], 10))
    await asyncio.sleep(0.05)
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    assert (await sql.select(database.source(), "SELECT 1", 1)).rows == (("1",),)


async def test_questions_run_side_by_side(sql: ReadOnlyDatabases, database: Database) -> None:
    found = await asyncio.gather(*(sql.select(database.source(), "SELECT count(*) FROM ship", 1) for _ in range(8)))
    assert all(one.rows == (("3",),) for one in found)


class TestSqlite:
    """What is particular to files."""

    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        path = tmp_path / "files" / "port.db"
        path.parent.mkdir()
        connection = sqlite3.connect(path)
        for statement in TABLES:
            connection.execute(statement)
        connection.commit()
        connection.close()
        return path

    @pytest.mark.parametrize(
        "address",
        [
            "../secret.db",
            "/etc/passwd",
            "files/../../secret.db",
            "link.db",
            "nothing.db",
            ".",
            "",
            "port.db\0.txt",
            "notes.txt",
        ],
    )
    async def test_other_files_are_refused(self, sql: ReadOnlyDatabases, path: Path, tmp_path: Path, address: str) -> None:
        sqlite3.connect(tmp_path / "secret.db").close()
        (path.parent / "link.db").symlink_to(tmp_path / "secret.db")
        (path.parent / "notes.txt").write_text("not a database at all")
        with pytest.raises(FailedPrecondition) as raised:
            await sql.tables(SqlSource("sqlite", address))
        assert raised.value.reason is Reason.NODE_INPUT_INVALID
        assert str(tmp_path) not in raised.value.message

    @pytest.mark.parametrize("address", ["port.db", "{path}", "file:port.db"])
    async def test_a_file_is_found_by_its_name_or_whole_path(self, sql: ReadOnlyDatabases, path: Path, address: str) -> None:
        assert await sql.tables(SqlSource("sqlite", address.format(path=path)))

    async def test_without_a_directory_no_file_is_read(self, path: Path, tmp_path: Path) -> None:
        adapter = ReadOnlyDatabases(None, [])
        with pytest.raises(FailedPrecondition) as raised:
            await adapter.tables(SqlSource("sqlite", str(path)))
        assert "TRADEWIND_SQL_DIR" in raised.value.message
        await adapter.aclose()

    @pytest.mark.parametrize("own", ["files", "files/port.db"])
    async def test_the_servers_own_files_are_never_read(self, path: Path, tmp_path: Path, own: str) -> None:
        adapter = ReadOnlyDatabases(tmp_path, [tmp_path / own])
        with pytest.raises(FailedPrecondition):
            await adapter.tables(SqlSource("sqlite", "files/port.db"))
        await adapter.aclose()

    @pytest.mark.parametrize(
        "statement",
        [
            "ATTACH DATABASE '{other}' AS other",
            "PRAGMA query_only = OFF",
            "PRAGMA table_info(ship)",
            "SELECT load_extension('x')",
            "SELECT sql FROM sqlite_master",
            "SELECT * FROM pragma_table_info('ship')",
            "VACUUM INTO '{other}'",
            "SELECT length(zeroblob(1000000000))",
            "SELECT * FROM sqlite_schema",
            "SELECT * FROM sqlite_temp_master",
            "SELECT * FROM pragma_table_list",
            "SELECT * FROM dbstat",
        ],
    )
    async def test_what_reaches_beyond_the_tables_fails(
        self, sql: ReadOnlyDatabases, path: Path, tmp_path: Path, statement: str
    ) -> None:
        source = SqlSource("sqlite", "port.db", ignore=frozenset({"crew"}))
        with pytest.raises(StatementFailed):
            await sql.select(source, statement.format(other=tmp_path / "other.db"), 10)
        assert not (tmp_path / "other.db").exists()

    async def test_tables_below_a_full_text_table_are_shown_with_it_alone(self, sql: ReadOnlyDatabases, path: Path) -> None:
        connection = sqlite3.connect(path)
        connection.execute("CREATE VIRTUAL TABLE diary USING fts5(words)")
        connection.execute("INSERT INTO diary VALUES ('rough sea')")
        connection.execute("ANALYZE")
        connection.commit()
        connection.close()
        open_source = SqlSource("sqlite", "port.db", include=frozenset({"diary"}))
        found = await sql.select(open_source, "SELECT words FROM diary WHERE diary MATCH 'sea'", 1)
        assert found.rows == (("rough sea",),)
        assert [one.name for one in await sql.tables(open_source, 1)] == ["diary"]
        closed = SqlSource("sqlite", "port.db", ignore=frozenset({"diary"}))
        for statement in ("SELECT * FROM diary", "SELECT * FROM diary_content", "SELECT count(*) FROM diary_data"):
            with pytest.raises(StatementFailed):
                await sql.select(closed, statement, 1)
        with pytest.raises(StatementFailed):
            await sql.select(SqlSource("sqlite", "port.db"), "SELECT * FROM sqlite_stat1", 1)

    @pytest.mark.parametrize(
        "statement",
        [
            "SELECT * FROM main.crew",
            'SELECT * FROM "main"."CREW"',
            "SELECT * FROM [crew]",
            "SELECT * FROM `crew`",
            "WITH heavy AS (SELECT person AS name FROM crew) SELECT a.name FROM main.heavy b, heavy a",
            "SELECT rowid FROM crew",
            "SELECT * FROM crew NOT INDEXED",
            "SELECT * FROM temp.crew",
        ],
    )
    async def test_names_in_every_spelling_are_the_same_table(self, sql: ReadOnlyDatabases, path: Path, statement: str) -> None:
        with pytest.raises(StatementFailed):
            await sql.select(SqlSource("sqlite", "port.db", ignore=frozenset({"crew"})), statement, 10)

    async def test_a_view_on_what_is_gone_hides_nothing_else(self, sql: ReadOnlyDatabases, path: Path) -> None:
        connection = sqlite3.connect(path)
        connection.execute("CREATE VIEW lost AS SELECT * FROM gone")
        connection.commit()
        connection.close()
        for source in (SqlSource("sqlite", "port.db"), SqlSource("sqlite", "port.db", ignore=frozenset({"crew"}))):
            assert {"ship", "heavy"} <= {one.name for one in await sql.tables(source, 1)}

    async def test_json_in_place_of_a_table_is_read(self, sql: ReadOnlyDatabases, path: Path) -> None:
        source = SqlSource("sqlite", "port.db", include=frozenset({"ship"}))
        statement = "SELECT s.name FROM ship s, json_each('[1]') j WHERE j.value = s.id"
        assert (await sql.select(source, statement, 10)).rows == (("Ana",),)

    async def test_a_file_in_use_is_read(self, sql: ReadOnlyDatabases, path: Path) -> None:
        writer = sqlite3.connect(path)
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute("INSERT INTO crew VALUES (2, 'Noa')")
        writer.commit()
        found = await sql.select(SqlSource("sqlite", "port.db"), "SELECT count(*) FROM crew", 1)
        assert found.rows == (("2",),)
        writer.close()


@pytest.mark.skipif(binaries() is None, reason=MISSING)
class TestPostgres:
    """What is particular to servers."""

    def source(self, postgres: PostgresServer, name: str = PORT, user: str = "reader") -> SqlSource:
        return SqlSource("postgres", f"127.0.0.1:{postgres.port}/{name}".replace("127", f"{user}@127", 1))

    @pytest.mark.parametrize("user", ["tradewind", "filer"])
    async def test_powerful_users_are_refused(self, sql: ReadOnlyDatabases, postgres: PostgresServer, user: str) -> None:
        with pytest.raises(FailedPrecondition) as raised:
            await sql.select(self.source(postgres, PORT, user), "SELECT 1", 1)
        assert "power" in raised.value.message

    async def test_a_database_of_this_server_is_refused(self, sql: ReadOnlyDatabases, postgres: PostgresServer) -> None:
        name = postgres.create_database()
        for table in ("chatflow", "api_key", "credential"):
            postgres.execute(f"CREATE TABLE {table} (id TEXT)", name)
        with pytest.raises(FailedPrecondition) as raised:
            await sql.tables(self.source(postgres, name))
        assert "own" in raised.value.message

    @pytest.mark.parametrize(
        "statement",
        [
            "SELECT set_config('transaction_read_only', 'off', false)",
            "SET TRANSACTION READ WRITE",
            "SELECT nextval('counter')",
            "SELECT pg_read_file('/etc/passwd')",
            "COPY ship TO STDOUT",
            "SELECT * INTO copied FROM ship",
            "EXPLAIN ANALYZE DELETE FROM ship",
            "SELECT * FROM ship FOR UPDATE",
            "SELECT 1; COMMIT; DELETE FROM ship",
        ],
    )
    async def test_ways_around_reading_fail(self, sql: ReadOnlyDatabases, postgres: PostgresServer, statement: str) -> None:
        with pytest.raises(StatementFailed):
            await sql.select(self.source(postgres), statement, 10)
        assert postgres.query("SELECT count(*) FROM ship", PORT) == [(3,)]

    @pytest.mark.parametrize(
        "statement",
        [
            "SELECT * FROM public.crew",
            "SELECT query_to_xml('SELECT * FROM cr' || 'ew', true, true, '')",
            "SELECT table_to_xml('crew', true, true, '')",
            "SELECT * FROM ship WHERE id = table_to_xml('crew', true, true, '')::text::integer",
            "SELECT query_to_xml('TABLE ' || query_to_xml('SELECT person FROM crew', true, true, '')::text, true, true, '')",
            "SELECT query_to_xml('SELECT person::integer FROM crew', true, true, '')",
            "SELECT * FROM ts_stat('SELECT to_tsvector(person) FROM crew')",
            "SELECT most_common_vals FROM pg_stats",
            "SELECT * FROM elsewhere.log",
            "SELECT * FROM ship WHERE false AND id IN (SELECT ship FROM crew)",
            "SELECT * FROM people_kept",
            'SELECT u&"\\0063rew".person FROM u&"\\0063rew"',
            "TABLE crew",
        ],
    )
    @pytest.mark.parametrize("limits", [{"ignore": frozenset({"crew"})}, {"include": frozenset({"ship", "heavy"})}])
    async def test_ways_around_what_is_shown_fail(
        self, sql: ReadOnlyDatabases, postgres: PostgresServer, statement: str, limits: dict[str, frozenset[str]]
    ) -> None:
        source = SqlSource("postgres", f"reader@127.0.0.1:{postgres.port}/{PORT}", **limits)
        with pytest.raises(StatementFailed) as raised:
            await sql.select(source, statement, 10)
        assert "Mia" not in str(raised.value)

    async def test_the_parts_of_a_table_are_shown_with_it(self, sql: ReadOnlyDatabases, postgres: PostgresServer) -> None:
        source = SqlSource("postgres", f"reader@127.0.0.1:{postgres.port}/{PORT}", include=frozenset({"trips"}))
        assert (await sql.select(source, "SELECT note FROM trips WHERE year = 2024", 5)).rows == (("calm",),)
        without = SqlSource(
            "postgres", f"reader@127.0.0.1:{postgres.port}/{PORT}", frozenset({"trips"}), frozenset({"trips_2024"})
        )
        with pytest.raises(StatementFailed):
            await sql.select(without, "SELECT note FROM trips", 5)

    async def test_what_a_function_does_is_undone(self, sql: ReadOnlyDatabases, postgres: PostgresServer) -> None:
        """Some releases of Postgres let a reading transaction make large objects; none of ours is ever committed."""
        with contextlib.suppress(StatementFailed):
            await sql.select(self.source(postgres), "SELECT lo_create(0)", 10)
        assert postgres.query("SELECT count(*) FROM pg_largeobject_metadata", PORT) == [(0,)]

    @pytest.mark.parametrize(
        "address",
        [
            "",
            "mysql://a@b/c",
            "postgresql://host-alone",
            "postgresql://%2Ftmp/x",
            "postgresql:///x?host=/tmp",
            "postgresql://h:99999/x",
        ],
    )
    async def test_other_addresses_are_refused(self, sql: ReadOnlyDatabases, address: str) -> None:
        with pytest.raises(FailedPrecondition) as raised:
            await sql.tables(SqlSource("postgres", address))
        assert raised.value.reason is Reason.NODE_INPUT_INVALID

    async def test_a_server_that_is_away_is_told(self, sql: ReadOnlyDatabases, postgres: PostgresServer) -> None:
        with pytest.raises(Unavailable) as raised:
            await sql.tables(SqlSource("postgres", f"postgresql://u:canary@127.0.0.1:{postgres.port}/nothing"))
        assert raised.value.reason is Reason.DATABASE_UNAVAILABLE
        assert "canary" not in raised.value.message
