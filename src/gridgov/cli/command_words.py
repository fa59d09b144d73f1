"""What commands say that read layers or networks."""

from gridgov.language import Messages

__all__ = ["WORDS"]

WORDS = Messages(
    {
        "needs_none": (
            "{options}: {path} is a merged network and needs none of these",
            "{options}：{path} 是合并后的网络，不需要这些选项",
        ),
        "problem_kinds": (
            "{output}: problems are written as {kinds}; name one with -o",
            "{output}：问题可写成 {kinds}；请用 -o 指定其一",
        ),
        "every_place": ("Every place is in {output}.", "每一处都列在 {output} 中。"),
        "to_see_places": (
            "To see every place, add -o problems.gpkg (for QGIS) or -o problems.xlsx (for Excel).",
            "要查看每一处，请加 -o problems.gpkg（用 QGIS 打开）或 -o problems.xlsx（用 Excel 打开）。",
        ),
        "crosswalk_kinds": (
            "{output}: a crosswalk is written as {kinds}; name one with -o",
            "{output}：对照表可写成 {kinds}；请用 -o 指定其一",
        ),
        "nothing_to_compare": (
            "nothing to compare: name two layers, police=jw.shp urban=cg.gpkg, or a network",
            "没有可对照的内容：请给出两个图层，如 police=jw.shp urban=cg.gpkg，或一个网络",
        ),
        "name_it_alone": (
            "{name} is a merged network: name it alone, or with the names of its departments: gridgov crosswalk police urban --cells {name}",
            "{name} 是合并后的网络：请单独给出，或连同其中的部门名称：gridgov crosswalk police urban --cells {name}",
        ),
        "cells_of": (
            "{path}: {cells:,} cells of {names}, network version {version}",
            "{path}：{names} 的 {cells:,} 个单元，网络版本 {version}",
        ),
        "every_overlap": ("Every overlap is in {output}.", "每一处重叠都列在 {output} 中。"),
        "to_see_overlaps": (
            "To see every overlap, add -o 对照表.xlsx (also .csv, .parquet).",
            "要查看每一处重叠，请加 -o 对照表.xlsx（也可用 .csv、.parquet）。",
        ),
        "say_what": (
            "say what to export, one of them: --department NAME, --layer NAME, --tables or --conflicts FILE",
            "请写明导出什么，四选一：--department NAME、--layer NAME、--tables 或 --conflicts FILE",
        ),
        "weight_with": ("--weight-column goes with --department", "--weight-column 须与 --department 同用"),
        "say_where": ("say where to write: -o {example}", "请写明写到哪里：-o {example}"),
        "written_from": (
            "Written: {output} (from network version {version})",
            "已写出：{output}（取自网络版本 {version}）",
        ),
        "no_layer": (
            "the network has no layer '{name}'; its layers are {there} (--layer)",
            "网络中没有图层“{name}”；现有图层：{there}（--layer）",
        ),
        "layer_rows": ("{name}: {n:,} rows", "{name}：{n:,} 行"),
        "conflicts_where": (
            "--conflicts {conflicts} says where the list goes; leave out -o {output}",
            "--conflicts {conflicts} 已写明清单写到哪里；请去掉 -o {output}",
        ),
        "name_a_file": (
            "name a file or a folder to look into, or --env for this installation",
            "请指定要查看的文件或文件夹，或用 --env 查看本机安装情况",
        ),
        "not_read": ("Not read: {error}", "未能读取：{error}"),
        "folder_nothing": (
            "'{folder}' is a folder with nothing in it that gridgov reads.",
            "文件夹“{folder}”中没有 gridgov 能读取的内容。",
        ),
        "not_readable": ("; {n} could not be read", "；{n} 个无法读取"),
        "layers_in": (
            "\n{n} layers and tables in {files} files{failed}.",
            "\n{files} 个文件中有 {n} 个图层和表{failed}。",
        ),
        "written": ("Written: {output}", "已写出：{output}"),
        "no_layer_given": (
            "no layer: name at least one, for example police=jw.shp",
            "没有图层：至少给出一个，例如 police=jw.shp",
        ),
        "named_like": ("{error}. A layer is named like this: {example}", "{error}。图层这样命名：{example}"),
        "say_whose": (
            "--{each} {bare}: say whose: --{each} {name}=FILE",
            "--{each} {bare}：请写明是哪个图层：--{each} {name}=FILE",
        ),
        "carry_rung": (
            "--carry {rung}=...: '{rung}' is a rung; only layers are carried",
            "--carry {rung}=……：“{rung}”是行政层级；只能带入图层的列",
        ),
        "no_metres": (
            "--tolerance-m {text!r} is no number of metres; write 15 for all layers, or {name}=15",
            "--tolerance-m {text!r} 不是米数；15 用于所有图层，{name}=15 用于一个图层",
        ),
        "header_row": (
            "--header-row {header_row}: a row number from 1 is needed ({name})",
            "--header-row {header_row}：需要从 1 起的行号（{name}）",
        ),
        "tiles_form": (
            "--tiles {tiles}: an address like http://tiles.city.local/{{z}}/{{x}}/{{y}}.png is needed",
            "--tiles {tiles}：需要 http://tiles.city.local/{{z}}/{{x}}/{{y}}.png 这样的地址",
        ),
        "tiles_crs": (
            "--tiles-crs {crs}: tiles are cut in cgcs2000 (= wgs84) or gcj02",
            "--tiles-crs {crs}：瓦片只能按 cgcs2000（= wgs84）或 gcj02 切分",
        ),
        "network_where": (
            "say where to write the network: -o network.gpkg",
            "请写明网络写到哪里：-o network.gpkg",
        ),
        "network_written": (
            "Written: {output} (network version {version})",
            "已写出：{output}（网络版本 {version}）",
        ),
        "report_where": (
            "say where to write: -o report.html, or report.xlsx for the data",
            "请写明写到哪里：-o report.html，或用 report.xlsx 取数据",
        ),
        "report_kinds": (
            "{output}: a report is written as {kinds}; name one with -o",
            "{output}：报告可写成 {kinds}；请用 -o 指定其一",
        ),
        "grid_m2_form": (
            "--grid-m2 {text}: write NAME=LOW-HIGH, for example urban=5000-15000",
            "--grid-m2 {text}：请写成 NAME=LOW-HIGH，例如 urban=5000-15000",
        ),
        "two_numbers": (
            "{option}: write two numbers, the smaller first, such as 300-500",
            "{option}：请写两个数，小的在前，例如 300-500",
        ),
        "missing_needs": (
            "--missing lists the units of a network without any row: name it, --cells FILE",
            "--missing 列出网络中没有任何行的区域：请指定网络，--cells FILE",
        ),
        "missing_lists": (
            "--by {by}: --missing lists cells, grids, or units of a rung or department: name one",
            "--by {by}：--missing 列出单元、网格，或某层级、某部门的网格：请指定其一",
        ),
        "where_form": (
            "--where {text}: write COLUMN=VALUE, for example 类别=网格员",
            "--where {text}：请写成 COLUMN=VALUE，例如 类别=网格员",
        ),
        "as_of_form": (
            "--as-of {text}: give a day or time such as 2025-07-01 or 2025-07-01T18:00",
            "--as-of {text}：请给日期或时间，例如 2025-07-01 或 2025-07-01T18:00",
        ),
        "log_format": (
            "--log-format is text or json, not {form!r}",
            "--log-format 只能是 text 或 json，不能是 {form!r}",
        ),
        "strict": (
            "--strict: {n:problem needs|problems need} a decision, so the exit code is {code}.",
            "--strict：{n} 处问题需要决定，所以退出码为 {code}。",
        ),
        "strict_rules": (
            "--strict: {n:finding needs|findings need} a decision, so the exit code is {code}.",
            "--strict：{n} 项需要决定，所以退出码为 {code}。",
        ),
        "units_from": (
            "{name}: {n:unit|units} from {source}, {crs}",
            "{name}：{n} 个区域，取自 {source}，{crs}",
        ),
        "grids_from": (
            "{name}: {n:grid|grids} from {source}, {crs}",
            "{name}：{n} 个网格，取自 {source}，{crs}",
        ),
        "cell_called": ("cell {id}", "单元 {id}"),
        "grid_called": ("grid {id}", "网格 {id}"),
        "map_network": (
            "{name}: {cells:,} cells of {departments}, network version {version}",
            "{name}：{cells:,} 个基础单元，部门 {departments}，网络版本 {version}",
        ),
        "map_written": (
            "Written: {path} ({size:.1f} MB). It opens in any browser, without a network connection.",
            "已写出：{path}（{size:.1f} MB）。用任何浏览器打开，无需联网。",
        ),
        "map_districts": (
            "The network has more than {most:,} cells: beside it lie {pages} pages, one for each district.",
            "网络超过 {most:,} 个基础单元：旁边另有 {pages} 页，每个区县一页。",
        ),
        "map_conflicts": (
            "The page lists {count:conflict|conflicts} to decide; a link to one: {name}#c={conflict}",
            "页面列出 {count:,} 处待决定的冲突；其中一处的链接：{name}#c={conflict}",
        ),
        "note": ("Note: {words}", "提示：{words}"),
        "report_sheets": (
            "{units:sheet|sheets} of units and {pairs} of pairs of departments; {open:conflict is|conflicts are} open.",
            "网格确认表 {units:,} 份，部门间确认表 {pairs:,} 份；待定冲突 {open:,} 处。",
        ),
        "report_written": (
            "Written: {path} (from network version {version})",
            "已写出：{path}（网络版本 {version}）",
        ),
        "report_print": (
            "Open it in a browser and print it, on A4: each sheet is a page of its own.",
            "用浏览器打开即可打印（A4），每份确认表单独成页。",
        ),
        "count_written": ("Written: {paths}", "已写出：{paths}"),
    }
)
