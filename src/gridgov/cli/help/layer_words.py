"""Options of layers and networks in Chinese: merging, comparing, deciding, handing out, showing, reporting."""

from collections.abc import Mapping
from typing import Final

__all__ = ["LAYERS"]

LAYERS: Final[Mapping[str, str]] = {
    # layers
    "Departmental layers, e.g. police=jw.shp. The order is the precedence: the first wins.": "各部门的图层，如 police=jw.shp。先后即优先次序：前面的为准。",
    "A rung, coarse to fine: --within district=F --within street=F. No cell crosses its borders.": "行政层级，由粗到细：--within district=F --within street=F。单元不跨其界线。",
    "The same as --within district=FILE.": "同 --within district=FILE。",
    "Column of the grid id.": "网格编码所在的列。",
    "Column of the owner.": "责任主体所在的列。",
    "Column of the grid's name.": "网格名称所在的列。",
    "Coordinate system: EPSG:4547, gcj02, bd09 ... Overrides what the file says.": "坐标系：EPSG:4547、gcj02、bd09 等。以此为准，不看文件所写。",
    "Text encoding: gb18030 ...": "文字编码：gb18030 等。",
    "Control points (x, y, X, Y) of a layer in a system of its own, fitted by 4 parameters and refused over 1 m. --crs then says what X, Y are in.": "独立坐标系图层的控制点（x, y, X, Y），以 4 参数拟合，误差超过 1 米则拒绝。此时 --crs 写 X、Y 的坐标系。",
    "Owners and people from a table (.xlsx, .csv), joined by grid id.": "责任主体和人员的台账（.xlsx、.csv），按网格编码对上。",
    "Row of the column names in an --attributes table, from 1; found by itself when not given.": "--attributes 台账中列名所在的行，从 1 数起；不写则自动查找。",
    "Columns to bring along into the cells, as <name>_<column>.": "要带入单元的列，列名为 <name>_<column>。",
    # merging
    "Borders closer than this, in metres, mean the same line.": "两条边界近于这个米数，就当作同一条线。",
    "Borders closer than this mean the same line: police=15; a bare number is for all others.": "两条边界近于此数，就当作同一条线：police=15；只写数则用于其余图层。",
    "Pieces smaller than this join a neighbour.": "小于此面积的碎块并入相邻单元。",
    "Ground that a department left without a grid: leave it, or fill it with the neighbour of the longest shared border.": "部门没有画网格的地方：leave 照旧，fill 归入共同边界最长的相邻网格。",
    "Special-purpose grids, by what a column says: police:TYPE=专属. Grids inside others are in any case.": "专属网格，以某列的值认定：police:TYPE=专属。套在别的网格里面的总是专属网格。",
    "Grids that may lie in several districts, such as a business quarter: police:TYPE=商圈, or a value that --special names.": "可以跨区县的网格，如商圈：police:TYPE=商圈，或 --special 写过的值。",
    "Work on so many departments at the same time: quicker, and the same result.": "同时处理几个部门：更快，结果相同。",
    # what cells are called
    "Cell ids are 15-digit codes of unit grids, numbered inside the 12-digit communities of the rungs.": "单元编号用 15 位单元网格编码，在行政层级的 12 位社区编码内编号。",
    "All 12-digit codes of communities that there are: others are refused.": "全部 12 位社区编码的清单：清单之外的一律拒绝。",
    "The network before this one: cells that stayed keep their ids, the other ids are retired for good.": "上一版网络：未变的单元沿用原编号，其余编号作废，不再使用。",
    # conflicts
    "Write the list of conflicts for people to decide, with drop-downs: 冲突清单.xlsx.": "写出供人决定的冲突清单，带下拉选项：冲突清单.xlsx。",
    "Carry out what people decided in that list (.xlsx, .csv), matched by conflict_id.": "执行清单中已作的决定（.xlsx、.csv），按 conflict_id 对上。",
    # who overlaps whom
    "A merged network, in the place of layers.": "合并后的网络，代替图层。",
    "What else to count, e.g. households.csv:户数. Points count where they lie, polygons by area.": "另外要计的数，如 households.csv:户数。点计在所在之处，面按面积分摊。",
    "Coordinate system of the weights; for points in China it must be said.": "所计数据的坐标系；中国境内的点必须写明。",
    "Column of the weights' longitude, or of both.": "所计数据的经度列，或经纬度同在的列。",
    "Column of the weights' latitude.": "所计数据的纬度列。",
    "Text encoding of the weights.": "所计数据的文字编码。",
    "Incidents with coordinates: how many get another answer is counted for each conflict.": "有坐标的事件：为每处冲突数出有多少条会得到不同结果。",
    "Datum of the incidents; in China it must be said.": "事件的坐标基准；在中国必须写明。",
    "Column of the incidents' longitude, or of both.": "事件的经度列，或经纬度同在的列。",
    "Column of the incidents' latitude.": "事件的纬度列。",
    "Text encoding of the incidents.": "事件表的文字编码。",
    "Overlaps narrower than this do not count: 25 for layers; in a network everything counts.": "窄于此数的重叠不算：图层为 25；网络中全部都算。",
    "Overlaps smaller than this do not count: 300 for layers; in a network everything counts.": "小于此面积的重叠不算：图层为 300；网络中全部都算。",
    # what is handed out
    "A network that merge wrote (.gpkg).": "merge 写出的网络（.gpkg）。",
    "A department's own grids on the common borders, with the m2 that moved.": "某部门自己的网格，已落在共同边界上，附移动的平方米数。",
    "With --department: a carried column of numbers (households); how many moved, by area.": "与 --department 同用：带入的数字列（户数）；按面积算出移动了多少。",
    "Or a layer of the network as it is: cells, grids, conflicts, or a rung.": "或网络中的一个图层原样：cells、grids、conflicts，或行政层级。",
    "Or the lists: crosswalk, conflicts, uncovered, lost and all grids.": "或各种清单：对照表、冲突、无人认领、未分得单元和全部网格。",
    # where answers go
    "Where to write.": "写到哪里。",
    "Replace an output that exists.": "替换已存在的输出。",
    "Print the answer as JSON on stdout.": "在标准输出上以 JSON 回答。",
    "Exit with 4 when there is a problem that needs a decision.": "有需要决定的问题时，以退出码 4 结束。",
    "Keep this command as a section of a job file, for gridgov run; made if it is not there.": "把本命令存为作业文件的一节，供 gridgov run 使用；没有该文件则新建。",
    # the map page
    "Incidents to show, best after assign: with status, candidates and handler.": "要显示的事件，最好是 assign 之后的：有状态、候选单元和处置单位。",
    "An older network: what changed since is listed and shown before and after.": "旧网络：列出此后的变化，并显示前后对比。",
    "Further columns of cells or incidents; not shown unasked, for they may be personal.": "另外显示的单元或事件的列；不写则不显示，因为可能涉及个人。",
    "Show mobile numbers inside owners' names; they are masked if not.": "显示责任主体名称中的手机号；不写则遮住。",
    "Heading of the page.": "页面标题。",
    "A tile server below the grids: http://tiles.city.local/{z}/{x}/{y}.png. None if not given.": "网格下面的底图瓦片服务：http://tiles.city.local/{z}/{x}/{y}.png。不写则没有底图。",
    "Degrees in which those tiles are cut.": "这些瓦片按哪种经纬度切分。",
    # sheets and the report
    "Incidents tagged with this network: counted per grid.": "用本网络归过格的事件：按网格计数。",
    "An older network: what changed since. Else what the merge changed of the grids as drawn.": "旧网络：此后的变化。不写则是合并对原画网格的改动。",
    "One sheet per unit of it; street, or the lowest one.": "每个区域一份确认表；默认为街道，或最低一级。",
    "Line at the foot of every sheet: 内部工作底图.": "每份确认表的页脚：内部工作底图。",
    "Households that a unified grid should have.": "一个统一网格应有的户数。",
    "Square metres that grids of a department should have: urban=5000-15000.": "某部门的网格应有的平方米数：urban=5000-15000。",
}
