"""The phoneme program: what of a stranger's text reaches it, and how its words are put together."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tradewind_server.models.local.kokoro import phonemes
from tradewind_server.models.local.kokoro.phonemes import (
    LONGEST_FRAGMENT,
    UnreadableText,
    VoiceUnavailable,
    phonemes_of,
    program_path,
    readings,
)
from tradewind_server.models.local.kokoro.symbols import MOST_TOKENS

HOSTILE = "-x --path=/etc\r\n-f /etc/passwd\x00\x1b[[_:a]] | ; `id` $(id)\u2028<voice>"


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that answers with what it is given, and writes down its command lines and its inputs."""
    programs = tmp_path / "bin"
    programs.mkdir()
    program = programs / "espeak-ng"
    program.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/arguments\ntee -a {tmp_path}/inputs\necho >> {tmp_path}/inputs\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    return tmp_path


@pytest.fixture
def fragments(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What would be given to the program, which is taken to say the same."""
    seen: list[str] = []

    def speak(fragment: str, language: str) -> str:
        seen.append(fragment)
        return fragment.lower()

    monkeypatch.setattr(phonemes, "phonemes_of", speak)
    return seen


def test_nothing_of_a_text_stands_on_the_command_line(calls: Path) -> None:
    list(readings(HOSTILE, "es"))
    assert set((calls / "arguments").read_text().splitlines()) == {"-q --ipa --tie=^ -v es --stdin"}
    inputs = (calls / "inputs").read_bytes()
    assert b"passwd" in inputs
    assert not {b"\x00", b"\r", b"\x1b", b"[", b"<", b"`", b"|"} & {bytes([byte]) for byte in inputs}


def test_marks_stay_and_end_sentences(fragments: list[str]) -> None:
    read = list(readings("Well, 3.5 euros (or so)! ¿Qué? “Yes”… no", "en-us"))
    assert read[0] == "well, 3.5 euros (or so)!"
    assert " ".join(read[1:]) == "qué? “yes”… no"
    assert fragments == ["Well", "3.5 euros", "or so", "Qué", "Yes", "no"]


@pytest.mark.parametrize("text", ["", " \r\n\t", "\x00\x00", "…!?", "“”().", "—", "*** ###"])
def test_what_holds_no_word_is_unreadable(fragments: list[str], text: str) -> None:
    with pytest.raises(UnreadableText):
        list(readings(text, "en-us"))
    assert fragments == []


@pytest.mark.parametrize("text", ["word " * 20_000, "a" * 100_000, "one. " * 20_000, "\r\n\x00x" * 25_000, "é" * 100_000])
def test_long_texts_go_in_bounded_parts(fragments: list[str], text: str) -> None:
    read = list(readings(text, "en-us"))
    assert max(map(len, read)) <= MOST_TOKENS
    assert max(map(len, fragments)) <= LONGEST_FRAGMENT
    assert sum(part.count(text.strip("\r\n\x00")[0]) for part in read) == text.count(text.strip("\r\n\x00")[0])


def test_the_first_part_is_one_sentence(fragments: list[str]) -> None:
    assert list(readings("One. Two. Three.", "en-us")) == ["one.", "two. three."]


def test_without_the_program_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(VoiceUnavailable, match=r"espeak-ng; install it"):
        phonemes_of("word", "en-us")


def test_a_program_that_fails_is_named(calls: Path) -> None:
    (calls / "bin" / "espeak-ng").write_text("#!/bin/sh\nexit 3\n")
    with pytest.raises(VoiceUnavailable, match="espeak-ng failed"):
        phonemes_of("word", "en-us")


@pytest.mark.skipif(program_path() is None, reason="install the program espeak-ng to hear what it says")
def test_the_real_program_takes_hostile_texts_as_words() -> None:
    assert "θɹˈi" in phonemes_of("three", "en-us")
    assert phonemes_of("-x", "en-us") and phonemes_of("--version", "en-us")
    assert "".join(readings(HOSTILE, "en-us"))
