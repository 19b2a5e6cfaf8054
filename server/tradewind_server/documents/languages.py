"""Where source code and markup are cut: the separators of LangChain for JavaScript, by the language names of the canvas."""

from __future__ import annotations

from tradewind_server.documents.splitters import MARKDOWN_SEPARATORS, RECURSIVE_SEPARATORS


def _lines(*beginnings: str) -> tuple[str, ...]:
    """Cut before lines that begin so, then like any text."""
    return (*(f"\n{one}" for one in beginnings), *RECURSIVE_SEPARATORS)


HTML_TAGS = (
    "body", "div", "p", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "span", "table", "tr", "td", "th", "ul", "ol",
    "header", "footer", "nav", "head", "style", "script", "meta", "title",
)  # fmt: skip
LATEX_ENVIRONMENTS = (
    "enumerate", "itemize", "description", "list", "quote", "quotation", "verse", "verbatim", "align",
)  # fmt: skip

SEPARATORS: dict[str, tuple[str, ...]] = {
    "cpp": _lines(
        "class ", "void ", "int ", "float ", "double ", "if ", "for ", "while ", "switch ", "case "
    ),
    "go": _lines("func ", "var ", "const ", "type ", "if ", "for ", "switch ", "case "),
    "java": _lines(
        "class ", "public ", "protected ", "private ", "static ", "if ", "for ", "while ", "switch ", "case "
    ),
    "js": _lines(
        "function ", "const ", "let ", "var ", "class ", "if ", "for ", "while ", "switch ", "case ", "default "
    ),
    "php": _lines("function ", "class ", "if ", "foreach ", "while ", "do ", "switch ", "case "),
    "proto": _lines("message ", "service ", "enum ", "option ", "import ", "syntax "),
    "python": _lines("class ", "def ", "\tdef "),
    "rst": _lines("===\n", "---\n", "***\n", ".. "),
    "ruby": _lines("def ", "class ", "if ", "unless ", "while ", "for ", "do ", "begin ", "rescue "),
    "rust": _lines("fn ", "const ", "let ", "if ", "while ", "for ", "loop ", "match ", "const "),
    "scala": _lines("class ", "object ", "def ", "val ", "var ", "if ", "for ", "while ", "match ", "case "),
    "swift": _lines(
        "func ", "class ", "struct ", "enum ", "if ", "for ", "while ", "do ", "switch ", "case "
    ),
    "markdown": MARKDOWN_SEPARATORS,
    "latex": (
        *(f"\n\\{one}{{" for one in ("chapter", "section", "subsection", "subsubsection")),
        *(f"\n\\begin{{{one}}}" for one in LATEX_ENVIRONMENTS),
        "$$",
        "$",
        *RECURSIVE_SEPARATORS,
    ),
    "html": (*(f"<{tag}>" for tag in HTML_TAGS), " ", ""),
    "sol": _lines(
        "pragma ", "using ", "contract ", "interface ", "library ", "constructor ", "type ", "function ", "event ",
        "modifier ", "error ", "struct ", "enum ", "if ", "for ", "while ", "do while ", "assembly "
    ),
}  # fmt: skip
