"""What went wrong with a server of OpenAI's protocols, in one sentence; never the server's whole answer."""

from __future__ import annotations

from dataclasses import dataclass

from coach.errors import EngineError


@dataclass(frozen=True, slots=True)
class FarSide:
    """A server as its user set it up."""

    engine: str
    base_url: str
    timeout_sec: float
    settings: str
    """Where it is set up, e.g. `COACH_SPEECH`: named in the advice."""

    def failure(self, error: Exception) -> EngineError:
        """Return what to raise for an error of the client."""
        import openai

        match error:
            case openai.APITimeoutError():
                return self._passing("no answer within {seconds:g} s", seconds=self.timeout_sec)
            case openai.AuthenticationError() | openai.PermissionDeniedError():
                text = "the server refused the key; check {settings}__API_KEY"
                return EngineError(self.engine, text, settings=self.settings)
            case openai.NotFoundError():
                text = "the server does not know this model or path; check {settings}__MODEL and {settings}__BASE_URL"
                return EngineError(self.engine, text, settings=self.settings)
            case openai.RateLimitError():
                return self._passing("the server asks for fewer requests")
            case openai.APIStatusError():
                can_pass = error.status_code >= 500
                text = "the server answered {status}"
                return EngineError(self.engine, text, retryable=can_pass, status=error.status_code)
            case openai.APIConnectionError():
                return self._passing("cannot reach {url}", url=self.base_url)
            case AttributeError():  # the client hands on as text what is not JSON: the page of a web server
                text = "the address answers with a page instead of the protocol; check {settings}__BASE_URL"
                return EngineError(self.engine, text, settings=self.settings)
            case _:
                return self._passing("the answer broke off or is unusable ({fault})", fault=type(error).__name__)

    def _passing(self, text: str, **fields: object) -> EngineError:
        return EngineError(self.engine, text, retryable=True, **fields)
