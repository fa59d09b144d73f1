"""What a tagged file is told in, in both languages."""

from typing import Final

from gridgov.language import Messages
from gridgov.meanings import terms

__all__ = ["WORDS"]

WORDS: Final = Messages(
    {
        **terms("status-means", "reason"),
        "datum.gcj02": ("GCJ-02 (Amap, Tencent)", "GCJ-02（高德、腾讯）"),
        "datum.bd09": ("BD-09 (Baidu)", "BD-09（百度）"),
        "unnamed": (
            (
                "No rule names {kinds:category|categories} of column {column} ({rows:row|rows}); "
                "add them to the rules:"
            ),
            "“{column}”列中有 {kinds} 个类别没有规则（{rows} 行）；请补入规则表：",
        ),
        "rows": ("{rows:row|rows} from {file}, {how}", "{file}：{rows} 行，{how}"),
        "width": ("{m:g} m", "{m:g} 米"),
        "accuracy width": (
            "its accuracy ({column}; at least {m:g} m)",
            "其定位精度（{column}，至少 {m:g} 米）",
        ),
        "its points": ("its points", "其点位"),
        "no coordinates": ("no coordinates", "没有坐标列"),
        "coordinates": ("coordinates from {columns}, read as {datum}", "坐标取自 {columns}，按 {datum}读取"),
        "coordinates not stated": (
            "coordinates from {columns}, read as {datum} (not stated, so taken as such)",
            "坐标取自 {columns}，按 {datum}读取（未说明，视同如此）",
        ),
        "review": (
            (
                "To review: {rows:row|rows}, where a cell within {width} would change the owner or handler "
                "(column review)."
            ),
            "待复核：{rows} 行，{width}之内另有单元，责任主体或处置单位会不同（列 review）。",
        ),
        "rejects": (
            "Without an answer: {rows:row|rows} ({share}); in the output, and to be mended and fed again: {file}",
            "未能归格：{rows} 行（{share}）；输出中保留，改正后可重新导入：{file}",
        ),
        "handlers": ("Handlers: {n:,}", "处置单位：{n:,} 个"),
        "no handler": ("located, but no rule says who handles them", "已定位，但没有规则说明由谁处置"),
        "more": ("in {n:,} more", "其余 {n:,} 个"),
        "written": ("Written: {file}", "已写出：{file}"),
        "written as": ("Written: {file} ({form})", "已写出：{file}（{form}）"),
        "replaced": ("  Replaced in it: {columns}", "  其中替换了列：{columns}"),
        "note": ("Note: {note}", "注意：{note}"),
        "limit": (
            "More rows without an answer than --max-rejects {limit} allows, so the exit code is 4.",
            "未能归格的行数超过 --max-rejects {limit}，退出码为 4。",
        ),
        "reach.handler": (
            "Rows that would have another handler if the point stood so far off:",
            "点位若偏离下列距离，处置单位会不同的行：",
        ),
        "reach.owner": (
            "Rows that would have another owner if the point stood so far off:",
            "点位若偏离下列距离，责任主体会不同的行：",
        ),
        "within": ("within {m:g} m", "{m:g} 米之内"),
        "accuracy.blank": ("  {rows:row|rows} without an accuracy.", "  {rows} 行没有定位精度。"),
        "accuracy.unusable": (
            "  {rows:row|rows} with an accuracy that is no number of metres; it was not used.",
            "  {rows} 行的定位精度不是米数，未采用。",
        ),
        "accuracy.beyond": (
            "  {rows:row|rows} with an accuracy of more than {most:g} m; {most:g} m was taken.",
            "  {rows} 行的定位精度超过 {most:g} 米，按 {most:g} 米计。",
        ),
        "accuracy of all": (
            "  --accuracy-m {m:g} is more than {most:g} m; {most:g} m was taken.",
            "  --accuracy-m {m:g} 超过 {most:g} 米，按 {most:g} 米计。",
        ),
        "doubts": ("Coordinates to doubt:", "可疑坐标："),
    }
)
