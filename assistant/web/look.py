"""Material theme of the page: the colours of ``assets/base.css``, flat surfaces, system fonts."""

from __future__ import annotations

from typing import Any

_SANS = (
    '-apple-system, "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans SC", '
    '"Noto Sans CJK SC", "Source Han Sans SC", system-ui, sans-serif'
)


def _theme(accent: str, ink: str, background: str, paper: str, text: str, muted: str, line: str) -> dict[str, Any]:
    bar = {
        "root": {
            "backgroundColor": background,
            "backgroundImage": "none",
            "color": text,
            "boxShadow": "none",
            "borderBottom": f"1px solid {line}",
        }
    }
    return {
        "palette": {
            "primary": {"main": accent, "contrastText": ink},
            "background": {"default": background, "paper": background},
            "text": {"primary": text, "secondary": muted},
            "divider": line,
        },
        "typography": {"fontFamily": _SANS},
        "shape": {"borderRadius": 10},
        "components": {
            "MuiAppBar": {"styleOverrides": bar},
            "MuiButton": {"styleOverrides": {"root": {"textTransform": "none", "fontWeight": 500}}},
            "MuiDrawer": {"styleOverrides": {"paper": {"backgroundColor": paper, "maxWidth": "100vw"}}},
        },
    }


THEME: dict[str, Any] = {
    "light": _theme("#0e6f66", "#ffffff", "#faf9f5", "#ffffff", "#1e2b2a", "#5d6c69", "#e3e5dd"),
    "dark": _theme("#5cc4b4", "#0c1514", "#101615", "#161d1c", "#e4ebe8", "#9aaba6", "#2a3533"),
}
