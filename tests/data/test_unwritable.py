from __future__ import annotations

import errno
import re
from pathlib import Path

import pytest

from data.unwritable import system_reason, unwritable


@pytest.mark.parametrize(
    ("number", "zh", "en"),
    [
        (errno.EACCES, "没有权限", "permission"), (errno.ENOSPC, "空间不足", "full"), (errno.EROFS, "只读", "read-only"),
        (errno.EISDIR, "目录", "folder"), (errno.EIO, "系统报错", "refuses"), (None, "系统报错", "refuses"),
    ],
)  # fmt: skip
def test_what_the_system_says_is_told_in_the_readers_language(number: int | None, zh: str, en: str) -> None:
    error = OSError(number, "Some words of the system") if number is not None else OSError("Some words of the system")
    why = system_reason(error)
    assert zh in why.zh and en in why.en
    told = unwritable("x_unwritable", Path("/there"), error)
    assert (told.code, told.exit_status) == ("x_unwritable", 1)
    assert not re.search(r"[A-Za-z]{3}", told.message.zh.replace("/there", "")) and "Some words" not in told.message.en
