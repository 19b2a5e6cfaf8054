"""Builds of the example clients, started together and awaited one by one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from harness.client_programs import PAGE, PROGRAMS, Builds, ClientProgram


@pytest.fixture(scope="session")
def builds(request: pytest.FixtureRequest) -> Iterator[Builds]:
    """Builds of all programs that the chosen tests run and that can be built here."""
    items = [item for item in request.session.items if isinstance(item, pytest.Function)]
    chosen = {item.callspec.params.get("program") for item in items if hasattr(item, "callspec")}
    if any("page" in item.fixturenames for item in items):
        chosen.add(PAGE)
    started = Builds([program for program in (*PROGRAMS, PAGE) if program in chosen and not program.lack()])
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
