"""Options of points and incidents in Chinese: where they lie, who handles them, how they are counted."""

from collections.abc import Mapping
from typing import Final

__all__ = ["INCIDENTS"]

INCIDENTS: Final[Mapping[str, str]] = {
    # cells
    "A merged network, or one unmerged layer.": "合并后的网络，或一个未合并的图层。",
    "Coordinate system of an unmerged layer.": "未合并图层的坐标系。",
    "Control points of an unmerged layer in a system of its own; --cells-crs says what X, Y are in.": "独立坐标系的未合并图层的控制点；--cells-crs 写 X、Y 的坐标系。",
    "Id column of an unmerged layer.": "未合并图层的编码列。",
    "Owner column of an unmerged layer.": "未合并图层的责任主体列。",
    "Text encoding of an unmerged layer.": "未合并图层的文字编码。",
    # points
    "Column of the longitude, or of both: '113.7,34.7'.": "经度列，或经纬度同在的列：'113.7,34.7'。",
    "Column of the latitude.": "纬度列。",
    "Datum of the point; in China CGCS2000 if not given. GCJ-02 is 600 m off, BD-09 1.3 km.": "点的坐标基准；在中国不写时按 CGCS2000。GCJ-02 偏 600 米，BD-09 偏 1.3 公里。",
    "Datum of the points. In China it must be said: GCJ-02 is 600 m off, BD-09 1.3 km.": "点的坐标基准。在中国必须写明：GCJ-02 偏 600 米，BD-09 偏 1.3 公里。",
    "Control points (x, y, X, Y) of points in a system of their own; --crs says what X, Y are in.": "独立坐标系的点的控制点（x, y, X, Y）；--crs 写 X、Y 的坐标系。",
    "Cells within this many metres are candidates.": "这么多米以内的单元是候选单元。",
    "Points may stand off by this many metres: a phone by 15. Candidates are looked for so far.": "点可能偏差的米数：手机为 15。在此范围内找候选单元。",
    "Column that says row by row how far a point may stand off, in metres: 定位精度.": "逐行写明点可能偏差多少米的列：定位精度。",
    "A point in no cell takes the nearest within so many metres.": "不在任何单元内的点，取这么多米以内最近的单元。",
    "Columns of the recorded district, street, community, used when there is no coordinate.": "登记的区县、街道、社区所在的列，没有坐标时使用。",
    # rules
    "Who handles what, where (.csv, .xlsx).": "处置规则：何处何事由谁处置（.csv、.xlsx）。",
    "Column the rules call category.": "规则所说类别所在的列。",
    "Incidents: the categories and values that occur.": "事件：查看出现的类别和值。",
    "Column of the time, for rules with valid_from/valid_to.": "时间列，用于有 valid_from/valid_to 的规则。",
    # recorded units
    "Column of a unit that was recorded: held against the unit in which the point lies.": "登记区域所在的列：与点实际所在的区域核对。",
    "Column of the cells that holds such units: a rung, a department; the only one if not given.": "单元中与之相当的列：行政层级或部门；只有一个时可不写。",
    "Compare labels by their digits, without spaces and common words, or in capitals.": "比对名称的方式：digits 只看数字，strip 去掉空格和通用字样，upper 不分大小写。",
    "Boundaries of another year: whether the recorded units fit them better is said.": "另一年的边界：看登记的区域是否与它更相符。",
    "Id column of that layer, if unmerged.": "该图层的编码列（未合并时）。",
    "Coordinate system of that layer.": "该图层的坐标系。",
    "Text encoding of that layer.": "该图层的文字编码。",
    "Where rows go whose recorded unit differs; <output>.mismatches.csv if not given.": "登记区域不符的行写到哪里；不写则为 <output>.mismatches.csv。",
    # columns added
    "Columns to add, in this order; also others of the cells. All of the usual ones if not given.": "要添加的列，按此次序；也可以是单元的其他列。不写则添加全部常用列。",
    "Set before the name of every column added: p_.": "加在每个新列名称前面：p_。",
    "Another name for an added column: 所属网格编码=grid_id. One of the input is replaced.": "为新列另起名称：所属网格编码=grid_id。输入中的同名列被替换。",
    "Where rows without an answer go too; <output>.rejects.csv beside the output if not given.": "没有结果的行另外写到哪里；不写则为输出旁边的 <output>.rejects.csv。",
    "Exit with 4 when more rows have no answer; everything is written all the same.": "没有结果的行超过此数时，以退出码 4 结束；所有内容照样写出。",
    # files
    "Kind of the input, if its name does not say so; needed for - (standard input).": "输入的格式，文件名看不出时用；-（标准输入）必须写明。",
    "Kind of the output, if its name does not say so.": "输出的格式，文件名看不出时用。",
    "Answer each line at once: for another program that feeds ndjson.": "每行立即回答：供逐行送来 ndjson 的程序使用。",
    "Keep columns of the input that are called so; fill them where empty.": "保留输入中的同名列，只填其空值。",
    "Write text as UTF-8 with a byte order mark, which Excel reads.": "文本写成带 BOM 的 UTF-8，Excel 能正确打开。",
    "Set an apostrophe before text that a spreadsheet would take for a formula.": "在表格软件会当作公式的文本前加单引号。",
    "Of many files skip those that are done with the same input and options.": "处理多个文件时，跳过以同样输入和选项做完的。",
    "What is said on stderr, for people or programs.": "标准错误上的话给人看还是给程序看。",
    # counting
    "Tagged incidents, or any table: .csv, .tsv, .txt, .xlsx, .parquet, .gpkg or .geojson (points).": "已归格的事件，或任意表格：.csv、.tsv、.txt、.xlsx、.parquet、.gpkg 或 .geojson（点）。",
    "What to count by: cell, grid, handler, category, month, a rung, a department or any column; grid=COLUMN says where it stands.": "按什么统计：cell、grid、handler、category、month、行政层级、部门或任意列；grid=COLUMN 写明它在哪一列。",
    "The network they were tagged with: areas, names, owners, and units without any row.": "归格所用的网络：提供面积、名称、责任主体，以及没有任何行的区域。",
    "Column of the time of the report; found if not given.": "上报时间列；不写则自动查找。",
    "Column of the time of closing; found if not given.": "办结时间列；不写则自动查找。",
    "Column of the limit (时限: 4小时); found if not given.": "时限列（时限：4小时）；不写则自动查找。",
    "Column of the category; found if not given.": "类别列；不写则自动查找。",
    "Judge limits by a calendar of workdays (columns date, workday; also from, to).": "按工作日历判断时限（列 date、workday；也可有 from、to）。",
    "Judge limits by the clock: every hour of every day counts.": "按自然时间判断时限：每天每小时都算。",
    "Judge open incidents too, as of then: 2025-07-01.": "未办结的也判断，截至此时：2025-07-01。",
    "Columns of numbers to add up, such as 积分.": "要求和的数字列，如积分。",
    "Count only rows with one of these values: 类别=网格员.": "只统计有这些值的行：类别=网格员。",
    "Look for pairs of incidents that are likely one.": "查找疑似同一件事的成对事件。",
    "With --duplicates: at most so many metres apart.": "与 --duplicates 同用：最多相距多少米。",
    "With --duplicates: at most so many hours apart.": "与 --duplicates 同用：最多相隔多少小时。",
    "List the units without any row: grids without anyone (--cells).": "列出没有任何行的区域：没有人的网格（--cells）。",
    "Rows of the table to show.": "表格显示的行数。",
}
