"""Scripts and styles at an address that names their content, so that a browser may keep them for ever."""

from __future__ import annotations

import gzip
import hashlib
import json
import mimetypes
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from review.web.messages import LANGUAGES, catalogue

FOLDER = Path(__file__).parent / "static"

_FOR_EVER = "public, max-age=31536000, immutable"
_PACKED = frozenset({".js", ".css", ".svg"})
"""What gains by compression; a font is compressed already."""

_ADDRESS = re.compile(r"/(?:(?P<version>[0-9a-f]{16})/)?(?P<name>[a-z-]+(?:\.[a-z]{2})?\.[a-z0-9]{2,5})")

mimetypes.add_type("font/woff2", ".woff2")
mimetypes.add_type("text/javascript", ".js")


@cache
def _files() -> Mapping[str, bytes]:
    """Every file by name, and the messages of each language as a module."""
    found = {one.name: one.read_bytes() for one in sorted(FOLDER.iterdir()) if one.is_file()}
    for language in LANGUAGES:
        words = json.dumps(catalogue(language), ensure_ascii=False)
        found[f"words.{language}.js"] = f"export const words = {words};\n".encode()
    return found


@cache
def version() -> str:
    """A hash of all of them."""
    digest = hashlib.sha256()
    for name, content in _files().items():
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:16]


@cache
def _packed(name: str) -> bytes:
    return gzip.compress(_files()[name], 9, mtime=0)


async def static_files(scope: Scope, receive: Receive, send: Send) -> None:
    """The ASGI application of `/static`: `/VERSION/NAME`, kept for ever; `/NAME` is asked for again each time, and
    another version than the present one is not there."""
    request = Request(scope, receive)
    path = scope["path"].removeprefix(scope.get("root_path", ""))
    asked = _ADDRESS.fullmatch(path)
    current = asked is not None and asked["version"] in (None, version())
    content = _files().get(asked["name"]) if asked and current else None
    if asked is None or content is None or request.method not in ("GET", "HEAD"):
        await PlainTextResponse("There is no such address.\n", 404)(scope, receive, send)
        return
    name = asked["name"]
    headers = {"Cache-Control": _FOR_EVER if asked["version"] else "no-cache"}
    if Path(name).suffix in _PACKED:
        headers["Vary"] = "Accept-Encoding"
        if "gzip" in request.headers.get("accept-encoding", ""):
            headers["Content-Encoding"] = "gzip"
            content = _packed(name)
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    await Response(content, media_type=kind, headers=headers)(scope, receive, send)
