"""Why a map cannot be made; what the page itself says stands in `gridgov.mapview.words`."""

from typing import Final

from gridgov.language import Messages

__all__ = ["WORDS"]

WORDS: Final = Messages(
    {
        "no_column": (
            "there is no column '{name}' to show (--show); cells have {there}",
            "没有可显示的列“{name}”（--show）；单元有 {there}",
        ),
        "no_column_at_all": (
            "there is no column '{name}' to show (--show); cells have {there}; incidents have {rows}",
            "没有可显示的列“{name}”（--show）；单元有 {there}；事件有 {rows}",
        ),
        "many_incidents": (
            (
                "{source}: {n:incident|incidents} with a place are too many for a map, which holds {most:,}; "
                "give it a part of them, such as one month"
            ),
            "{source}：有位置的事件 {n} 件，超过一张地图能容纳的 {most:,} 件；请只给一部分，例如一个月",
        ),
        "large_number": ("a number is too large for the page", "有一个数值超出页面能容纳的范围"),
    }
)
