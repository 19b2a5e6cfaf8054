"""Names of encodings: as documents declare them, as Python has them, as people know them."""

from __future__ import annotations

import codecs

MULTIBYTE = ("gb18030", "big5hkscs", "cp932", "euc_jis_2004", "cp949")
WINDOWS = ("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874")
OLDER = ("koi8-r", "koi8-u", "iso8859-2", "iso8859-5", "iso8859-7", "iso8859-13", "iso8859-15", "cp866")
OF_OTHER_SYSTEMS = ("cp850", "cp852", "cp437", "mac-roman", "mac-cyrillic")
"""Of DOS and of older Macs; anything else that fits is likelier."""
GUESS_CODECS = (*MULTIBYTE, *WINDOWS, *OLDER, *OF_OTHER_SYSTEMS)
WITH_ESCAPES = ("iso2022_jp_2", "iso2022_kr")
"""Encodings of seven bits: bytes of ASCII, that mean something else behind an escape."""
DECLARABLE = frozenset(
    codecs.lookup(name).name
    for name in (
        "utf-8",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "utf-32-le",
        "utf-32-be",
        "euc_jp",
        "euc_kr",
        "johab",
        "hz",
        "mac_latin2",
        "koi8_t",
        "kz1048",
        "ptcp154",
        *(f"iso8859_{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)),
        *GUESS_CODECS,
        *WITH_ESCAPES,
    )
)
"""No other name is followed: Python's codecs are more than encodings of texts."""
SUPERSETS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso2022_jp": "iso2022_jp_2",
}
"""What browsers read instead of these names, since it is what is meant."""
BROWSER_NAMES = {
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "ms_kanji": "cp932",
    "x-gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "x-euc-jp": "euc_jp",
    "big5-hkscs": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601-1989": "cp949",
    "windows-949": "cp949",
    "windows-874": "cp874",
    "x-mac-cyrillic": "mac-cyrillic",
    "macintosh": "mac-roman",
    "x-mac-roman": "mac-roman",
    "iso-8859-8-i": "iso8859-8",
    "unicode": "utf-16",
}
DISPLAY_NAMES = {
    **{f"cp125{number}": f"Windows-125{number}" for number in range(9)},
    "cp874": "Windows-874",
    "cp932": "Shift-JIS",
    "cp949": "EUC-KR",
    "gb18030": "GB18030",
    "big5hkscs": "Big5",
    "euc_jis_2004": "EUC-JP",
    "iso2022_jp_2": "ISO-2022-JP",
}


def codec_of(label: str | None) -> str | None:
    """Python's name of the encoding behind a declared one, or the one that is meant by it; None for unknown names."""
    name = (label or "").strip().strip("\"'").lower()
    try:
        codec = codecs.lookup(BROWSER_NAMES.get(name, name)).name if name.isascii() else ""
    except (LookupError, ValueError):
        return None
    codec = SUPERSETS.get(codec, codec)
    return codec if codec in DECLARABLE else None


def display_name(codec: str) -> str:
    """The name of an encoding as people know it."""
    return DISPLAY_NAMES.get(codec, codec.upper().replace("ISO8859", "ISO-8859").replace("_", "-"))
