"""Where own figures live: under TANLU_HOME/own, one folder for each owner, one file for each province or scenario.

Nobody but the owner reaches them. A file is written aside and renamed, under a lock, so a reader sees the old or the new one.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from data.classification import PROVINCES, Place, find_place, place
from data.errors import Conflict, StateError, TanluError, UnknownName
from data.home import state_folder
from data.own.figures import Figure, provinces_of
from data.own.problems import harmless
from data.text import Text

ROOM = "own"
LOCAL = "local"  # the one user of this machine, until access control exists
_LOCK_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Holding:
    """The figures of one province, as last given."""

    place: Place
    file: str
    added: str
    figures: tuple[Figure, ...]

    @property
    def name(self) -> str:
        """What it is listed and removed by."""
        return self.place.code

    @property
    def checksum(self) -> str:
        """Of what the figures say; the same figures give the same sum, whoever gave them."""
        said = sorted((f.item, f.sector, f.year, f.value, f.detail, f.line, f.given, f.note) for f in self.figures)
        return hashlib.sha256(json.dumps([self.place.code, said]).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ScenarioFile:
    """A named list of changes (``kind``, ``value``, ``year``), already found sound by the tools that know them."""

    name: str
    file: str
    added: str
    changes: tuple[dict[str, Any], ...]


class OwnFigures:
    """What one owner has given. Reads and writes at each call, so every process sees the latest state."""

    def __init__(self, owner: str = LOCAL) -> None:
        self.owner = owner
        safe = owner if owner.isascii() and owner.isalnum() else hashlib.sha256(owner.encode()).hexdigest()
        self._parts = (ROOM, safe)

    def holdings(self) -> tuple[Holding, ...]:
        """The figures there are, in the provinces' standard order. Raises StateError where a file is broken."""
        return tuple(h for p in PROVINCES if (h := self.holding(p.code)) is not None)

    def holding(self, code: str) -> Holding | None:
        """The figures of a province; None where none were given. Raises StateError where the file is broken."""
        told = self._read(self._path(f"figures-{code}"))
        if told is None:
            return None
        try:
            return Holding(
                place(told["place"]), told["file"], told["added"], tuple(Figure(**f) for f in told["figures"])
            )
        except (KeyError, TypeError) as error:
            raise self._broken() from error

    def scenarios(self) -> tuple[ScenarioFile, ...]:
        """The scenario files there are, by name. Raises StateError where one is broken."""
        found = []
        for path in sorted(self._folder().glob("scenario-*.json")):
            told = self._read(path)
            if told is not None:
                try:
                    found.append(ScenarioFile(told["name"], told["file"], told["added"], tuple(told["changes"])))
                except (KeyError, TypeError) as error:
                    raise self._broken() from error
        return tuple(sorted(found, key=lambda s: s.added, reverse=True))

    def scenario(self, name: str = "") -> ScenarioFile | None:
        """The scenario file of a name, or the latest; None where there is none."""
        found = self.scenarios()
        if not name:
            return found[0] if found else None
        wanted = name.strip().casefold()
        return next((s for s in found if wanted in (s.name.casefold(), s.file.casefold())), None)

    def keep(self, figures: tuple[Figure, ...], file: str, *, replace: bool = False) -> tuple[Holding, ...]:
        """Keep checked figures, by province. Raises Conflict where a province has some already and ``replace`` is not set."""
        places = provinces_of(figures)
        now = _now()
        with self._locked():
            old = [p for p in places if self._path(f"figures-{p.code}").is_file()]
            if old and not replace:
                raise _present(old)
            kept = [
                Holding(p, harmless(file, 80), now, tuple(f for f in figures if f.province == p.code)) for p in places
            ]
            for h in kept:
                self._write(
                    self._path(f"figures-{h.place.code}"),
                    {
                        "place": h.place.code,
                        "file": h.file,
                        "added": h.added,
                        "figures": [asdict(f) for f in h.figures],
                    },
                )
        return tuple(kept)

    def keep_scenario(
        self, name: str, file: str, changes: tuple[dict[str, Any], ...], *, replace: bool = False
    ) -> ScenarioFile:
        """Keep a checked scenario under its name. Raises Conflict where there is one and ``replace`` is not set."""
        new = ScenarioFile(harmless(name, 60) or "scenario", harmless(file, 80), _now(), changes)
        path = self._path("scenario-" + hashlib.sha256(new.name.casefold().encode()).hexdigest()[:24])
        with self._locked():
            if path.is_file() and not replace:
                raise Conflict(
                    "scenario_present",
                    Text(f"已有名为“{new.name}”的情景文件；如要替换，请确认替换。",
                         f"There is a scenario file '{new.name}' already; confirm to replace it."),
                    (new.name,),
                )  # fmt: skip
            self._write(path, asdict(new))
        return new

    def remove(self, name: str) -> str:
        """Delete the figures of a province or a scenario file, by name; gives the name. Raises UnknownName."""
        with self._locked():
            for s in self.scenarios():
                if name.strip().casefold() == s.name.casefold():
                    self._path("scenario-" + hashlib.sha256(s.name.casefold().encode()).hexdigest()[:24]).unlink(
                        missing_ok=True
                    )
                    return s.name
            code = _code(name)
            path = self._path(f"figures-{code}")
            if code and path.is_file():
                path.unlink()
                return code
        known = tuple(h.place.name.en for h in self.holdings()) + tuple(s.name for s in self.scenarios())
        shown = harmless(name)
        raise UnknownName(
            "unknown_own_figures",
            Text(f"您的数据中没有“{shown}”；可用 `tanlu figures list` 查看。",
                 f"There is no '{shown}' among your figures; `tanlu figures list` shows what there is."),
            known,
        )  # fmt: skip

    def _folder(self) -> Path:
        folder = state_folder(*self._parts)
        folder.chmod(0o700)
        return folder

    def _path(self, stem: str) -> Path:
        return self._folder() / f"{stem}.json"

    def _read(self, path: Path) -> dict[str, Any] | None:
        try:
            told = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except (ValueError, OSError) as error:
            raise self._broken() from error
        if not isinstance(told, dict):
            raise self._broken()
        return told

    def _write(self, path: Path, told: dict[str, Any]) -> None:
        aside = path.with_suffix(".new")
        try:
            with os.fdopen(
                os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
            ) as opened:
                json.dump(told, opened, ensure_ascii=False, indent=1)
            aside.replace(path)
        except OSError as error:
            raise StateError(
                "own_unwritable",
                Text(f"无法写入 {path.parent}；请检查该目录的权限与空间。",
                     f"{path.parent} cannot be written; check its permissions and free space."),
            ) from error  # fmt: skip

    def _broken(self) -> StateError:
        folder = self._folder()
        return StateError(
            "broken_own_figures",
            Text(f"自有数据的文件已损坏（{folder}）；请删除该目录后重新加入。",
                 f"A file of own figures is broken ({folder}); delete that folder and add them again."),
        )  # fmt: skip

    @contextmanager
    def _locked(self) -> Iterator[None]:
        from filelock import FileLock, Timeout

        try:
            with FileLock(self._folder() / ".lock", timeout=_LOCK_SECONDS):
                yield
        except Timeout as error:
            raise Conflict(
                "own_locked",
                Text("另一个进程正在改动您的数据；请稍后再试。", "Another process is changing your figures; try again in a moment."),
            ) from error  # fmt: skip


def open_own(owner: str = LOCAL) -> OwnFigures:
    """What an owner has given. Reads nothing yet."""
    return OwnFigures(owner)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")


def _code(name: str) -> str:
    try:
        return find_place(name).code
    except TanluError:
        return ""


def _present(old: list[Place]) -> Conflict:
    zh, en = "、".join(p.name.zh for p in old), ", ".join(p.name.en for p in old)
    return Conflict(
        "figures_present",
        Text(f"{zh}已有您先前的数据；确认替换后，旧数据将被新文件取代。",
             f"There are earlier figures of yours for {en}; once you confirm, the new file takes their place."),
        tuple(p.code for p in old),
    )  # fmt: skip


__all__ = ["LOCAL", "Holding", "OwnFigures", "ScenarioFile", "open_own"]
