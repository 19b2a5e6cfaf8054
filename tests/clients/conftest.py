"""Builds of the example clients, started together and awaited one by one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from harness.client_programs import PAGE, PROGRAMS, Builds, ClientProgram


def programs_of(item: pytest.Item) -> list[ClientProgram]:
    """What a test runs: its parameter, what its snippet is built with, or the page."""
    parameters = item.callspec.params.values() if isinstance(item, pytest.Function) and hasattr(item, "callspec") else ()
    found = [getattr(parameter, "built_with", parameter) for parameter in parameters]
    if "page" in getattr(item, "fixturenames", ()):
        found.append(PAGE)
    return [program for program in found if isinstance(program, ClientProgram)]


@pytest.fixture(scope="session")
def builds(request: pytest.FixtureRequest) -> Iterator[Builds]:
    """Builds of all programs that the chosen tests run and that can be built here."""
    chosen = {program.language for item in request.session.items for program in programs_of(item)}
    started = Builds([program for program in (*PROGRAMS, PAGE) if program.language in chosen and not program.lack()])
    yield started
    started.close()


@pytest.fixture(params=PROGRAMS, ids=lambda program: program.language, scope="session")
def program(request: pytest.FixtureRequest, builds: Builds) -> ClientProgram:
    """An example client, built."""
    wanted: ClientProgram = request.param
    lack = wanted.lack()
    if lack:
        pytest.skip(f"The {wanted.language} client is not tried: {lack}.")
    return builds.built(wanted)
