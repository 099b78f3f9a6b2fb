"""What tools found is kept under ids that never change and never come back."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from assistant.ledger import Call, Ledger, Trouble, numbered
from assistant.store import Store
from data.errors import NotAvailable, StateError, UnknownName
from data.text import Text
from tests.conversation.conftest import call_of, guangdong


def test_ids_follow_the_results_order_and_are_found_again(ledger: Ledger) -> None:
    call = call_of(guangdong())
    ledger.record("c", "a1", [call])
    assert call.ids.facts == ("F1", "F2", "F3", "F4")
    assert (call.ids.citations, call.ids.tables, call.ids.charts) == (("P1",), ("B1",), ("C1",))
    assert ledger.fact("c", "F2").value == 297.778
    assert ledger.citation("c", "P1").document == "cn-ap-2030"
    assert ledger.chart("c", "C1").kind == "bar"
    assert ledger.table("c", "B1")[0].columns[1].unit == "Mt CO2"


def test_evidence_survives_a_restart_in_both_languages(store: Store, ledger: Ledger) -> None:
    call = call_of(guangdong())
    ledger.record("c", "a1", [call])
    again = Ledger(store)
    assert again.call("c", "T1") == call
    assert again.fact("c", "F1").label == Text("广东2017年二氧化碳排放", "CO2 emissions of Guangdong, 2017")


def test_ids_are_never_reused_in_a_conversation_and_start_anew_in_another(ledger: Ledger) -> None:
    ledger.record("c", "a1", [call_of(guangdong())])
    numbers = ledger.numbers("c")
    second = call_of(guangdong(), numbers, numbers.next("T"))
    ledger.record("c", "a2", [second])
    assert second.id == "T2"
    assert second.ids.facts == ("F5", "F6", "F7", "F8")
    assert ledger.numbers("other").next("F") == "F1"
    with pytest.raises(StateError):  # giving an id twice is refused by the store itself
        ledger.record("c", "a3", [call_of(guangdong(), ledger.numbers("new"), "T3")])
    with pytest.raises(UnknownName):  # and nothing of that call was stored
        ledger.call("c", "T3")


def test_a_clause_cited_twice_in_an_answer_keeps_its_id(ledger: Ledger) -> None:
    numbers, cited = ledger.numbers("c"), {}  # type: ignore[var-annotated]
    calls = [
        numbered(
            Call(id=n, tool="figures", title=Text("甲", "a"), arguments={}, seconds=0.0, result=guangdong()),
            numbers,
            cited,
        )
        for n in ("T1", "T2")
    ]
    ledger.record("c", "a1", calls)
    assert [c.ids.citations for c in calls] == [("P1",), ("P1",)]
    assert [c.id for c in ledger.calls("c", "a1")] == ["T1", "T2"]


def test_ten_calls_come_back_in_order(ledger: Ledger) -> None:
    calls = [Call(id=f"T{n}", tool="x", title=Text("甲", "a"), arguments={}, seconds=0.0) for n in range(1, 13)]
    ledger.record("c", "a", calls)
    assert [c.id for c in ledger.calls("c", "a")] == [f"T{n}" for n in range(1, 13)]


@pytest.mark.parametrize("name", ["F9", "T7", "P1", "nonsense", ""])
def test_an_id_never_given_is_unknown(ledger: Ledger, name: str) -> None:
    with pytest.raises(UnknownName):
        ledger.find("c", name)
    with pytest.raises(UnknownName):
        ledger.fact("c", name)


def test_an_id_of_another_kind_or_conversation_is_no_fact(ledger: Ledger) -> None:
    ledger.record("c", "a1", [call_of(guangdong())])
    for conversation, name in (("c", "B1"), ("c", "T1"), ("d", "F1")):
        with pytest.raises(UnknownName):
            ledger.fact(conversation, name)


def test_a_failed_call_is_kept_with_its_trouble(ledger: Ledger) -> None:
    trouble = Trouble.of(NotAvailable("no_year", Text("没有", "none"), ("2019",)))
    call = Call(id="T1", tool="figures", title=Text("甲", "a"), arguments={"year": 2030}, seconds=0.1, trouble=trouble)
    ledger.record("c", "a1", [numbered(call, ledger.numbers("c"), {})])
    kept = Ledger(ledger._store).call("c", "T1")
    assert (kept.status, kept.trouble) == ("error", trouble)


def test_a_file_that_is_no_database_is_told_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "conversations.sqlite"
    path.write_text("this is not a database, but it is long enough to be read as the head of one" * 20)
    with pytest.raises(StateError, match=r"conversations\.sqlite"):
        Store(path)


def test_two_openers_see_each_others_writing(tmp_path: Path) -> None:
    one, two = Store(tmp_path / "x.sqlite"), Store(tmp_path / "x.sqlite")
    Ledger(one).record("c", "a", [call_of(guangdong())])
    assert Ledger(two).fact("c", "F1").value == 556.859
    journal = sqlite3.connect(tmp_path / "x.sqlite").execute("PRAGMA journal_mode").fetchone()
    assert journal == ("wal",)
    one.close()
    two.close()
