"""What the system says of a file, in both languages, and the error for a place that cannot be written."""

from __future__ import annotations

import errno
from pathlib import Path

from data.errors import StateError
from data.text import Text

_PLAIN = Text("系统报错", "the system refuses")
_REASONS = {
    errno.EACCES: Text("没有权限", "permission denied"),
    errno.EPERM: Text("没有权限", "permission denied"),
    errno.EROFS: Text("所在磁盘只读", "the disk is read-only"),
    errno.ENOSPC: Text("磁盘空间不足", "the disk is full"),
    errno.EDQUOT: Text("超出磁盘配额", "the disk quota is used up"),
    errno.ENOENT: Text("路径不存在", "there is no such path"),
    errno.ENOTDIR: Text("路径中有一段不是目录", "a part of the path is no folder"),
    errno.EISDIR: Text("这是一个目录", "it is a folder"),
    errno.EEXIST: Text("已存在同名文件", "a file of that name exists"),
    errno.ENAMETOOLONG: Text("名称过长", "the name is too long"),
    errno.EADDRNOTAVAIL: Text("本机没有这个地址", "this machine has no such address"),
}


def system_reason(error: OSError) -> Text:
    """Why the system refused; by its number, never in the system's own language."""
    return _REASONS.get(error.errno or 0, _PLAIN)


def unwritable(code: str, path: Path, error: OSError) -> StateError:
    """The error for a file or folder that cannot be written."""
    why = system_reason(error)
    return StateError(
        code,
        Text(
            f"无法写入 {path}（{why.zh}）；请换一个可写的位置。",
            f"{path} cannot be written ({why.en}); choose a place you can write to.",
        ),
    )
