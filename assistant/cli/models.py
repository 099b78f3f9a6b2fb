"""``tanlu models``: the language models configured, and which one answers by default."""

from __future__ import annotations

from assistant.cli.ask import AsJson, Lang
from assistant.cli.say import document, out, speak
from data.text import Text


def models(as_json: AsJson = False, lang: Lang = None) -> int:
    """The models configured, and which one answers. 可用的模型。"""
    from assistant.models import list_models, parse
    from assistant.settings import read_settings

    language = speak(lang, as_json=as_json)
    settings = read_settings()
    provider, _ = parse(settings.model)
    listed = list_models(settings)
    if as_json:
        document(
            {
                "default": settings.model,
                "models": [
                    {"name": m.name, "title": m.title.to(language), "ready": m.ready, "note": m.note.to(language)}
                    for m in listed
                ],
            }
        )
        return 0
    for m in listed:
        star = "*" if m.name.partition(":")[0] == provider else " "
        state = Text("可用", "ready").to(language) if m.ready else Text("未设置", "not set").to(language)
        out(f"{star} {m.name:14} {state:8} {m.title.to(language)}: {m.note.to(language)}")
    out(Text(f"默认：{settings.model}", f"Default: {settings.model}").to(language))
    return 0
