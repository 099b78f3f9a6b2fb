"""The page's own components: Panel models whose drawing happens in ``assets/*.js``.

They are few on purpose. A document holds one small model per turn; figures of charts are fetched by the browser, so that
neither the websocket nor the server's memory carries them.
"""

from __future__ import annotations

from pathlib import Path

import param
from panel.custom import JSComponent

ASSETS = Path(__file__).parent / "assets"
STYLES = ["/assets/turn.css"]


class TurnView(JSComponent):
    """One question and its answer. ``blocks`` are pieces of safe HTML, ``notes`` what the marks in them stand for."""

    question = param.String()
    answer = param.String(doc="id of the answer, once it has begun")
    fresh = param.Boolean(default=False, doc="just asked: the page moves to it, even where its answer is there at once")
    status = param.String(default="running", doc="running, stopped, or a status of the answer object")
    steps = param.List(doc="tool calls: id, title, status, seconds")
    blocks = param.List()
    notes = param.Dict(default={})
    notices = param.List()
    problem = param.String(doc="one sentence, where the turn failed")
    audit = param.Dict(default=None, allow_None=True)
    markdown = param.String(doc="the answer as a file")
    suggestions = param.List()
    charts = param.String(doc="address of the conversation's charts")
    plotly = param.String(doc="address of plotly.js")
    language = param.String(default="zh")
    words = param.Dict(default={})

    _bundle = ASSETS / "page.js"


class Welcome(JSComponent):
    """The empty page, or the word that a conversation is being opened; ``notice`` stands above the rest."""

    opening = param.Boolean(default=False)
    notice = param.String()
    words = param.Dict(default={})

    _bundle = ASSETS / "page.js"


class TopBar(JSComponent):
    """The bar's buttons: new conversation, other language, light or dark."""

    words = param.Dict(default={})

    _bundle = ASSETS / "page.js"


class EvidenceView(JSComponent):
    """The inside of the sources drawer; ``html`` is safe."""

    html = param.String()
    words = param.Dict(default={})

    _bundle = ASSETS / "page.js"


class Composer(JSComponent):
    """The question box. pmui's ChatAreaInput sends on the Enter that ends an input method's composition."""

    busy = param.Boolean(default=False)
    foot = param.String()
    words = param.Dict(default={})

    _bundle = ASSETS / "page.js"
