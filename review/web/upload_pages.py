"""Scans sent by the browser, or by a program with a token: received piece by piece, never held in memory."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from model.errors import UsageError
from review.summary_store import document_lines
from review.uploads import Inbox, Incoming, incoming, take
from review.web.authenticator import principal_of
from review.web.permissions import UPLOADS
from review.web.requests import Html, plainly
from workspace.workspace import Workspace

_AT_ONCE = 3
"""Files that are received at a time: each takes a thread and a place on the disk."""

_SLOWEST = 20_000
"""Bytes a second below which a sender holds a place for nothing."""

_PATIENCE = 60.0
"""Seconds by which any sender may be behind that, whatever comes after."""

_LONGEST = 4 * 3600.0
"""Seconds that no sender is waited for, however steadily they send."""

_PIECE = 1 << 20


class UploadPages:
    """The addresses of uploads, and the list of documents for programs."""

    def __init__(self, ws: Workspace, inbox: Inbox | None, html: Html) -> None:
        self._ws = ws
        self._inbox = inbox
        self._html = html
        self._places = asyncio.Semaphore(_AT_ONCE)

    def routes(self) -> list[Route]:
        """Every address; which role may ask for each stands in `permissions`."""
        return [
            Route("/uploads", self.page),
            Route(UPLOADS, self.receive, methods=["POST"]),
            Route("/api/documents", self.documents),
        ]

    def page(self, request: Request) -> Response:
        """Where scans are dropped."""
        most = 0 if self._inbox is None else self._inbox.most_bytes
        return self._html(request, "uploads.html.j2", {"taken": self._inbox is not None, "most": most})

    def documents(self, _: Request) -> Response:
        """Where every document stands, in short, for a program."""
        rows: list[dict[str, Any]] = [
            {"id": one.id, "name": one.name, "came": one.came, "pages": one.requested, "stages": dict(one.stages),
             "waiting": one.waiting, "failed": [page for page, _ in one.failed]}
            for one in document_lines(self._ws)
        ]  # fmt: skip
        return JSONResponse({"documents": rows})

    async def receive(self, request: Request) -> Response:
        """Take one file, the whole body of the request, under the name in the address."""
        size = request.headers.get("content-length", "")
        if (
            not (size.isascii() and size.isdecimal() and len(size) < 16)
            or "transfer-encoding" in request.headers
        ):
            return plainly(request, "The request does not say how large it is.", 411)
        if self._inbox is None:
            raise UsageError(
                "This server has no inbox.", remedy="Start `chamra review` with --inbox, or use `chamra up`."
            )
        if self._places.locked():
            return plainly(
                request, "Others are sending files. Send it again soon.", 503, {"Retry-After": "5"}
            )
        async with self._places:
            try:
                return await self._received(request, self._inbox, int(size))
            except TimeoutError:
                return plainly(request, "The file came too slowly.", 408, {"Connection": "close"})
            except ClientDisconnect:
                return plainly(request, "The sender went away.", 400)

    async def _received(self, request: Request, inbox: Inbox, size: int) -> Response:
        with incoming(inbox, size) as file:
            held = bytearray()
            async for part in _parts(request):
                held += part
                if len(held) >= _PIECE:
                    await run_in_threadpool(file.write, bytes(held))
                    held.clear()
            await run_in_threadpool(file.write, bytes(held))
            if file.size != size:
                raise UsageError("The file did not come whole.", remedy="Send it again.")
            return await run_in_threadpool(self._take, request, inbox, file)

    def _take(self, request: Request, inbox: Inbox, file: Incoming) -> Response:
        name = request.query_params.get("name", "")
        done = take(self._ws, inbox, file, name, principal_of(request).who)
        return JSONResponse({
            "name": done.name, "sha256": done.sha256, "size": done.size, "pages": done.pages, "known": done.known,
        })  # fmt: skip


async def _parts(request: Request) -> AsyncIterator[bytes]:
    """The body as it comes. Only the time counts that its sender is waited for.

    Raises:
        TimeoutError: at any time they are further behind the slowest rate than they may be, or take too long.
    """
    clock = asyncio.get_running_loop().time
    stream, came, waited = request.stream(), 0, 0.0
    while True:
        begun = clock()
        async with asyncio.timeout(min(_PATIENCE + came / _SLOWEST, _LONGEST) - waited):
            part = await anext(stream, None)
        if part is None:
            return
        waited += clock() - begun
        came += len(part)
        yield part
