"""CSV files that are odd on purpose, each made in code: its name, its text, and the separator it has."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator, Sequence

Rows = Sequence[Sequence[str]]
TEXTS = (
    "plain",
    'Lind, Mr. Karl "Kalle" Johan',
    "two\nlines",
    "two\r\nlines",
    "semi; colon; here",
    "a|b|c",
    "tab\there",
    "it's 5\" wide",
    "'single' quotes",
    '"',
    '""',
    "back\\slash",
    'back\\"quoted',
    "",
    "  blanks  ",
    "Größe – 5 €",
    "渡轮，七点",
    "🚢",
    "4,50",
    "1;2;3",
    "=SUM(A1:A2)",
    "# no comment",
    "\u2028separator",
    "a,b;c\td|e",
)


def written(rows: Rows, separator: str = ",", end: str = "\r\n", quoting: int = csv.QUOTE_MINIMAL) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator=end, quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    return out.getvalue()


def files() -> Iterator[tuple[str, str, str]]:
    dice = random.Random(11)
    for separator in ",;\t|":
        name = {"\t": "tab", "|": "bar", ",": "comma", ";": "semicolon"}[separator]
        for end, label in (("\n", "unix"), ("\r\n", "windows"), ("\r", "mac")):
            rows = [["id", "text", "note"], *([str(n), one, dice.choice(TEXTS)] for n, one in enumerate(TEXTS))]
            yield f"{name}, {label} line ends", written(rows, separator, end), separator
        yield (
            f"{name}, all quoted",
            written([["id", "text"], *([str(n), t] for n, t in enumerate(TEXTS))], separator, "\n", csv.QUOTE_ALL),
            separator,
        )
        late = [["id", "text"], *([str(n), "words and words " * 4] for n in range(100)), ["100", 'the "late" one']]
        yield f"{name}, a doubled quote behind 4,096 characters", written(late, separator), separator
        wide = [[f"c{n}" for n in range(300)], *([dice.choice(TEXTS) for _ in range(300)] for _ in range(5))]
        yield f"{name}, many columns", written(wide, separator), separator
        money = [["item", "price", "rest"], *([f"i{n}", f"{n},50", f"{n};{n}|{n}"] for n in range(30))]
        yield f"{name}, decimals with commas", written(money, separator, "\n"), separator
        for seed in range(6):
            dice = random.Random(seed)
            width = dice.randint(2, 6)
            rows = [[f"h{n}" for n in range(width)], *([dice.choice(TEXTS) for _ in range(width)] for _ in range(40))]
            yield f"{name}, drawn by lot {seed}", written(rows, separator, dice.choice(["\n", "\r\n"])), separator
    yield from hand_made()


def hand_made() -> Iterator[tuple[str, str, str]]:
    yield "one column", 'text\n"Hello, you"\n"Bye; all"\n', ","
    yield "one column, no quotes", "text\nHello\nBye\n", ","
    yield "a head alone", "a,b\n", ","
    yield "no line end at the end", "a,b\n1,2", ","
    yield "empty lines between", "a,b\n\n1,2\n\n\n3,4\n", ","
    yield "an empty line first", "\n\na,b\n1,2\n", ","
    yield "short rows", "a,b,c\n1\n1,2\n1,2,3\n", ","
    yield "long rows", "a,b\n1,2,3\n1,2,3,4\n", ","
    yield "long rows of nothing", "a,b\n1,2,,\n", ","
    yield "heads twice", "name,phone,phone\nA,111,222\n", ","
    yield "heads thrice and a number", "phone,phone,phone_1,phone\n1,2,3,4\n", ","
    yield "nameless heads", ",b,,\n1,2,3,4\n", ","
    yield "heads of blanks", " ,b\n1,2\n", ","
    yield "texts with one semicolon each", "id,text\n" + "".join(f"{n},one; two\n" for n in range(20)), ","
    yield "texts with one bar each", "id,text\n" + "".join(f'{n},"one | two"\n' for n in range(20)), ","
    yield "lists within cells", "id,tags\n1,a|b|c\n2,d|e\n3,f\n", ","
    yield "semicolons and a comma in each row", "name;price\n" + "".join(f"n{n};{n},5\n" for n in range(20)), ";"
    yield "a title in prose over the comma", "Name;Preis, EUR\nBrot;4,50\nKuchen;30,00\n", ";"
    yield "tabs and commas in prose", "id\ttext\n1\tHello, you, there\n2\tBye, all\n", "\t"
    yield "a quote opened in mid cell", 'a,b\n5" pipe,x\n6" pipe,y\n', ","
    yield "single quotes", "a,b\n'x,y',2\n", ","
    yield "blanks behind separators", 'item, price\nbread, "4"\n', ","
    yield "a cell of 200,000 characters", "a,b\n1," + "x" * 200_000 + "\n2,y\n", ","
    yield "a mark first", "\ufeffa,b\n1,2\n", ","
    yield "escapes of others", 'a,b\n"x\\",2\n', ","
    yield "nothing but separators", "a,b,c\n,,\n1,,\n", ","
