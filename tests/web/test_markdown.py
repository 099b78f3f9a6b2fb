"""An answer's Markdown as blocks: marks, charts, folds, tables; nothing that could harm a reader."""

from __future__ import annotations

import pytest

from assistant.web.markdown import blocks


def test_marks_become_links_that_cling_to_their_figure() -> None:
    (block,) = blocks("排放 2.98亿吨 [F1]，见 [P2]。", "A1")
    assert '2.98亿吨<a class="mark fact" data-mark="F1" href="/api/answers/A1/facts/F1">F1</a>，' in block
    assert '<a class="mark clause" data-mark="P2" href="/api/answers/A1">P2</a>' in block


def test_a_line_places_a_chart() -> None:
    assert blocks("a\n\n[[C3]]\n\nb", "A1")[1].strip() == '<figure class="chart" data-chart="C3"></figure>'


def test_tables_align_figures_and_offer_csv_and_excel() -> None:
    caption, table = blocks(
        "**表：排放** [B2]\n\n| 行业 | 排放 |\n|---|---|\n| 电力 | 2.98 [F1] |\n| 建材 | 无数据 |", "A1"
    )
    assert caption.startswith('<p class="caption"><strong>表：排放</strong>')
    assert 'href="/api/answers/A1/tables/B2.csv" download>CSV</a>' in caption
    assert 'href="/api/answers/A1/tables/B2.xlsx" download>Excel</a>' in caption
    assert '<th>行业</th>\n<th class="number">排放</th>' in table
    assert '<td class="number">2.98<a' in table


def test_a_folded_part_keeps_its_markdown() -> None:
    whole = blocks("前\n\n<details><summary>更多 [F4]</summary>\n\n**粗**\n\n[[C2]]\n\n</details>\n\n后", "A1")
    assert len(whole) == 3
    assert whole[1].startswith("<details><summary>更多<a")
    assert "<strong>粗</strong>" in whole[1]
    assert 'data-chart="C2"' in whole[1]


def test_a_fold_still_streaming_is_shown_as_far_as_it_is_known() -> None:
    assert blocks("<details><summary>多</summary>\n\n一句", "A1")[0].endswith("<p>一句</p>\n</div></details>")


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![x](http://evil.example/x.png)",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,xxxx)",
        "[x](//evil.example)",
        "[F1]: http://evil.example\n\n[F1]",
        "<details><summary><img src=x onerror=alert(1)></summary>\n\nx\n\n</details>",
        '| a |\n|---|\n| <b onclick="x()">1</b> |',
        "<details open ontoggle=alert(1)>",
    ],
)
def test_no_script_no_foreign_image_no_disguised_link(attack: str) -> None:
    html = "".join(blocks(attack, 'A1"><script>')).lower()
    for harm in ("<script", "<img", 'href="javascript', 'href="data', 'href="//', "<b ", "<details open ont"):
        assert harm not in html
    assert 'href="http://evil.example" target' not in html or "[x]" not in attack


def test_earlier_blocks_do_not_change_while_text_streams_in() -> None:
    text = "# 标题\n\n第一段 [F1]。\n\n- 甲\n- 乙\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n末段。\n\n"
    whole = blocks(text, "A1")
    for end in range(0, len(text), 3):
        part = blocks(text[:end], "A1")
        assert part[:-1] == whole[: max(0, len(part) - 1)]


def test_parts_under_given_headings_are_folded_up_to_the_next_of_their_level() -> None:
    text = "# 题\n\n## 一\n\n甲\n\n## 二 [F1]\n\n乙\n\n### 小\n\n丙\n\n## 三\n\n丁"
    whole = blocks(text, "A1", frozenset({"二 [F1]", "无此节"}))
    folds = [b for b in whole if b.startswith("<details>")]
    assert len(folds) == 1
    assert "乙" in folds[0]
    assert "<h3>小</h3>" in folds[0]
    assert "丁" not in folds[0]
    assert any("<h2>三</h2>" in b for b in whole)
    assert blocks(text, "A1", frozenset({"三"}))[-1].endswith("<p>丁</p>\n</div></details>")


def test_columns_are_as_wide_as_their_words_need() -> None:
    rows = "| 甲 | 5.1 | 电力、热力的生产和供应业 | " + "无法判断：模型的口径与官方统计不同。" * 3 + " |"
    (table,) = blocks(f"| 名 | 值 | 行业 | 说明 |\n|---|---|---|---|\n{rows}", "A1")
    assert "<td>甲</td>" in table
    assert '<td class="number">5.1</td>' in table
    assert '<td class="words">电力' in table
    assert '<td class="sentences">无法' in table
    assert "table long" not in table


def test_row_names_are_not_figures_even_where_they_count() -> None:
    (table,) = blocks("| 年 | 期 | 值 |\n|---|---|---|\n| 2017 | 15th FYP | 1,234 |\n| 2018 | 16th FYP | -5 |", "A1")
    assert "<td>2017</td>" in table
    assert "<td>15th FYP</td>" in table
    assert '<td class="number">-5</td>' in table


def test_a_wall_of_labelled_sentences_becomes_a_list() -> None:
    long = "，".join(["排放逐年下降"] * 12)
    (shown,) = blocks(f"减多少：{long}。何时：{long}（口径：范围一）。怎么连减：{long}。", "A1")
    assert shown.count("<li>") == 3
    assert "<strong>何时</strong>：" in shown
    assert "口径：范围一" in shown
    (english,) = blocks(f"How much: {'falls ' * 40}. Where: {'power ' * 30}.", "A1")
    assert "<strong>Where</strong>: power" in english
    assert blocks("口径：范围一。来源：清单。", "A1") == ["<p>口径：范围一。来源：清单。</p>\n"]


@pytest.mark.parametrize("basis", ["口径：领土排放。", "Basis: territorial emissions."])
def test_what_the_figures_rest_on_is_never_folded_away(basis: str) -> None:
    whole = blocks(f"答\n\n## 附\n\n甲\n\n{basis}", "A1", frozenset({"附"}))
    assert "甲" in whole[1] and whole[1].startswith("<details>")
    assert whole[2] == f"<p>{basis}</p>\n"
