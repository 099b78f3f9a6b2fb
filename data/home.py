"""Where state lives: conversations, warehouse, index, imports. Never the checkout."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from data.errors import StateError
from data.text import Text


def state_folder(*parts: str) -> Path:
    """``TANLU_HOME`` (default: the platform's user data folder) joined with ``parts``, created if missing.

    Raises StateError where the folder cannot be made or written.
    """
    root = Path(os.environ.get("TANLU_HOME") or platformdirs.user_data_path("tanlu", appauthor=False)).expanduser()
    folder = root.joinpath(*parts)
    try:
        if not folder.is_dir():  # planning asks for it often, and making what is there costs more than looking
            folder.mkdir(parents=True, exist_ok=True)
        writable = os.access(folder, os.W_OK)
    except OSError:
        writable = False
    if not writable:
        raise StateError(
            "state_unwritable",
            Text(
                f"状态目录无法写入：{folder}；请用环境变量 TANLU_HOME 指定一个可写目录。",
                f"The state folder {folder} cannot be written; set TANLU_HOME to a folder you can write to.",
            ),
        )
    return folder
