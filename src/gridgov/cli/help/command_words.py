"""Commands in Chinese: what their docstrings say, paragraph by paragraph (examples are the same in both)."""

from collections.abc import Mapping
from typing import Final

__all__ = ["COMMANDS"]

COMMANDS: Final[Mapping[str, str]] = {
    # the program
    "Merge departmental grids into one seamless layer and assign incidents to them.": "把各部门的网格合并成一套无缝的网格，并为事件归格。",
    "First steps: gridgov demo. Exit codes: 0 done, 1 a bug, 2 usage, 3 input refused, 4 done but beyond a limit you set, 5 output exists or is locked, 130 interrupted. --lang zh: 中文.": "先试试：gridgov demo。退出码：0 完成，1 程序缺陷，2 命令有误，3 输入被拒绝，4 完成但超过所设限度，5 输出已存在或被占用，130 已中断。--lang en：English。",
    "Show the version and stop.": "显示版本后退出。",
    "Show the traceback of an error.": "显示错误的调用过程。",
    "Language of words; that of the system if not given.": "用哪种语言；不写则随系统。",
    "Show this message and exit.": "显示本帮助后退出。",
    # info
    "Show what is in files: rows, coordinate system, columns, and what gridgov would take them for.": "查看文件：行数、坐标系、列，以及 gridgov 会认作什么。",
    "Files or folders; FILE#LAYER for one layer of a file.": "文件或文件夹；FILE#LAYER 指文件中的一个图层。",
    "Text encoding of Shapefiles and text tables.": "Shapefile 和文本表格的文字编码。",
    "Show versions, and what is missing on this machine, instead of files.": "不看文件，而看本机安装的版本和缺少的组件。",
    # check
    "Say what is wrong with each department's grids, alone and against the rungs.": "检查各部门的网格：图层本身的问题，以及与行政层级不符之处。",
    "-o writes every place: .gpkg for QGIS, .xlsx for Excel (also .geojson, .csv).": "-o 写出每一处问题：.gpkg 用 QGIS 打开，.xlsx 用 Excel 打开（也可用 .geojson、.csv）。",
    # merge
    "Merge departmental layers into one seamless network.": "把各部门的图层合并成无缝的一张网。",
    # export
    "Give a department its own grids back, or planners their lists.": "把网格交还部门，或把清单交给规划人员。",
    "Grids and layers: -o .gpkg, .gdb, .geojson, .parquet, .shp, .shp.zip (short names, GB18030, a list of the fields). Tables: -o FOLDER (.csv) or .xlsx. The list for people to decide: --conflicts FILE.xlsx.": "网格和图层：-o 写成 .gpkg、.gdb、.geojson、.parquet、.shp 或 .shp.zip（短字段名，GB18030，附字段对照）。表格：-o FOLDER（.csv）或 .xlsx。供人决定的清单：--conflicts FILE.xlsx。",
    # crosswalk
    "Say which grids of which department overlap which of the others (对照表), with shares both ways.": "列出各部门的哪些网格互相重叠（对照表），附双向占比。",
    "Households count too: --weights households.csv:户数. Of a network: gridgov crosswalk network.gpkg.": "也可计户数：--weights households.csv:户数。已合并的网络：gridgov crosswalk network.gpkg。",
    "Departmental layers, e.g. police=jw.shp; or a merged network alone. With --cells, the names of its departments to compare.": "各部门的图层，如 police=jw.shp；或单独一个合并后的网络。有 --cells 时，写要对照的部门名称。",
    # assign
    "Give every incident its cell, grid, owners and handler; rows, order and values stay as they are.": "为每条事件标上单元、网格、责任主体和处置单位；原表不变。",
    "Table of incidents: .csv, .tsv, .txt, .ndjson, .xlsx, .parquet, .gpkg or .geojson (points); - is standard input. Several, a folder or '*.csv': -o is a folder.": "事件表：.csv、.tsv、.txt、.ndjson、.xlsx、.parquet、.gpkg 或 .geojson（点）；- 是标准输入。多个文件、文件夹或 '*.csv' 时，-o 是文件夹。",
    # locate
    "Say which cell a point lies in, whose it is, and who must act there.": "查一个点在哪个单元、归谁负责、由谁处置。",
    'The point: 113.73 34.72, or "113.73,34.72".': '点的经纬度：113.73 34.72，或 "113.73,34.72"。',
    "What the incident is, as rules call it.": "事件的类别，与规则中的叫法一致。",
    "Anything else the rules ask for.": "规则要用的其他条件。",
    # summarize
    "Count tagged incidents by cell, grid, district, department, handler, category or any column.": "统计已归格的事件：按单元、网格、区县、部门、处置单位、类别或任意列。",
    "Closed, hours, overdue, per km2, per month, likely duplicates, sums (--sum 积分 --by cell,志愿者); grids without anyone: gridgov summarize team.csv --by grid --missing --cells network.gpkg.": "办结数、用时、超期、每平方公里、每月、疑似重复、求和（--sum 积分 --by cell,志愿者）；没有人的网格：gridgov summarize team.csv --by grid --missing --cells network.gpkg。",
    # map
    "Write a page on which people look at a network and decide: one HTML file, no network connection needed.": "写出地图页，供人查看网络、决定冲突：一个 HTML 文件，无需联网。",
    "What changed since an older network: --compare old.gpkg.": "与旧网络相比的变化：--compare old.gpkg。",
    # report
    "Write the sheets that people sign, and the report for leaders.": "写出供签字的确认表和供领导看的报告。",
    ".html: a page to sign per street and per pair of departments, with a map, the grids, open conflicts and boxes for signatures; then tables and figures. It prints from any browser, without a network. .xlsx: the data.": ".html：每个街道、每两个部门各一页，有地图、网格、待定冲突和签字栏，后附表格和图。用任何浏览器打印，无需联网。.xlsx：数据。",
    # index
    "Save what locates points, so that assign and locate need not make it again.": "保存定位用的索引，assign 和 locate 不必每次重做。",
    "It is for points in one datum and is written beside the network: network.gcj02.idx. While it belongs to the network's cells, assign, locate and programs use it; after a new merge make it again (--overwrite).": "索引用于一种坐标基准的点，写在网络文件旁边：network.gcj02.idx。只要与网络的单元相符，assign、locate 和其他程序就会用它；重新合并后请再做一次（--overwrite）。",
    # check-rules
    "Say which incidents nobody would handle, or two, and which rules never decide.": "查出哪些事件无人处置或有两家处置，哪些规则从不起作用。",
    # init
    "Look at what the departments sent, and write a job file for run, with questions on what is open.": "查看各部门报来的材料，写出作业文件，不清楚的写成问题。",
    "Answer the questions in it by removing a #, then: gridgov run job.toml": "删去 # 即为回答其中的问题，然后运行：gridgov run job.toml",
    "The folder of what the departments sent.": "各部门报来材料的文件夹。",
    "Instead: write nightly.sh and nightly.bat beside a job file, and show how to schedule them.": "改为：在作业文件旁写出 nightly.sh 和 nightly.bat，并说明如何定时运行。",
    # run
    "Do what a job file says, into one results folder with an index.html that links everything.": "按作业文件执行，结果放进一个文件夹，附 index.html 总目录。",
    "Then choose what is right in the folder's 冲突清单.xlsx, and run it again with --decisions FILE.": "然后在该文件夹的 冲突清单.xlsx 中选定，再加 --decisions FILE 运行一次。",
    "A job file, as init writes it (.toml).": "init 写出的作业文件（.toml）。",
    "Leave the network as it is and only tag incidents, as every night.": "网络不动，只为事件归格，如每夜所做。",
    # demo
    "Run gridgov's main commands on an invented city, and draw a picture of the merge.": "在一座虚构的城市上运行主要命令，并画出合并前后的图。",
    "Each command line is shown as it can be typed; what the commands said is kept in commands.txt.": "每条命令都照输入的样子显示；命令的回答存于 commands.txt。",
    "Where to write; made if need be.": "写到哪里；没有则新建。",
}
