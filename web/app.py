"""Puts the web application together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from web.api import live, rehearsals, scenarios, status
from web.composition import Composition
from web.guard import Guard, HostPolicy
from web.loopback import offer_loopback_alone
from web.pages import install_pages
from web.problems import install_handlers
from web.state import AppState


def create_app(composition: Composition) -> FastAPI:
    """Return the app; its lifespan enters and leaves the host, and with it ends and scores all rehearsals."""
    state = AppState(composition)
    app = FastAPI(
        title="Live Coach",
        version=composition.version or "0",
        openapi_url="/api/openapi.json",
        # Their pages load scripts from elsewhere, which the content security policy forbids.
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan,
    )
    app.state.coach = state
    install_handlers(app)
    for router in (scenarios.router, rehearsals.router, live.router, status.router):
        app.include_router(router)
    install_pages(app, composition.ui)
    app.add_middleware(Guard, policy=HostPolicy([composition.bind_host, *composition.allowed_hosts]))
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Run the rehearsals, their connections and the build of the page.

    On the way out rehearsals end and are scored first, while their connections still carry the last records.
    """
    offer_loopback_alone()
    state: AppState = app.state.coach
    composition = state.composition
    async with asyncio.TaskGroup() as tasks:
        state.open(tasks)
        building = tasks.create_task(composition.ui.run(), name="build page") if composition.ui is not None else None
        try:
            async with composition.host:
                yield
                state.closing = True
        finally:
            if building is not None:
                building.cancel()
            await state.switchboard.close()
