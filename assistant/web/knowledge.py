"""The page of documents: a user's own files, uploaded, listed, searched and removed, beside those of the corpus.

The page is one component that speaks to ``/api/knowledge``; the server keeps only the language.
"""

# Panel's classes carry no types.
# mypy: allow-untyped-calls

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import panel as pn
import panel_material_ui as pmui
import param
from panel.custom import JSComponent

from assistant.web import strings as say
from assistant.web.components import ASSETS, STYLES, TopBar
from assistant.web.knowledge_strings import TITLE, knowledge_words
from assistant.web.look import THEME
from assistant.web.page import TEMPLATE
from data.text import Language


class KnowledgeView(JSComponent):
    """The whole page below the bar; it fetches and sends by itself."""

    words = param.Dict(default={})

    _bundle = ASSETS / "page.js"


class KnowledgePage:
    """The page's state for one visitor: the language."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self._view = KnowledgeView(
            words=knowledge_words(language),
            stylesheets=["/assets/knowledge.css"],
            sizing_mode="stretch_width",
            margin=0,
        )
        self._bar = TopBar(words=self._bar_words(), stylesheets=STYLES, sizing_mode="stretch_width", margin=0)
        self._bar.on_msg(self._heard)

    def _bar_words(self) -> dict[str, Any]:
        return say.script_words(self.language, "/knowledge") | {"pageTitle": TITLE.to(self.language)}

    def view(self) -> Any:
        """The page as Panel serves it."""
        body = pn.Column(self._view, sizing_mode="stretch_both", scroll="y-auto", margin=0, css_classes=["scroll"])
        page = pmui.Page(  # type: ignore[attr-defined]
            title=say.TITLE.to(self.language),
            stylesheets=["/assets/frame.css"],
            logo="/assets/logo.svg",
            favicon="/assets/logo.svg",
            header=[self._bar],
            main=[body],
            theme_toggle=False,
            busy_indicator=None,
            theme_config=THEME,
            css_files=["/assets/base.css"],
            template=TEMPLATE,
        )
        page.param._update_ref("busy", False)  # as on the chat page: a Page would keep its document alive
        return page

    async def _heard(self, event: Any) -> None:
        kind = event.data.get("type") if isinstance(event.data, dict) else None
        if kind != "language":
            return
        self.language = "en" if self.language == "zh" else "zh"
        self._bar.words = self._bar_words()
        self._view.words = knowledge_words(self.language)
        if pn.state.location is not None:
            pn.state.location.search = "?" + urlencode({"lang": self.language})
