"""Names as clients write them: each row is what one of them sends."""

from __future__ import annotations

import pytest
from tradewind_server.files.part_names import disposition_of

NAME = "Größe €.txt"


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (b"filename=\"Gr__e _.txt\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%E2%82%AC.txt", NAME),
        (b"filename*=utf-8''Gr%C3%B6%C3%9Fe%20%E2%82%AC.txt; filename=\"x.txt\"", NAME),
        (b"filename=\"=?utf-8?B?R3LDtsOfZSDigqwudHh0?=\"; filename*=utf-8''Gr%C3%B6%C3%9Fe%20%E2%82%AC.txt", NAME),
        (b'filename="=?utf-8?B?R3LDtsOfZSDigqwudHh0?="', NAME),
        (b'filename="=?UTF-8?Q?Gr=C3=B6=C3=9Fe_=E2=82=AC.txt?="', NAME),
        (b'filename="=?UTF-8?B?R3LDtsOf?= =?UTF-8?B?ZSDigqwudHh0?="', NAME),
        (b'filename="=?ISO-8859-1?Q?Gr=F6=DFe.txt?="', "Größe.txt"),
        (f'filename="{NAME}"'.encode(), NAME),
        (f'filename="{NAME}"'.encode("cp1252"), NAME),
        (b"filename*=iso-8859-1'de'Gr%F6%DFe.txt", "Größe.txt"),
        (b"filename*=\"UTF-8''Gr%C3%B6%C3%9Fe.txt\"", "Größe.txt"),
        (b"filename*0*=UTF-8''Gr%C3%B6; filename*1*=%C3%9Fe; filename*2=.txt", "Größe.txt"),
        (b"filename=a.txt; filename*=nonsense''x", "a.txt"),
        (b"filename=a.txt; filename*=UTF-8''%ff%fe", "a.txt"),
        (b"filename=a.txt; filename*=UTF-8''", "a.txt"),
        (b'filename="=?utf-8?B?!!!?="', "=?utf-8?B?!!!?="),
        (b'filename="=?nonsense?Q?a?="', "=?nonsense?Q?a?="),
        (b"filename=a.txt; filename*=unicode_escape''%5Cud83d", "a.txt"),
        (b'filename="=?unicode_escape?Q?=5Cud83d?="', "=?unicode_escape?Q?=5Cud83d?="),
        (b'filename="a\\"b;c.txt"', 'a"b;c.txt'),
        (b"filename=\"a.txt\"; filename*=UTF-8''a%0d%0aX-Evil%00.txt", "a__X-Evil_.txt"),
        (b'filename="=?utf-8?Q?a=0D=0Ab.txt?="', "a__b.txt"),
    ],
)
def test_the_name_that_was_meant(header: bytes, name: str) -> None:
    assert disposition_of(b'form-data; name="files"; ' + header) == ("files", name)


def test_names_of_fields_too() -> None:
    assert disposition_of(b'form-data; name="=?utf-8?B?w7Y=?="') == ("ö", None)
    assert disposition_of(b"form-data; name*=UTF-8''%C3%B6") == ("ö", None)
    assert disposition_of(b"form-data") == ("", None)


def test_a_flood_of_parameters_names_nothing() -> None:
    assert disposition_of(b"form-data" + b";" * 8000 + b' name="files"') == ("", None)
