"""Every section and key of a job file, once: what it takes, and what it means in Chinese and English."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from gridgov.language import spoken

__all__ = ["KEYS", "NAMED", "SECTIONS", "Key", "Kind"]

#: ``file`` and ``folder`` are paths, relative to the job file; a ``source`` may end in ``#LAYER``.
Kind = Literal["text", "texts", "number", "whole", "yes", "file", "folder", "source"]


@dataclass(frozen=True, slots=True)
class Key:
    """A key, what its value is, and what it means."""

    name: str
    kind: Kind
    zh: str
    en: str
    needed: bool = False

    @property
    def means(self) -> str:
        """What it is, in the language spoken."""
        return self.zh if spoken() == "zh" else self.en


_ID: Final = Key("id", "text", "编码列", "column of the grid id")
_NAME: Final = Key("name", "text", "名称列", "column of the grid's name")
_OWNER: Final = Key("owner", "text", "责任主体列", "column of the owner")
_CRS: Final = Key(
    "crs", "text", "坐标系，如 EPSG:4547、gcj02、bd09", "coordinate system, over what the file says"
)
_ENCODING: Final = Key(
    "encoding", "text", "文字编码，如 gb18030", "text encoding, where it is not found by itself"
)
_CONTROL: Final = Key(
    "control",
    "source",
    "控制点（x、y、X、Y），用于自有坐标系；crs 为 X、Y 的坐标系",
    "control points of a system of its own; crs is then that of their X, Y",
)
_POINTS: Final = (
    Key("crs", "text", "坐标系：gcj02、bd09、cgcs2000、wgs84、EPSG:N", "coordinate system of the points"),
    Key("lon", "text", "经度列", "column of the longitude, or of both"),
    Key("lat", "text", "纬度列", "column of the latitude"),
    _ENCODING,
)

#: Sections that there may be several of, each with a name of its own: [layer.police].
NAMED: Final = ("rung", "layer", "assign")

#: What each section is for; "" are the keys above all sections.
SECTIONS: Final[Mapping[str, tuple[str, str]]] = {
    "": ("全局设置", "settings of the whole job"),
    "rung": ("行政层级，由粗到细：区县、街道、社区", "a rung of the administrative ladder, coarse to fine"),
    "layer": ("部门网格；先后即优先次序，第一个优先", "a department's grids; the order is the precedence"),
    "check": ("检查", "the check"),
    "merge": ("合并", "the merge"),
    "weights": (
        "户数等，冲突按其排序",
        "households and the like, which rank conflicts and fill the crosswalk",
    ),
    "incidents": ("事件，冲突按其排序", "incidents, which rank the conflicts"),
    "export": ("各部门网格回交", "each department's own grids, given back"),
    "assign": ("事件归格（可每夜运行）", "incidents to be tagged, every night if you like"),
}

KEYS: Final[Mapping[str, tuple[Key, ...]]] = {
    "": (
        Key("results", "folder", "结果文件夹", "the results folder"),
        Key(
            "default_crs",
            "text",
            "未说明坐标系的文件所用的坐标系",
            "coordinate system of files that state none",
        ),
        Key("skip", "texts", "不做的步骤", "steps to leave out"),
        Key("jobs", "whole", "同时处理的部门数", "departments worked on at the same time"),
    ),
    "rung": (
        Key("file", "source", "文件，必要时加 #图层", "file, with #LAYER where it has several", needed=True),
        _ID,
        _NAME,
        _CRS,
        _CONTROL,
        _ENCODING,
    ),
    "layer": (
        Key("file", "source", "文件，必要时加 #图层", "file, with #LAYER where it has several", needed=True),
        _ID,
        _NAME,
        _OWNER,
        _CRS,
        _CONTROL,
        _ENCODING,
        Key(
            "attributes",
            "source",
            "责任台账（.xlsx、.csv），按编码关联",
            "ledger of owners, joined by grid id",
        ),
        Key("header_row", "whole", "台账列名所在行", "row of the column names in the ledger, from 1"),
        Key("carry", "texts", "带入单元的列", "columns to bring along into the cells"),
        Key("special", "texts", "专属网格：列=值", "special-purpose grids: COLUMN=VALUE|VALUE"),
        Key("allow_cross", "texts", "可跨区的网格：列=值", "grids that may cross rungs: COLUMN=VALUE|VALUE"),
        Key("tolerance_m", "number", "容差（米）", "borders closer than this mean the same line"),
    ),
    "check": (
        Key("tolerance_m", "number", "容差（米）", "narrower overlaps and gaps are settled"),
        Key("min_area_m2", "number", "最小面积（平方米）", "smaller ones are settled"),
    ),
    "merge": (
        Key("tolerance_m", "number", "容差（米），用于全部图层", "borders closer than this, for every layer"),
        Key("min_area_m2", "number", "最小面积（平方米）", "pieces smaller than this join a neighbour"),
        Key("on_gap", "text", "空白区：leave 保留，fill 并入邻格", "ground without a grid: leave or fill"),
        Key("decisions", "source", "已填好的冲突清单", "list of conflicts that people filled in"),
        Key("codes", "text", "单元编码规则：unit15", "cell ids are codes: unit15"),
        Key("parents", "source", "12 位社区编码清单", "list of all 12-digit codes of communities"),
        Key("previous", "source", "上一版网络，沿用其编号", "the network before, whose ids stay"),
    ),
    "weights": (
        Key(
            "file",
            "source",
            "文件:列，如 户数.csv:户数",
            "FILE:COLUMN",
            needed=True,
        ),
        *_POINTS,
    ),
    "incidents": (
        Key("file", "source", "事件表", "table of incidents", needed=True),
        *_POINTS,
    ),
    "export": (
        Key("departments", "texts", "部门，不写为全部", "departments; all of them if not given"),
        Key("formats", "texts", "格式：gpkg、shp、shp.zip、gdb、geojson、parquet", "gpkg, shp.zip, gdb ..."),
    ),
    "assign": (
        Key(
            "files",
            "source",
            "事件文件，可用 * 通配",
            "files of incidents; * stands for anything",
            needed=True,
        ),
        Key(
            "output",
            "file",
            "输出，{stem} 为输入文件名",
            "output; {stem} is the input's name without its ending",
        ),
        Key("rejects", "file", "未定位记录另存到，可写 {stem}", "where rows without an answer go too"),
        Key(
            "cells",
            "source",
            "一张网，不写则用本作业的结果",
            "network; that of this job's results if not given",
        ),
        *_POINTS,
        Key(
            "place",
            "texts",
            "登记的区县、街道、社区列",
            "columns of the recorded district, street, community",
        ),
        Key("rules", "source", "处置规则", "who handles what, where"),
        Key("category", "text", "小类列", "column that the rules call category"),
        Key("time", "text", "时间列", "column of the time, for rules with dates"),
        Key("columns", "texts", "输出哪些列", "columns to add"),
        Key("prefix", "text", "新增列的前缀", "set before the name of every column added"),
        Key("rename", "texts", "改名：新名=列", "other names: NEW=COLUMN"),
        Key("fill", "yes", "只补空值，原有的列保留", "keep columns of the same names, fill what is empty"),
        Key(
            "bom", "yes", "写成带标记的 UTF-8，便于 Excel 打开", "write text as UTF-8 with a mark, for Excel"
        ),
        Key("safe_csv", "yes", "像公式的值前加单引号", "an apostrophe before what looks like a formula"),
        Key("border_m", "number", "边界候选距离（米）", "cells so near are candidates"),
        Key("nearest_m", "number", "就近距离（米）", "a point in no cell takes the nearest within"),
        Key("accuracy_m", "number", "坐标可能偏差（米）", "points may stand off by so much"),
        Key("accuracy_column", "text", "坐标精度列", "column that says so row by row"),
        Key(
            "max_rejects", "text", "未定位上限：40 或 5%", "more rows without an answer end with exit code 4"
        ),
        Key("cells_crs", "text", "未合并图层的坐标系", "coordinate system of an unmerged layer"),
        Key("cells_id", "text", "未合并图层的编码列", "id column of an unmerged layer"),
        Key("cells_owner", "text", "未合并图层的责任主体列", "owner column of an unmerged layer"),
        Key("cells_encoding", "text", "未合并图层的文字编码", "text encoding of an unmerged layer"),
    ),
}
