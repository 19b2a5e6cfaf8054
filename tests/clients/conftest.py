"""Builds of the example clients: they begin with the session, give way to the other tests, and are awaited last."""

from __future__ import annotations

import pytest

from harness.client_programs import PAGE, PROGRAMS, Builds, ClientProgram

BUILDS = pytest.StashKey[Builds]()


def programs_of(item: pytest.Item) -> list[ClientProgram]:
    """What a test runs: its parameter, what its snippet is built with, or the page."""
    parameters = item.callspec.params.values() if isinstance(item, pytest.Function) and hasattr(item, "callspec") else ()
    found = [getattr(parameter, "built_with", parameter) for parameter in parameters]
    if "page" in getattr(item, "fixturenames", ()):
        found.append(PAGE)
    return [program for program in found if isinstance(program, ClientProgram)]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: bool(programs_of(item)))


def pytest_collection_finish(session: pytest.Session) -> None:
    """Begin to build all that the chosen tests run and that can be built here."""
    chosen = {program.language for item in session.items for program in programs_of(item)}
    if chosen and not session.config.option.collectonly:
        programs = [program for program in (*PROGRAMS, PAGE) if program.language in chosen and not program.lack()]
        session.config.stash[BUILDS] = Builds(programs)


def pytest_unconfigure(config: pytest.Config) -> None:
    if BUILDS in config.stash:
        config.stash[BUILDS].close()


@pytest.fixture(scope="session")
def builds(request: pytest.FixtureRequest) -> Builds:
    return request.config.stash[BUILDS]


@pytest.fixture(params=PROGRAMS, ids=lambda program: program.language, scope="session")
def program(request: pytest.FixtureRequest, builds: Builds) -> ClientProgram:
    """An example client, built."""
    wanted: ClientProgram = request.param
    lack = wanted.lack()
    if lack:
        pytest.skip(f"The {wanted.language} client is not tried: {lack}.")
    return builds.built(wanted)
