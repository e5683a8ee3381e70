"""Errors as the API tells them: `{detail: {code, message: {zh, en}}}`, with the fitting status."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from coach.error_texts import error_text
from coach.errors import (
    AudioInputError,
    CoachError,
    ConsentNeeded,
    EngineError,
    InputError,
    MissingPart,
    ReviewRefused,
    RoomFull,
    Sentence,
    StorageError,
)
from coach.score.scorecard import Text
from web.here import is_here

logger = logging.getLogger(__name__)


class ProblemDetail(BaseModel):
    """What is wrong: a word for programs, a sentence for people."""

    code: str
    message: Text


class Problem(BaseModel):
    """Body of every error."""

    detail: ProblemDetail


class ApiProblem(Exception):
    """A request that cannot be answered as asked."""

    def __init__(self, status: int, code: str, text: Text, headers: Mapping[str, str] | None = None) -> None:
        self.status = status
        self.code = code
        self.text = text
        self.headers = dict(headers or {})
        super().__init__(text.en)


def problem_body(code: str, text: Text) -> dict[str, Any]:
    """Return the JSON body of an error."""
    return {"detail": {"code": code, "message": {"zh": text.zh, "en": text.en}}}


def problem_responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return what OpenAPI should say about the errors of an endpoint."""
    return {status: {"model": Problem} for status in statuses}


def unknown_rehearsal(rehearsal_id: str) -> ApiProblem:
    """Return the 404 for a rehearsal."""
    return ApiProblem(
        404,
        "unknown_rehearsal",
        Text(zh=f"没有编号为 {rehearsal_id} 的排练。", en=f"There is no rehearsal {rehearsal_id}."),
    )


def still_running(rehearsal_id: str) -> ApiProblem:
    """Return the 409 for what exists only after the end."""
    return ApiProblem(
        409,
        "running",
        Text(
            zh=f"排练 {rehearsal_id} 还没有结束。请先结束它。",
            en=f"Rehearsal {rehearsal_id} is still running. End it first.",
        ),
        {"Retry-After": "1"},
    )


def rehearsal_over(rehearsal_id: str) -> ApiProblem:
    """Return the 410 for what only a running rehearsal can do."""
    return ApiProblem(
        410, "ended", Text(zh=f"排练 {rehearsal_id} 已经结束。", en=f"Rehearsal {rehearsal_id} has ended.")
    )


def install_handlers(app: FastAPI) -> None:
    """Make the app answer every error in the one shape."""
    app.add_exception_handler(ApiProblem, _api_problem)
    app.add_exception_handler(CoachError, _coach_error)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _internal)


async def _api_problem(_: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, ApiProblem):
        raise error
    return JSONResponse(problem_body(error.code, error.text), error.status, error.headers)


async def _coach_error(request: Request, error: Exception) -> JSONResponse:
    return await _api_problem(request, of_coach_error(error if is_here(request) else _veiled(error)))


_NAMING_PLACES = (StorageError, InputError, AudioInputError)


def _veiled(error: Exception) -> Exception:
    """Return an error without the folders and servers of this machine, which concern nobody elsewhere."""
    if isinstance(error, CoachError) and type(error) in _NAMING_PLACES and error.text.fields:
        named = {name: _last_part(value) for name, value in error.text.fields.items() if isinstance(value, str)}
        return type(error)(Sentence(error.text.template, **{**error.text.fields, **named}))
    return error


def _last_part(value: str) -> str:
    if isinstance(value, Sentence) or not re.search(r"[/\\]", value):
        return value
    return re.sub(r"\S*[/\\]", "…/", value.partition("?")[0])


def of_coach_error(error: Exception) -> ApiProblem:
    """Return how the API tells one of our errors."""
    if not isinstance(error, CoachError):
        raise error
    told, en = error_text(error, "zh"), str(error)
    match error:
        case RoomFull():
            return ApiProblem(503, "room_full", Text(zh=told, en=en), {"Retry-After": str(error.retry_after_sec)})
        case ConsentNeeded():
            return ApiProblem(422, "consent_needed", Text(zh=told, en=en))
        case ReviewRefused():
            return ApiProblem(_REFUSED.get(error.code, 409), error.code, Text(zh=told, en=en))
        case InputError():
            return ApiProblem(422, "input", Text(zh=_led("内容无法使用", told, en), en=en))
        case EngineError():
            return ApiProblem(503, "engine", Text(zh=f"引擎出错：{told}", en=en))
        case StorageError():
            return ApiProblem(507, "storage", Text(zh=_led("无法读写数据", told, en), en=en))
        case MissingPart():
            return ApiProblem(501, "missing_part", Text(zh=_led("缺少组件", told, en), en=en))
        case _:
            raise error


_REFUSED = {"not_shared": 404, "unknown_item": 404, "not_yours": 403}


def _led(what: str, zh: str, en: str) -> str:
    """Return a Chinese sentence, or a few Chinese words before one that there is in English alone."""
    return zh if zh != en else f"{what}：{en}"


async def _invalid(_: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, RequestValidationError):
        raise error
    faults = "; ".join(
        f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}" for fault in error.errors()[:5]
    )
    text = Text(zh=f"请求的内容不符合要求：{faults}", en=f"The request is not as expected: {faults}")
    return JSONResponse(problem_body("invalid_request", text), 422)


async def _http(_: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, HTTPException):
        raise error
    zh = {404: "没有这个地址。", 405: "这个地址不支持此操作。"}.get(error.status_code, "请求无法处理。")
    text = Text(zh=zh, en=f"{error.detail}.")
    return JSONResponse(problem_body(f"http_{error.status_code}", text), error.status_code, dict(error.headers or {}))


async def _internal(_: Request, error: Exception) -> JSONResponse:
    logger.error("request failed", exc_info=error)
    text = Text(zh="服务器内部出错，详情见日志。", en="The server met an error of its own; its log says more.")
    return JSONResponse(problem_body("internal", text), 500)
