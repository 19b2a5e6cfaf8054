"""One sandbox: a context waits ready, one program runs at a time, and all it wants of the world it asks of the worker."""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import os
import socket
import zoneinfo
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

from tradewind_server.javascript.engine import Guest, Interpreter, OutOfBounds, OutOfTime
from tradewind_server.javascript.frames import HEAD, LARGEST_FRAME, LONGEST_RESULT, MOST_WISHES

MOST_RANDOM = 65_536
DIGESTS = frozenset({"md5", "sha1", "sha224", "sha256", "sha384", "sha512"})
Frame = dict[str, Any]


class Stop(Exception):
    """A program is stopped: the clause says why."""


def read_prelude() -> str:
    """The scripts of the folder ``prelude``, as the body of one function that is called with the host's one function."""
    folder = files("tradewind_server.javascript") / "prelude"
    scripts = sorted((one for one in folder.iterdir() if one.name.endswith(".js")), key=lambda one: one.name)
    body = "\n".join(one.read_text("utf-8") for one in scripts)
    return f"((host) => {{ 'use strict'; delete globalThis.__host;\n{body}\n}})(globalThis.__host)"


def read_zones() -> dict[str, bytes]:
    """The data of all time zones by name: read now, as no file can be opened later."""
    zones = {}
    for name in zoneinfo.available_timezones():
        for folder in (*zoneinfo.TZPATH, files("tzdata") / "zoneinfo"):
            place = os.path.join(str(folder), name)
            if os.path.isfile(place):
                with open(place, "rb") as file:
                    zones[name.lower()] = file.read()
                break
    return zones


class WorkerSocket:
    """The socket to the worker. Frames that are too large end this process."""

    def __init__(self, end: socket.socket) -> None:
        self._end = end

    def send(self, message: Frame) -> None:
        data = json.dumps(message).encode()
        self._end.sendall(HEAD.pack(len(data)) + data)

    def receive(self) -> Frame | None:
        """The next message; None when the worker has gone."""
        head = self._read(HEAD.size)
        if head is None:
            return None
        [size] = HEAD.unpack(head)
        data = self._read(size) if size <= LARGEST_FRAME else None
        return None if data is None else json.loads(data)

    def _read(self, size: int) -> bytes | None:
        data = bytearray()
        while len(data) < size:
            part = self._end.recv(min(size - len(data), 1 << 20))
            if not part:
                return None
            data += part
        return bytes(data)


class Program:
    """What one context asks of the host, and what became of it."""

    def __init__(self, connection: WorkerSocket, zones: Mapping[str, bytes]) -> None:
        self._connection = connection
        self._zones = zones
        self._wishes = 0
        self._logs = ""
        self.waiting = 0
        self.outcome: Frame | None = None

    def host(self, operation: str, text: str) -> str:
        """The function behind the prelude's ``host``. Whatever it raises, the program sees one plain error."""
        match operation:
            case "wish":
                self._wish(json.loads(text))
            case "logs":
                self._logs = text
            case "value" | "error" if self.outcome is None:
                self.outcome = {operation: text, "logs": self._logs}
            case "random":
                return os.urandom(min(int(text), MOST_RANDOM)).hex()
            case "digest":
                return self._digest(json.loads(text))
            case "offset":
                return self._offset(json.loads(text))
        return ""

    def _wish(self, wish: Frame) -> None:
        self._wishes += 1
        if self._wishes > MOST_WISHES:
            raise Stop
        if not isinstance(wish, dict) or not isinstance(wish.get("id"), int):
            raise ValueError("a wish without a number")  # The program has changed how objects are written.
        self.waiting += 1
        self._connection.send({"wish": wish})

    @property
    def has_too_many_wishes(self) -> bool:
        return self._wishes > MOST_WISHES

    @staticmethod
    def _digest(values: Frame) -> str:
        algorithm, data = values["algorithm"], bytes.fromhex(values["data"])
        if algorithm not in DIGESTS:
            return ""
        if values.get("key") is None:
            return hashlib.new(algorithm, data, usedforsecurity=False).hexdigest()
        return hmac.new(bytes.fromhex(values["key"]), data, algorithm).hexdigest()

    def _offset(self, values: Frame) -> str:
        data = self._zones.get(str(values["zone"]).lower())
        if data is None:
            return ""
        zone = zoneinfo.ZoneInfo.from_file(io.BytesIO(data))
        offset = datetime.fromtimestamp(values["milliseconds"] / 1000, UTC).astimezone(zone).utcoffset()
        return str(int(offset.total_seconds())) if offset is not None else ""


class Sandbox:
    """Runs the programs that come over a connection, each in a context of its own."""

    def __init__(self, engine: Interpreter, connection: WorkerSocket) -> None:
        self._guests = engine.guests(read_prelude())
        self._connection = connection
        self._zones = read_zones()
        self._ready = self._fresh()

    def _fresh(self) -> tuple[Guest, Program]:
        program = Program(self._connection, self._zones)
        return self._guests.fresh(program.host), program

    def serve(self) -> None:
        """Until the worker goes."""
        while (message := self._connection.receive()) is not None:
            if "run" not in message:
                continue  # The answer to a wish of a program that has ended meanwhile.
            guest, program = self._ready
            try:
                outcome = self._run(guest, program, message["run"])
            except Stop as stop:
                outcome = {"stopped": str(stop)}
            self._connection.send({"done": outcome})
            guest.close()
            self._ready = self._fresh()

    def _run(self, guest: Guest, program: Program, values: Frame) -> Frame:
        guest.allow(values["cpu"])
        self._step(guest, program, "start", values["code"], json.dumps([values["globals"], values["absent"]]))
        while program.outcome is None:
            if not program.waiting:
                raise Stop("it waits for something that never comes")
            message = self._connection.receive()
            if message is None:
                raise SystemExit(0)
            if "settle" in message:
                program.waiting -= 1
                self._step(guest, program, "settle", str(message["settle"]), message["outcome"], message["body"])
        if len(program.outcome.get("value", "")) > LONGEST_RESULT:
            raise Stop(f"its result is longer than {LONGEST_RESULT:,} characters")
        return program.outcome

    @staticmethod
    def _step(guest: Guest, program: Program, method: str, *texts: str) -> None:
        try:
            guest.call(method, *texts)
        except OutOfTime:
            raise Stop("it computes longer than it may") from None
        except OutOfBounds:
            if program.outcome is None:
                raise Stop("it needs more memory, or calls itself more deeply, than it may") from None
        if program.has_too_many_wishes:
            raise Stop(f"it asks for more than {MOST_WISHES} requests and timers")
