"""A Result with known figures, as a tool would return it, and a ledger to put it in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.ledger import Call, Ledger, Numbers, numbered
from assistant.store import Store
from data.text import Text
from tools.charts.specs import XY, Chart, Series
from tools.result import Account, Basis, Citation, Column, Draft, Ref, Result, Table, sentence


def guangdong() -> Result:
    """Guangdong 2017: total 556.86, power and heat 297.78 Mt CO2, the share, a fall, a target's clause."""
    draft = Draft(Text("广东2017年碳排放", "CO2 of Guangdong, 2017"))
    place = {"region": "Guangdong", "year": 2017, "account": Account.SCOPE1, "source": "co2"}
    total = draft.fact(
        Text("广东2017年二氧化碳排放", "CO2 emissions of Guangdong, 2017"),
        556.859,
        "Mt CO2",
        basis=Basis.OBSERVED,
        low=520.0,
        high=590.0,
        **place,
    )
    power = draft.fact(
        Text("广东2017年电力热力排放", "CO2 of power and heat, Guangdong, 2017"),
        297.778,
        "Mt CO2",
        basis=Basis.OBSERVED,
        sector="Production and supply of electric power and heat power",
        **place,
    )
    share = draft.fact(
        Text("电力热力占广东2017年排放的比重", "Share of power and heat in Guangdong's CO2, 2017"),
        53.4745,
        "%",
        basis=Basis.DERIVED,
        **place,
    )
    fall = draft.fact(
        Text("广东2016至2017年排放变化", "Change of Guangdong's CO2, 2016 to 2017"),
        -3.214,
        "%",
        basis=Basis.DERIVED,
        **place,
    )
    clause = draft.cite(
        Citation(
            document="cn-ap-2030",
            title=Text("2030年前碳达峰行动方案", "Action Plan for Carbon Peaking Before 2030"),
            clause="二",
            url=None,
            digest=Text(
                "到2030年非化石能源消费比重达到25%左右。",
                "By 2030 non-fossil energy is to be about 25% of consumption.",
            ),
            verified=True,
        )
    )
    draft.lead(
        "2017年广东二氧化碳排放为{0:range}，其中电力热力{1}，占{2}。",
        "Guangdong emitted {0:range} in 2017, of which power and heat {1}, a share of {2}.",
        total,
        power,
        share,
    )
    draft.lead("比2016年下降{0:abs} {c0}。", "That is {0:abs} lower than in 2016 {c0}.", fall, citations=(clause,))
    table = draft.table(
        Table(
            title=Text("广东2017年排放", "Emissions of Guangdong, 2017"),
            columns=(
                Column(name=Text("行业", "Sector")),
                Column(name=Text("排放", "Emissions"), unit="Mt CO2"),
                Column(name=Text("占比", "Share"), unit="%"),
            ),
            rows=(
                (Text("电力热力", "Power and heat"), Ref(fact=power), Ref(fact=share)),
                (Text("合计", "Total"), Ref(fact=total), None),
            ),
        )
    )
    chart = draft.chart(
        Chart(
            kind="bar",
            title=Text("广东2017年排放", "Emissions of Guangdong, 2017"),
            spec=XY(
                x=(Text("电力", "Power"),),
                series=(Series(name=Text("排放", "Emissions"), y=(297.778,)),),
                unit="Mt CO2",
                y_title=Text("排放", "Emissions"),
            ),
        )
    )
    draft.section(
        Text("分行业", "By sector"),
        [sentence("电力热力最多，{0}。", "Power and heat leads with {0}.", power)],
        tables=(table,),
        charts=(chart,),
    )
    draft.method.append(Text("直接引用清单数值", "Figures of the inventory as published"))
    draft.caveats.append(Text("清单为范围一。", "The inventory is scope 1."))
    draft.suggestions.append(Text("山东呢？", "And Shandong?"))
    return draft.result()


def call_of(result: Result, numbers: Numbers | None = None, name: str = "T1") -> Call:
    """A numbered call with that Result."""
    call = Call(
        id=name, tool="figures", title=result.title, arguments={"place": "Guangdong"}, seconds=0.01, result=result
    )
    return numbered(call, numbers or Numbers({}), {})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "conversations.sqlite")
    yield opened
    opened.close()


@pytest.fixture
def ledger(store: Store) -> Ledger:
    return Ledger(store)
