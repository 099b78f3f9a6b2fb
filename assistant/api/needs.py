"""What routes need of the application."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from assistant.api.errors import language_of
from assistant.api.streams import Streams
from assistant.engine import Assistant
from data.text import Language


def _assistant(request: Request) -> Assistant:
    assistant: Assistant = request.app.state.assistant
    return assistant


def _streams(request: Request) -> Streams:
    streams: Streams = request.app.state.streams
    return streams


Engine = Annotated[Assistant, Depends(_assistant)]
Running = Annotated[Streams, Depends(_streams)]
Spoken = Annotated[Language, Depends(language_of)]
