"""The page ``/docs``: Swagger UI, whose files are part of the package. Nothing is loaded from another host."""

from __future__ import annotations

from importlib.resources import files

from tradewind_server.errors import NotFound, Reason

PAGE = b"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Tradewind</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
"""
START = b"""SwaggerUIBundle({
  url: "/openapi.json", dom_id: "#swagger-ui", deepLinking: true, docExpansion: "list", filter: true,
  tryItOutEnabled: true, persistAuthorization: false, validatorUrl: null, defaultModelsExpandDepth: 0,
});
"""
PAGE_TYPE = "text/html; charset=utf-8"
SCRIPT, STYLE = "text/javascript; charset=utf-8", "text/css; charset=utf-8"
PAGE_FILES = {"swagger-ui-bundle.js": SCRIPT, "swagger-ui.css": STYLE}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Content-Security-Policy of the page. ``unsafe-inline`` is for the style attributes of Swagger UI; scripts are files."""
PAGE_HEADERS = (("content-security-policy", POLICY), ("x-content-type-options", "nosniff"))
FILE_HEADERS = (("cache-control", "public, max-age=3600"), ("x-content-type-options", "nosniff"))


def docs_file(name: str) -> tuple[str, bytes]:
    """Media type and bytes of a file of the page. Blocks. Raises ``NotFound(ROUTE_NOT_FOUND)`` for any other name."""
    if name == "start.js":
        return SCRIPT, START
    media = PAGE_FILES.get(name)
    if media is None:
        raise NotFound(Reason.ROUTE_NOT_FOUND, "The documentation has no file of that name.")
    return media, (files("tradewind_server") / "assets" / "vendor" / "swagger-ui" / name).read_bytes()
