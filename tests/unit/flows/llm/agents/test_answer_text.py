"""What an agent says is cleaned the same way whether it comes in one piece or in many."""

from __future__ import annotations

from typing import Any

import pytest
from tradewind_server.flows.llm.agents.answer_text import Cleaner, Voice, clean

CASES = [
    ("Hello.", "Hello."),
    ("", ""),
    ("<thinking>a\nb</thinking>\n\nHello.", "Hello."),
    ("Hello <thinking>hm</thinking>world", "Hello world"),
    ("<thinking>a</thinking><thinking>b</thinking>c", "c"),
    ("<thinking>never ends", "<thinking>never ends"),
    ("1 < 2 and <b>bold</b>", "1 < 2 and <b>bold</b>"),
    ("a <think", "a <think"),
    ("wow! nice! [x](y)", "wow! nice! [x](y)"),
    ("see ![a chart](chart.png) here", "see  here"),
    ("![a](sandbox:/x.png)b", "b"),
    ("![a](https://x/y.png)", "![a](https://x/y.png)"),
    ("![a](http://x/y.png)![b](y.png)", "![a](http://x/y.png)"),
    ("![not a picture] (x)", "![not a picture] (x)"),
    ("![open\nline](x)", "![open\nline](x)"),
    ("ends with ![", "ends with !["),
    ("ends with ![a](x", "ends with ![a](x"),
    ("ends with !", "ends with !"),
    ("![](data:image/png;base64,AAAA)", ""),
    ("[THINK]a[/THINK]Hello.", "Hello."),
    ("◁think▷a◁/think▷\n\nHello.", "Hello."),
    ("<seed:think>a</seed:think>Hello.", "Hello."),
    ("<|channel|>analysis<|message|>a<|end|>Hello.", "Hello."),
    ("[see [1] and [2]](https://x)", "[see [1] and [2]](https://x)"),
    ("[THINK]never ends", "[THINK]never ends"),
]


@pytest.mark.parametrize(("text", "shown"), CASES)
def test_a_whole_text(text: str, shown: str) -> None:
    assert clean(text) == shown


@pytest.mark.parametrize("size", [1, 2, 3, 7])
@pytest.mark.parametrize(("text", "shown"), CASES)
def test_a_text_in_pieces(text: str, shown: str, size: int) -> None:
    cleaner = Cleaner()
    pieces = [cleaner.feed(text[at : at + size]) for at in range(0, len(text), size)]
    assert "".join([*pieces, cleaner.rest()]) == shown


def test_plain_words_are_not_held_back() -> None:
    cleaner = Cleaner()
    assert [cleaner.feed(piece) for piece in ("The", " tide", "!", " is", " in")] == ["The", " tide", "", "! is", " in"]


def test_a_picture_without_an_end_is_not_held_for_ever() -> None:
    cleaner = Cleaner()
    shown = "".join(cleaner.feed(piece) for piece in ["![a](", *["x" * 100] * 100])
    assert len(shown) > 5000


class Heard:
    def __init__(self) -> None:
        self.tokens: list[str] = []

    async def token(self, text: str) -> None:
        self.tokens.append(text)

    async def event(self, name: str, data: Any) -> None:
        raise AssertionError


async def test_a_voice_says_steps_apart_and_remembers_all_of_it() -> None:
    heard = Heard()
    voice = Voice(heard, lambda text, known: len(text))
    for piece in ("Let me", " look.", ""):
        await voice.hear(piece)
    await voice.end_step()
    await voice.end_step()
    for piece in ("<thinking>hm</thi", "nking>Found it", "!"):
        await voice.hear(piece)
    await voice.end_step()
    assert voice.text == "".join(heard.tokens) == "Let me look.\n\nFound it!"
    assert "" not in heard.tokens


def before_json(text: str, known: int) -> int:
    at = text.find("{", known)
    return len(text) if at < 0 else at


async def test_a_step_that_may_not_be_meant_for_people_is_held_back_until_it_is_known() -> None:
    heard = Heard()
    voice = Voice(heard, before_json)
    for piece in ('{"a"', ": 1}"):
        await voice.hear(piece)
    assert heard.tokens == []
    await voice.end_step(silent=True)
    assert (heard.tokens, voice.text) == ([], "")
    await voice.hear('{"b": 2}')
    await voice.end_step()
    assert voice.text == "".join(heard.tokens) == '{"b": 2}'


async def test_words_for_people_are_said_from_the_first_piece_on() -> None:
    heard = Heard()
    voice = Voice(heard, before_json)
    for piece in ("Well", " or", " {", "x}"):
        await voice.hear(piece)
    assert heard.tokens == ["Well", " or", " "]
    await voice.end_step()
    assert heard.tokens == ["Well", " or", " ", "{", "x}"]


async def test_the_beginning_of_a_step_is_held_back_as_it_may_lead_to_a_call() -> None:
    heard = Heard()
    voice = Voice(heard, before_json, lead=10)
    for piece in ("Let me", " see.", '{"a"'):
        await voice.hear(piece)
    assert heard.tokens == ["Let me", " see."]
    await voice.end_step(silent=True)
    for piece in ("Let ", '{"a"'):
        await voice.hear(piece)
    await voice.end_step(silent=True)
    assert voice.text == "Let me see."


def test_thoughts_under_either_name_are_left_out() -> None:
    assert clean("<think>a</think>\nb <thinking>c</thinking>d") == "b d"
    assert clean("<thinker> <think") == "<thinker> <think"
