"""The container of a workbook, inspected before anything is read from it: a zip whose parts are XML.

Nothing here believes a header: sizes and checksums are declared by the file and confirmed by unpacking under limits, so
a part that unpacks to more than it says stops at what it said. The parts are parsed as a stream, never held whole.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from data.errors import BadRequest
from data.text import Text

MOST_FILE_BYTES = 256 * 2**20  # a genuine MRIO workbook has 20 to 60 MB
MOST_UNPACKED_BYTES = 1024 * 2**20  # two sheets of genuine size are about 200 MB of XML
MOST_STRINGS_BYTES = 64 * 2**20  # texts of all sheets; they are held in memory whole
MOST_PARTS = 2_000
MOST_RATIO = 200  # XML of numbers packs about 3 to 1, of zeros 10 to 1; bombs 1000 to 1
RATIO_COUNTS_FROM = 4 * 2**20  # small parts may pack as they like
CHUNK = 2**18
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_END = struct.Struct("<4s4H2LH")


def refused(code: str, file: str, zh: str, en: str) -> BadRequest:
    """The error for a file that is not read; both messages begin with its name."""
    return BadRequest(code, Text(f"“{file}”{zh}", f"'{file}' {en}"))


def file_bytes(path: Path) -> bytes:
    """The file's bytes, read once so that what is inspected is what is read. Raises BadRequest file_missing,
    file_too_large."""
    if not path.is_file():
        raise refused(
            "file_missing", path.name, "不存在或不是文件；请检查路径。", "is not there or is no file; check the path."
        )
    limit = f"{MOST_FILE_BYTES >> 20} MB"
    with path.open("rb") as stream:
        content = stream.read(MOST_FILE_BYTES + 1)
    if len(content) > MOST_FILE_BYTES:
        raise refused(
            "file_too_large", path.name,
            f"超过 {limit} 的上限；请只保留投入产出表所在的工作表，另存后再导入。",
            f"is larger than the limit of {limit}; keep only the sheet with the table, save it again and import that.",
        )  # fmt: skip
    return content


class Archive:
    """The parts of a workbook by name. Raises BadRequest on construction: not_xlsx, encrypted, damaged_file, zip_bomb."""

    def __init__(self, content: bytes, file: str) -> None:
        self.file = file
        self.content = content
        _check_signature(content, file)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, struct.error, NotImplementedError) as error:
            raise damaged(file) from error
        self._parts = {info.filename: info for info in self._zip.infolist()}
        self._check_parts()

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the parts, as written."""
        return tuple(self._parts)

    def _check_parts(self) -> None:
        infos = self._zip.infolist()
        if len({info.filename.casefold() for info in infos}) != len(infos):
            raise damaged(self.file)  # two parts of one name: two readers could read two workbooks
        if len(infos) > MOST_PARTS:
            raise bomb(self.file)
        for info in infos:
            if info.flag_bits & 0x1:
                raise encrypted(self.file)
            if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise damaged(self.file)
            if info.file_size > RATIO_COUNTS_FROM and info.file_size > MOST_RATIO * max(info.compress_size, 1):
                raise bomb(self.file)
            if info.filename.casefold().endswith("sharedstrings.xml") and info.file_size > MOST_STRINGS_BYTES:
                raise bomb(self.file)
        if sum(info.file_size for info in infos) > MOST_UNPACKED_BYTES:
            raise bomb(self.file)

    def chunks(self, name: str) -> Iterator[bytes]:
        """A part unpacked piece by piece, never more than it declares. Raises BadRequest damaged_file where size,
        checksum or packing are not as declared, zip_bomb where it unpacks to more; KeyError for a part that is not there."""
        info = self._parts[name]
        start = self._data_start(info)
        packed = memoryview(self.content)[start : start + info.compress_size]
        if len(packed) != info.compress_size:
            raise damaged(self.file)
        pieces = _inflated(packed) if info.compress_type == zipfile.ZIP_DEFLATED else _stored(packed)
        size = checksum = 0
        try:
            for piece in pieces:
                size += len(piece)
                if size > info.file_size:
                    raise bomb(self.file)
                checksum = zlib.crc32(piece, checksum)
                yield piece
        except zlib.error as error:
            raise damaged(self.file) from error
        if size != info.file_size or checksum != info.CRC:
            raise damaged(self.file)

    def _data_start(self, info: zipfile.ZipInfo) -> int:
        header = self.content[info.header_offset : info.header_offset + 30]
        if len(header) != 30 or header[:4] != b"PK\x03\x04":
            raise damaged(self.file)
        name_length, extra_length = struct.unpack("<2H", header[26:30])
        return info.header_offset + 30 + int(name_length) + int(extra_length)


def _inflated(packed: memoryview) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    for start in range(0, len(packed), CHUNK):
        data: bytes | memoryview = packed[start : start + CHUNK]
        while len(data) and not unpacker.eof:
            yield unpacker.decompress(data, CHUNK)
            data = unpacker.unconsumed_tail
    while not unpacker.eof:
        piece = unpacker.decompress(b"", CHUNK)
        if not piece:
            raise zlib.error
        yield piece


def _stored(packed: memoryview) -> Iterator[bytes]:
    for start in range(0, len(packed), CHUNK):
        yield bytes(packed[start : start + CHUNK])


def _check_signature(content: bytes, file: str) -> None:
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise encrypted(file)
        raise refused(
            "not_xlsx", file, "是旧版 Excel（.xls）文件；请在 Excel 中另存为 .xlsx 再导入。",
            "is an old Excel file (.xls); save it as .xlsx in Excel and import that.",
        )  # fmt: skip
    if not content.startswith(b"PK\x03\x04"):
        raise refused(
            "not_xlsx", file, "不是 .xlsx 工作簿；请导入发布的 .xlsx 文件。",
            "is not an .xlsx workbook; import the .xlsx file as published.",
        )  # fmt: skip
    # The directory must stand at the very end: then every reader finds the same one, and a cut file is seen at once.
    end = content[-_END.size :]
    if len(end) != _END.size or not end.startswith(b"PK\x05\x06") or _END.unpack(end)[-1] != 0:
        raise damaged(file)


def damaged(file: str) -> BadRequest:
    """The file is cut or broken."""
    return refused(
        "damaged_file", file, "已截断或损坏；请重新下载，或在 Excel 中打开并另存为 .xlsx 后再导入。",
        "is cut short or damaged; download it again, or open it in Excel, save it as .xlsx and import that.",
    )  # fmt: skip


def encrypted(file: str) -> BadRequest:
    """The file needs a password."""
    return refused(
        "encrypted", file, "设有密码；请在 Excel 中取消密码，另存为 .xlsx 后再导入。",
        "is protected by a password; remove it in Excel, save as .xlsx and import that.",
    )  # fmt: skip


def bomb(file: str) -> BadRequest:
    """The file unpacks to more than any genuine workbook."""
    return refused(
        "zip_bomb", file, "解压后的内容远超正常工作簿，未予读取；请只保留投入产出表所在的工作表，另存为 .xlsx 后再导入。",
        "unpacks to far more than a genuine workbook and was not read; keep only the sheet with the table, save it as "
        ".xlsx and import that.",
    )  # fmt: skip
