"""What `gridgov info` tells of a file, in both languages."""

from typing import Final

from gridgov.language import Messages

__all__ = ["WORDS"]

WORDS: Final = Messages(
    {
        "head": ("{name}   {kind}, {rows:row|rows}{encoding}", "{name}   {kind}，{rows} 行{encoding}"),
        "encoding": (", text in {encoding}", "，文字编码 {encoding}"),
        "label.looks like": ("looks like", "像是"),
        "label.geometry": ("geometry", "几何"),
        "label.position": ("position", "坐标系"),
        "label.extent": ("extent", "范围"),
        "label.columns": ("columns", "列"),
        "label.notes": ("notes", "说明"),
        "shapes": ("{n} {shape}", "{n} 个{shape}"),
        "shape.Polygon": ("Polygon", "面（Polygon）"),
        "shape.MultiPolygon": ("MultiPolygon", "多面（MultiPolygon）"),
        "shape.Point": ("Point", "点（Point）"),
        "shape.MultiPoint": ("MultiPoint", "多点（MultiPoint）"),
        "shape.LineString": ("LineString", "线（LineString）"),
        "shape.MultiLineString": ("MultiLineString", "多线（MultiLineString）"),
        "no guess": ("no guess", "看不出"),
        "without": ("{n:,} without", "{n:,} 个没有几何"),
        "looked at": (" (of the first {n:,} rows)", "（前 {n:,} 行）"),
        "no geometry": ("none", "无"),
        "no crs": ("not stated (--crs)", "未说明（--crs）"),
        "could be": ("by its numbers it could be ({share})", "按数值可能是（{share}）"),
        "web map": (
            "if it comes from a Chinese web map it is GCJ-02 whatever the file says: --crs gcj02",
            "若来自国内网络地图，不论文件怎么写都是 GCJ-02：--crs gcj02",
        ),
        "extent": ("x {west} to {east}, y {south} to {north}", "x {west} 至 {east}，y {south} 至 {north}"),
        "degrees": (
            "longitude {west:.4f} to {east:.4f}, latitude {south:.4f} to {north:.4f}",
            "经度 {west:.4f} 至 {east:.4f}，纬度 {south:.4f} 至 {north:.4f}",
        ),
        "or": (" or ", " 或 "),
        "which": ("{columns}? say which with --{role}", "{columns}？请用 --{role} 指明"),
        "unique": (
            "none (--id); different in every row: {columns}",
            "未找到（--id）；每行都不同的列：{columns}",
        ),
        "no owner": (
            "none (--owner, or --attributes for a ledger)",
            "未找到（--owner，或用 --attributes 关联台账）",
        ),
        "not found": ("none (--{role})", "未找到（--{role}）"),
    }
)
