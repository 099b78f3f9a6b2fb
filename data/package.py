"""What a dataset says of itself: fields, tables and sources, as in a Frictionless data package.

``datapackage.json`` keeps to the Frictionless standard (resources, schema.fields, primaryKey, sources, licenses) and
adds what it lacks: every human string in both languages, a unit per column, checksum, bytes and rows per file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from data.text import Text

FieldType = Literal["string", "integer", "number", "boolean"]
BY_ROW = "by row"  # the unit of a column whose unit stands in the row's own ``unit`` column


@dataclass(frozen=True, slots=True)
class Field:
    """A column. ``unit`` is a spelling of tools.units.UNITS, BY_ROW, or None for keys, names and notes.

    ``required``: no missing values. A missing value is "no data", never zero.
    """

    name: str
    type: FieldType
    description: Text
    unit: str | None = None
    required: bool = True


@dataclass(frozen=True, slots=True)
class Source:
    """A publication with its full citation, its own terms and its official address."""

    id: str
    citation: Text
    licence: Text
    url: str


@dataclass(frozen=True, slots=True)
class Resource:
    """A table of a dataset as ``datapackage.json`` describes it; ``path`` is relative to the dataset's folder."""

    name: str
    path: str
    title: Text
    description: Text
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    sources: tuple[str, ...]
    licence: Text
    sha256: str
    bytes: int
    rows: int


@dataclass(frozen=True, slots=True)
class Checked:
    """A check made when a file was imported: whether it held, the figures behind it and the cell, if one stands for it."""

    name: Text
    ok: bool
    detail: Text
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class Import:
    """Where an imported part of a dataset comes from, and how its arrays are to be read.

    ``id`` opens the names of its arrays and tables (``mrio_<id>_A``): the year of an interprovincial table, else "own"
    with a number; "inventory" for inventories. ``layout`` is the reader's name for the file's form, ``sources`` the publication to cite.
    ``classification`` "A" or "B" is the list of sectors in the file; the arrays of both stand in the 42 sectors of
    list B, ``absent`` naming those the file does not tell apart. ``own``: regions and sectors as labelled in the file.
    ``cells``: what an inventory replaced, as "GD 2017".
    """

    id: str
    kind: Literal["table", "inventory"]
    file: str
    sheet: str
    sha256: str
    imported: str  # ISO date
    layout: str
    sources: tuple[str, ...]
    years: tuple[int, ...] = ()
    classification: Literal["A", "B", "own", ""] = ""
    regions: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    money: str = ""
    absent: tuple[int, ...] = ()
    cells: tuple[str, ...] = ()
    checks: tuple[Checked, ...] = ()
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Base:
    """The dataset an imported one was built from, and the SHA-256 of its description at that time."""

    id: str
    version: str
    checksum: str


def base_to_json(base: Base) -> dict[str, str]:
    """A base as it stands under ``base`` of ``datapackage.json``."""
    return {"id": base.id, "version": base.version, "hash": f"sha256:{base.checksum}"}


def base_from_json(value: dict[str, str] | None) -> Base | None:
    """The inverse of ``base_to_json``; None where a dataset has no base. Raises KeyError or AttributeError."""
    return None if value is None else Base(value["id"], value["version"], value["hash"].removeprefix("sha256:"))


def import_to_json(found: Import) -> dict[str, Any]:
    """An import as it stands under ``imports`` of ``datapackage.json``."""
    plain = {name: getattr(found, name) for name in _PLAIN}
    for name in _LISTS:
        plain[name] = list(getattr(found, name))
    plain["checks"] = [
        {"name": _both(c.name), "ok": c.ok, "detail": _both(c.detail), "cell": c.cell} for c in found.checks
    ]
    plain["notes"] = [_both(note) for note in found.notes]
    return plain


def import_from_json(value: dict[str, Any]) -> Import:
    """The inverse of ``import_to_json``. Raises KeyError, TypeError or ValueError on a malformed entry."""
    plain: dict[str, Any] = {name: value[name] for name in _PLAIN}
    plain |= {name: tuple(value[name]) for name in _LISTS if name != "cells" or name in value}
    plain["checks"] = tuple(
        Checked(_text(c["name"]), bool(c["ok"]), _text(c["detail"]), c["cell"]) for c in value["checks"]
    )
    plain["notes"] = tuple(_text(note) for note in value["notes"])
    return Import(**plain)


_PLAIN = ("id", "kind", "file", "sheet", "sha256", "imported", "layout", "classification", "money")
_LISTS = ("sources", "years", "regions", "sectors", "categories", "absent", "cells")


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _text(value: dict[str, str]) -> Text:
    return Text(value["zh"], value["en"])


def field_to_json(field: Field) -> dict[str, Any]:
    """A field as it stands in ``schema.fields``."""
    described: dict[str, Any] = {"name": field.name, "type": field.type}
    if field.unit is not None:
        described["unit"] = field.unit
    described["description"] = field.description.en
    described["descriptions"] = _both(field.description)
    described["constraints"] = {"required": field.required}
    return described


def field_from_json(value: dict[str, Any]) -> Field:
    """The inverse of ``field_to_json``. Raises KeyError or ValueError on a malformed entry."""
    required = bool(value.get("constraints", {}).get("required", False))
    return Field(value["name"], value["type"], _text(value["descriptions"]), value.get("unit"), required)


def resource_to_json(resource: Resource, sources: dict[str, Source]) -> dict[str, Any]:
    """A resource as it stands in ``resources``; ``sources`` are repeated there as Frictionless wants them."""
    return {
        "name": resource.name,
        "path": resource.path,
        "profile": "tabular-data-resource",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "title": resource.title.en,
        "titles": _both(resource.title),
        "description": resource.description.en,
        "descriptions": _both(resource.description),
        "schema": {
            "fields": [field_to_json(f) for f in resource.fields],
            "primaryKey": list(resource.primary_key),
        },
        "sources": [
            {"id": key, "title": sources[key].citation.en, "path": sources[key].url} for key in resource.sources
        ],
        "licenses": [{"name": "source-terms", "title": resource.licence.en, "titles": _both(resource.licence)}],
        "hash": f"sha256:{resource.sha256}",
        "bytes": resource.bytes,
        "rows": resource.rows,
    }


def resource_from_json(value: dict[str, Any]) -> Resource:
    """The inverse of ``resource_to_json``. Raises KeyError, TypeError or ValueError on a malformed entry."""
    return Resource(
        name=value["name"],
        path=value["path"],
        title=_text(value["titles"]),
        description=_text(value["descriptions"]),
        fields=tuple(field_from_json(f) for f in value["schema"]["fields"]),
        primary_key=tuple(value["schema"]["primaryKey"]),
        sources=tuple(s["id"] for s in value["sources"]),
        licence=_text(value["licenses"][0]["titles"]),
        sha256=value["hash"].removeprefix("sha256:"),
        bytes=int(value["bytes"]),
        rows=int(value["rows"]),
    )


def source_to_json(source: Source) -> dict[str, Any]:
    """A source as it stands at the package's top level."""
    return {
        "id": source.id,
        "title": source.citation.en,
        "path": source.url,
        "citations": _both(source.citation),
        "licences": _both(source.licence),
    }


def source_from_json(value: dict[str, Any]) -> Source:
    """The inverse of ``source_to_json``. Raises KeyError or ValueError on a malformed entry."""
    return Source(value["id"], _text(value["citations"]), _text(value["licences"]), value["path"])
