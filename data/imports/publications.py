"""What to cite for an imported file: by its layout the publication, else the user's own file by name and checksum."""

from __future__ import annotations

from data.imports.forms import ReadInventory, ReadTable
from data.package import Source
from data.text import Text, same

TERMS = Text(
    "用户导入的文件，条款以发布者为准；不随碳路分发。",
    "Imported by the user; its publisher's terms apply. Not distributed with Tanlu.",
)
MRIO_2017 = Source(
    "ceads-mrio-2017",
    same(
        "CEADs; Zheng, H., Bai, Y., Wei, W., Meng, J., Zhang, Z., Song, M. & Guan, D. (2021). Chinese provincial "
        "multi-regional input-output database for 2012, 2015, and 2017. Scientific Data 8, 244. "
        "doi:10.1038/s41597-021-01023-5"
    ),
    TERMS,
    "https://doi.org/10.1038/s41597-021-01023-5",
)
MRIO_2020 = Source(
    "ceads-mrio-2020",
    same(
        "CEADs; Li, J., Zhang, Z., Liang, D., Ouyang, Q., Tian, P., Guan, D. & Zheng, H. (2026). China's Provincial "
        "Multi-Regional Input-Output Database for 2018 and 2020. Scientific Data. doi:10.1038/s41597-025-06543-y"
    ),
    TERMS,
    "https://doi.org/10.1038/s41597-025-06543-y",
)
_BY_YEAR = {2012: MRIO_2017, 2015: MRIO_2017, 2017: MRIO_2017, 2018: MRIO_2020, 2020: MRIO_2020}
INVENTORIES = ("ceads-inventories", "ceads-2018", "ceads-2020", "ceads-2021")  # sources of the starter dataset


def own_file(file: str, sha256: str) -> Source:
    """The user's own file as a source; who made it is the user's to say."""
    return Source(
        f"file-{sha256[:12]}",
        Text(
            f"用户导入的文件 {file}（SHA-256 {sha256[:12]}…）；引用时请注明其原始出版物。",
            f"File {file}, imported by the user (SHA-256 {sha256[:12]}…); cite the publication it comes from.",
        ),
        TERMS,
        "docs/import.md",
    )


def publication(read: ReadTable | ReadInventory, layout: str, file: str, sha256: str) -> tuple[Source, ...]:
    """The source to cite for what was read. Inventories in the CEADs layout cite those the starter names already, by id:
    for them the tuple holds the file itself, as a record of which issue it was."""
    if isinstance(read, ReadTable) and layout == "ceads-mrio" and read.year in _BY_YEAR:
        return (_BY_YEAR[read.year],)
    return (own_file(file, sha256),)


__all__ = ["INVENTORIES", "MRIO_2017", "MRIO_2020", "TERMS", "own_file", "publication"]
