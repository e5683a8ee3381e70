"""Puts the web application together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from coach.errors import CoachError
from web.api import (
    authoring,
    authoring_shelf,
    compare,
    hearing_check,
    history,
    live,
    peaks,
    privacy,
    private_voice,
    rehearsals,
    review_notes,
    reviews,
    scenarios,
    scorecards,
    sharing,
    status,
    storage,
)
from web.composition import Composition
from web.guard import Guard, HostPolicy
from web.pages import install_pages
from web.problems import install_handlers
from web.state import AppState
from web.switchboard import load_media

_ROUTERS = (
    scenarios.router,
    authoring_shelf.router,
    authoring.router,
    # Before the rehearsals: `/api/rehearsals/unseen` is no rehearsal's id.
    sharing.router,
    rehearsals.router,
    reviews.router,
    review_notes.router,
    scorecards.router,
    private_voice.router,
    peaks.router,
    privacy.router,
    hearing_check.router,
    history.router,
    storage.router,
    compare.router,
    live.router,
    status.router,
)


def create_app(composition: Composition) -> FastAPI:
    """Return the app; its lifespan enters and leaves the host, and with it ends and scores all rehearsals."""
    state = AppState(composition)
    app = FastAPI(
        title="Live Coach",
        version=composition.version or "0",
        # Served below, from a thread: making it takes half a second.
        openapi_url=None,
        # Their pages load scripts from elsewhere, which the content security policy forbids.
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan,
    )
    app.state.coach = state
    install_handlers(app)
    _include_routers(app)
    _serve_schema(app)
    install_pages(app, composition.ui)
    app.add_middleware(Guard, policy=HostPolicy([composition.bind_host, *composition.allowed_hosts]))
    return app


def api_schema() -> dict[str, Any]:
    """Return the OpenAPI document without a room: the page's types are made from it."""
    app = FastAPI(title="Live Coach", version="0")
    _include_routers(app)
    return app.openapi()


def _serve_schema(app: FastAPI) -> None:
    def read_openapi() -> dict[str, Any]:
        return app.openapi()

    app.add_api_route("/api/openapi.json", read_openapi, include_in_schema=False, response_class=JSONResponse)


def _include_routers(app: FastAPI) -> None:
    # As they are: `include_router` would build each route once more, a quarter of a second of the first request.
    for router in _ROUTERS:
        app.router.routes.extend(router.routes)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Run the rehearsals, their connections, the build of the page, the warming of the engines and what is fetched.

    On the way out rehearsals end and are scored first, while their connections still carry the last records.
    """
    state: AppState = app.state.coach
    composition = state.composition
    async with asyncio.TaskGroup() as tasks:
        lag = state.open(tasks)
        until_closing = [tasks.create_task(_warm(composition), name="warm engines")]
        beside = [
            tasks.create_task(lag.run(), name="loop lag"),
            tasks.create_task(_settle(state), name="open index"),
        ]
        if composition.ui is not None:
            beside.append(tasks.create_task(composition.ui.run(), name="build page"))
        if composition.arrival is not None:
            arriving = tasks.create_task(composition.arrival.run(), name="fetch engine")
            until_closing.append(arriving)
        try:
            async with composition.host:
                yield
                state.closing = True
                for task in until_closing:  # before the engines that they load are closed
                    task.cancel()
        finally:
            for task in (*until_closing, *beside):
                task.cancel()
            await state.switchboard.close()


async def _settle(state: AppState) -> None:
    """Open the index beside the first requests; a room that cannot keep anything says why and closes."""
    if state.composition.settle is None:
        return
    try:
        await run_in_threadpool(state.composition.settle)
    except CoachError as error:
        state.fail(error)


async def _warm(composition: Composition) -> None:
    """Load what the first rehearsal would wait for, while nobody waits."""
    await run_in_threadpool(load_media)
    await composition.host.warm(await run_in_threadpool(composition.library.all))
