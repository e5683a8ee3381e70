"""The usual reasons for which a disk or a network refuses, in Chinese: the system gives them in English."""

from __future__ import annotations

import errno
import os
from typing import TypeVar

_Value = TypeVar("_Value")

_ZH = {
    os.strerror(code): said
    for code, said in (
        (errno.ENOENT, "没有这个文件或目录"),
        (errno.EACCES, "没有权限"),
        (errno.EPERM, "不允许这样做"),
        (errno.EROFS, "只读，不能写入"),
        (errno.ENOSPC, "磁盘已满"),
        (errno.EISDIR, "这是一个目录"),
        (errno.ENOTDIR, "路径中有一部分不是目录"),
        (errno.EEXIST, "已经存在"),
        (errno.ENAMETOOLONG, "文件名太长"),
        (errno.EIO, "读写出错"),
        (errno.EMFILE, "打开的文件太多"),
        (errno.EADDRINUSE, "地址已被占用"),
        (errno.EADDRNOTAVAIL, "没有这个地址"),
    )
}


def reason_in_chinese(reason: _Value) -> _Value | str:
    """Return a reason of the operating system in Chinese; any other value as it is."""
    return _ZH.get(reason, reason) if isinstance(reason, str) else reason
