"""Encodings of the world: texts as written, or refused; never something else without a word."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tradewind_server.documents.loaders import load_csv, load_json, load_jsonlines, load_text
from tradewind_server.documents.ports import Document, SourceFile
from tradewind_server.documents.reading import Notice, document_of
from tradewind_server.documents.whole import whole_text
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.text import encodings
from tradewind_server.text.charsets import codec_of
from tradewind_server.text.encodings import NoText, decode, decoding_of

MakeFile = Callable[[str, bytes], SourceFile]
RUSSIAN = "Паром отправляется в семь часов утра; билет стоит тридцать рублей."
CHINESE = "渡轮早上七点出发，票价三十元。请在开船前十五分钟到达码头。"
TAIWANESE = "渡輪早上七點出發，票價三十元。請在開船前十五分鐘到達碼頭。"
JAPANESE = "フェリーは朝七時に出発します。料金は三十円です。"
KOREAN = "페리는 아침 일곱 시에 출발합니다. 요금은 서른 원입니다."
POLISH = "Prom odpływa o siódmej rano, proszę być wcześniej; zażółć gęślą jaźń."
GREEK = "Το πλοίο φεύγει στις επτά το πρωί και κοστίζει τριάντα ευρώ."
LANGUAGES = {
    "cp1252": "Café “Bleu” costs 5 € – net price, déjà vu; die Größe der Straße.",
    "iso8859-15": "Der Preis für die Fähre nach Köln beträgt 20 €, Größe egal.",
    "cp1250": POLISH,
    "iso8859-2": POLISH,
    "cp1251": RUSSIAN,
    "koi8-r": RUSSIAN,
    "cp866": RUSSIAN,
    "iso8859-5": RUSSIAN,
    "koi8-u": "Пором відправляється о сьомій годині ранку, їжте ґречку.",
    "cp1253": GREEK,
    "iso8859-7": "Το πλοίο φεύγει στις επτά το πρωί και κοστίζει τριάντα.",
    "cp1254": "Feribot sabah yedide kalkıyor, ücreti otuz lira; görüşürüz, şimdi İstanbul'a.",
    "cp1255": "המעבורת יוצאת בשבע בבוקר ומחירה שלושים שקלים.",
    "cp1256": "تغادر العبارة في السابعة صباحا وثمن التذكرة ثلاثون.",
    "cp874": "เรือเฟอร์รี่ออกเวลาเจ็ดโมงเช้า ค่าโดยสารสามสิบบาท",
    "gb18030": CHINESE,
    "gbk": CHINESE,
    "gb2312": CHINESE,
    "big5": TAIWANESE,
    "shift_jis": JAPANESE,
    "cp932": JAPANESE,
    "euc_jp": JAPANESE,
    "iso2022_jp": JAPANESE,
    "euc_kr": KOREAN,
    "cp949": KOREAN,
    "utf-8": CHINESE + RUSSIAN,
    "utf-8-sig": CHINESE + RUSSIAN,
    "utf-16": JAPANESE + " and words",
    "utf-16-le": "The ferry leaves at seven – " + RUSSIAN,
    "utf-16-be": "The ferry leaves at seven – " + CHINESE,
    "utf-32": JAPANESE,
    "utf-32-le": RUSSIAN,
    "utf-32-be": "The ferry leaves at seven – 5 €",
}


def read(file: SourceFile) -> tuple[str, list[str]]:
    found = list(load_text(file, {}))
    (text,) = [document_of(one).content for one in found if not isinstance(one, Notice)]
    return text, [one.sentence for one in found if isinstance(one, Notice)]


@pytest.mark.parametrize("times", [1, 40])
@pytest.mark.parametrize("encoding", LANGUAGES)
def test_a_text_is_read_as_it_was_written(make_file: MakeFile, encoding: str, times: int) -> None:
    text = "\n".join([LANGUAGES[encoding]] * times)
    found, said = read(make_file("notes.txt", text.encode(encoding)))
    assert found == text
    marked = encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32")
    assert len(said) == (0 if marked else 1) and all("notes.txt" in one for one in said)


@pytest.mark.parametrize("encoding", LANGUAGES)
def test_cells_of_a_csv_are_read_as_they_were_written(make_file: MakeFile, encoding: str) -> None:
    text = LANGUAGES[encoding].replace(";", "")
    raw = f'id,text\n1,"{text}"\n2,"{text}"\n'.encode(encoding)
    rows = [one.content for one in load_csv(make_file("a.csv", raw), {}) if isinstance(one, Document)]
    assert rows == [f"id: {number}\ntext: {text}" for number in (1, 2)]


@pytest.mark.parametrize("encoding", [one for one in LANGUAGES if not one.startswith(("utf", "iso2022"))])
@pytest.mark.parametrize(
    "shape",
    [
        "<html><head><meta charset={}></head><body>{}</body></html>",
        "<?xml version='1.0' encoding='{}'?><a>{}</a>",
        '<meta http-equiv="Content-Type" content="text/html; charset={}">{}',
    ],
)
def test_what_a_page_declares_is_heard(encoding: str, shape: str) -> None:
    text = shape.format(encoding, "é" if encoding in ("cp1252", "iso8859-15") else LANGUAGES[encoding][:3])
    assert decode(text.encode(encoding)) == (text, "")


@pytest.mark.parametrize("encoding", [one for one in LANGUAGES if not one.startswith("utf")])
def test_what_came_with_a_text_is_heard_first(encoding: str) -> None:
    text = "<meta charset=utf-8>" + LANGUAGES[encoding][:3] + "ah"
    assert decode(text.encode(encoding), encoding.upper()) == (text, "")


def test_a_declaration_that_the_text_belies_is_not_followed() -> None:
    assert decode("Größe – 5 €".encode(), "iso-8859-1") == ("Größe – 5 €", "is UTF-8, although it declares Windows-1252")
    text, said = decode(RUSSIAN.encode("cp1251"), "big5")
    assert text == RUSSIAN and said.startswith("is not in the encoding Big5 that it declares; was read as Windows-1251")
    text, said = decode(RUSSIAN.encode("cp1251"), "utf-8")
    assert text == RUSSIAN and "Windows-1251" in said


@pytest.mark.parametrize(
    "label", ["hex", "zip", "rot13", "unicode_escape", "idna", "utf-7", "undefined", "x" * 5000, "é", "", "../x"]
)
def test_names_of_no_encoding_are_not_followed(label: str) -> None:
    assert codec_of(label) is None
    assert decode(b"+AGE- plain", label) == ("+AGE- plain", "")


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("ISO-8859-1", "cp1252"),
        ("latin1", "cp1252"),
        ("us-ascii", "cp1252"),
        ("GB2312", "gb18030"),
        ("x-sjis", "cp932"),
        ('"windows-1251"', "cp1251"),
        ("ks_c_5601-1987", "cp949"),
        ("UTF8", "utf-8"),
        ("big5-hkscs", "big5hkscs"),
    ],
)
def test_names_stand_for_what_browsers_read(label: str, codec: str) -> None:
    assert codec_of(label) == codec


def test_one_bad_byte_leaves_the_rest_of_a_text_whole(make_file: MakeFile) -> None:
    raw = ("Größe – 5 €\n" * 200).encode() + b"caf\xe9\n" + (RUSSIAN + "\n").encode()
    text, said = read(make_file("notes.txt", raw))
    assert text == "Größe – 5 €\n" * 200 + "caf\ufffd\n" + RUSSIAN + "\n"
    assert said == ["The file notes.txt has 1 place that cannot be read as UTF-8 (the first in line 201); U+FFFD stands there."]
    assert decode("Grüße".encode() + b"\xff")[0] == "Grüße\ufffd"
    assert decode("Grüße – 🚢".encode()[:-1])[0] == "Grüße – \ufffd"


def test_halves_of_an_emoji_leave_the_rest_whole() -> None:
    text, said = decode("Grüße \ud83d\udea2 – ".encode("utf-8", "surrogatepass") + "für Köln".encode())
    assert text.startswith("Grüße \ufffd") and text.endswith(" – für Köln") and "cannot be read as UTF-8" in said


def test_what_is_beyond_ascii_may_come_late(make_file: MakeFile) -> None:
    text = "plain words\n" * 300_000 + RUSSIAN
    assert read(make_file("a.txt", text.encode("cp1251")))[0] == text


@pytest.mark.parametrize("encoding", ["gb18030", "shift_jis", "euc_kr", "cp1251"])
def test_a_text_may_be_one_long_line(make_file: MakeFile, encoding: str) -> None:
    for before in ("", "x", "words " * 200_000):
        text = before + LANGUAGES[encoding] * 20_000
        assert read(make_file("a.txt", text.encode(encoding)))[0] == text


def test_a_text_is_cut_between_blocks_in_any_place(make_file: MakeFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encodings, "BLOCK_BYTES", 7)
    for encoding in ("utf-8", "gb18030", "shift_jis", "utf-16", "utf-16-le", "cp1251"):
        text = "\n".join([LANGUAGES[encoding]] * 3)
        assert read(make_file("a.txt", text.encode(encoding)))[0].count(LANGUAGES[encoding]) == 3, encoding


@pytest.mark.parametrize("raw", [bytes(range(256)) * 4, b"\x01\x02\xff\xfe\x80" * 50])
def test_what_is_no_text_is_refused_by_name(make_file: MakeFile, raw: bytes) -> None:
    with pytest.raises(InvalidInput, match=r"notes\.txt") as caught:
        read(make_file("notes.txt", raw))
    assert caught.value.reason == Reason.FILE_UNREADABLE
    with pytest.raises(NoText):
        decode(raw)


def test_json_and_questions_read_the_same_way(make_file: MakeFile) -> None:
    raw = f'{{"a": "{RUSSIAN}"}}'
    for encoding in ("cp1251", "utf-16", "utf-16-le", "utf-8-sig"):
        for load in (load_json, load_jsonlines):
            found = [one for one in load(make_file("a.json", raw.encode(encoding)), {}) if isinstance(one, Document)]
            assert RUSSIAN in found[0].content
        assert whole_text(make_file("a.json", raw.encode(encoding)), 10_000, {})[0] == raw


def test_the_encoding_that_came_with_a_file_is_heard(make_file: MakeFile) -> None:
    file = make_file("a.txt", "ёж".encode("koi8-r"))
    declared = SourceFile(file.name, file.mime, file.path, file.size, "koi8-r")
    assert read(declared) == ("ёж", [])


def test_utf8_is_looked_at_once_and_not_held(tmp_path: Path) -> None:
    """One pass in blocks: nothing of a long text stays in memory."""
    raw, asked = "Größe und Straße\n".encode() * 100_000, 0

    def blocks() -> list[bytes]:
        nonlocal asked
        asked += 1
        return [raw]

    assert decoding_of(blocks).encoding == "utf-8-sig"
    assert asked == 2, "its first bytes, then all of it"


@pytest.mark.parametrize("raw", [b"\xff\xfe" + b"\x00\xd8" * 40, b"\xfe\xff" + b"\xdc\x00\x00a" * 40])
def test_a_mark_before_what_is_mostly_no_text_is_none(raw: bytes) -> None:
    with pytest.raises(NoText):
        decode(raw)
    whole = "\ufeffPrices: bread costs four, milk one.".encode("utf-16-le") + b"x"
    assert decode(whole)[0].endswith("one.\ufffd")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Příliš žluťoučký kůň úpěl ďábelské ódy", "cp852"),
        ("João;São Paulo;Coração", "mac-roman"),
        ("用a和b两个变量", "gb18030"),
        ("LG전자TV와 iPhone케이스", "cp949"),
    ],
)
def test_letters_with_accents_are_not_taken_for_others(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), markup=False)[0] == text
