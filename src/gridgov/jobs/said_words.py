"""What is said of jobs and their files."""

from gridgov.language import Messages

__all__ = ["WORDS"]

WORDS = Messages(
    {
        "no_file": ("there is no file {pattern}", "没有文件 {pattern}"),
        "several_files": (
            "several files would have one {key}; write {stem} in it: the input's name",
            "多个文件会用同一个 {key}；请在其中写 {stem}，即输入文件的名称",
        ),
        "rename_holds": (
            'rename holds "{text}": write "NEW=COLUMN", such as "所属网格编码=grid_id"',
            'rename 中有 "{text}"：请写成 "NEW=COLUMN"，例如 "所属网格编码=grid_id"',
        ),
        "no_network": (
            "there is no network {path}; run the whole job first, or say cells = ...",
            "没有网络 {path}；请先运行整个作业，或写明 cells = ...",
        ),
        "needs_none": (
            "{options}: {path} is a merged network and needs none of these",
            "{options}：{path} 是合并后的网络，不需要这些键",
        ),
        "cells_of": (
            "{cells:,} cells of {path}, network version {version}",
            "{path} 的 {cells:,} 个单元，网络版本 {version}",
        ),
        "no_match": (
            "[assign.{section}] no file matches {pattern}.",
            "[assign.{section}] 没有文件与 {pattern} 相符。",
        ),
        "done_before": (
            "[assign.{section}] {name}: done before, nothing has changed.",
            "[assign.{section}] {name}：此前已完成，没有变化。",
        ),
        "not_earlier": (
            "{output} is there, not of an earlier run; --overwrite replaces it, or name another",
            "{output} 已经存在，且不是以前运行写出的；--overwrite 可替换它，或换一个名称",
        ),
        "error": ("Error: {error}", "错误：{error}"),
        "list_of": (
            '{key} is a list of COLUMN=VALUE, such as {key} = ["TYPE=专属|商圈"]',
            '{key} 是 COLUMN=VALUE 的列表，例如 {key} = ["TYPE=专属|商圈"]',
        ),
        "rows_from": ("{kind}: {n:row|rows} from {source}", "{kind}：{n} 行，取自 {source}"),
        "nothing_nightly": (
            "{name}: there is no section [assign.NAME], so nothing to do every night",
            "{name}：没有 [assign.NAME] 一节，每夜没有可做的事",
        ),
        "is_folder": ("{path} is a folder; name the job file in it", "{path} 是文件夹；请写明其中的作业文件"),
        "own_section": (
            "give each {kind} a section of its own with its name: [{kind}.NAME]",
            "请给每个 {kind} 单独一节，并写上名称：[{kind}.NAME]",
        ),
        "is_section": (
            "'{kind}' is a section: write [{kind}], and its keys below it",
            "“{kind}”是一节：请写 [{kind}]，其下写各键",
        ),
        "key_is_not": ("{key} is {words}, not {value}", "{key} 应为{words}，不能是 {value}"),
        "key_is": ("{key} is {words}", "{key} 应为{words}"),
        "key_from_0": (
            "{key} is {words} from 0 up, not {value}",
            "{key} 应为不小于 0 的{words}，不能是 {value}",
        ),
        "place": ("{name}, line {line}{section}", "{name} 第 {line} 行{section}"),
        "fault": ("{place}: {said}", "{place}：{said}"),
        "at_line": ("{name}, line {line}{section}: {said}.", "{name} 第 {line} 行{section}：{said}。"),
        "did_you_mean": ("; did you mean {name}?", "；是不是 {name}？"),
        "above_sections": ("the keys above the sections", "各节之前的键"),
        "sections_are": ("; sections are {sections}", "；可用的节有 {sections}"),
        "no_key": (
            "'{key}' is no key of {what}{hint} There are {known}{sections}",
            "“{key}”不是{what}的键{hint} 可用的有 {known}{sections}",
        ),
        "key_empty": (
            "{name} is empty; leave the line out, or put a # before it",
            "{name} 是空的；请删去该行，或在行首加 #",
        ),
        "escape": (
            "{name} holds {value!r}: a \\ between double quotes begins an escape, so \\t became a tab and \\n the end of a line. Write paths with / or between single quotes",
            "{name} 的值是 {value!r}：双引号中的 \\ 是转义符，\\t 变成了制表符，\\n 变成了换行。路径请用 /，或放在单引号内",
        ),
        "no_run": (
            "{path}: no run of gridgov left this ({error}); remove it, or choose other results",
            "{path}：不是 gridgov 运行留下的（{error}）；请删除，或另选 results",
        ),
        "about_polygons": ("{kind}, {n:polygon|polygons}", "{kind}，{n} 个面"),
        "about_rows": ("{n:row|rows}", "{n} 行"),
        "grids": ("grids", "网格"),
        "units_from": (
            "{name}: {n:unit|units} from {source}, {crs}",
            "{name}：{n} 个区域，取自 {source}，{crs}",
        ),
        "grids_from": (
            "{name}: {n:grid|grids} from {source}, {crs}",
            "{name}：{n} 个网格，取自 {source}，{crs}",
        ),
        "draft_section": ("[{section}] {file}: {looks_like}", "[{section}] {file}：{looks_like}"),
        "draft_attributes": ("[{section}] attributes: {file}", "[{section}] 属性台账：{file}"),
        "draft_unused": ("not used: {file} ({why})", "未使用：{file}（{why}）"),
        "draft_unread": ("not read: {why}", "未读取：{why}"),
        "type.number": ("a number", "数字"),
        "type.whole": ("a whole number", "整数"),
        "type.yes": ("true or false", "true 或 false"),
        "type.texts": ('a list of texts, such as ["a", "b"]', '文本列表，例如 ["a", "b"]'),
        "type.text": ('a text between quotes, such as "a"', '引号内的文本，例如 "a"'),
        "key_missing": ("{key} = ... is missing: {means}", "缺少 {key} = ...：{means}"),
        "escapes": (
            "a \\ between double quotes begins an escape: write paths with / or between single quotes: file = 'D:\\data\\jw.shp'.",
            "双引号内的 \\ 是转义符：路径请用 /，或放在单引号内：file = 'D:\\data\\jw.shp'。",
        ),
        "no_toml": ("this is no TOML ({said}).", "这不是 TOML（解析器的原话：{said}）。"),
        "toml.statement": (
            "a line is key = value, [section] or # comment.",
            "每行应为 键 = 值、[节] 或 # 注释。",
        ),
        "toml.string": ("a text is not closed: a quote is missing.", "文字没有结束：缺少引号。"),
        "toml.array": ("a list [...] is not closed or lacks a comma.", "列表 [...] 没有结束，或缺少逗号。"),
        "toml.inline": (
            "a table {{...}} is not closed or lacks a comma.",
            "表 {{...}} 没有结束，或缺少逗号。",
        ),
        "toml.header": ("a section is not closed: write [name].", "节名没有结束：请写成 [名称]。"),
        "toml.value": (
            "this is no value: write a text between quotes, a number, true, false or a list [...].",
            "这不是值：请写引号内的文字、数字、true、false 或列表 [...]。",
        ),
        "toml.date": ("there is no such date: write 2026-01-31.", "没有这个日期：请写成 2026-01-31。"),
        "folder_is_file": (
            "{folder} is a file; name a folder for the results",
            "{folder} 是文件；请写明存放结果的文件夹",
        ),
        "folder_missing": ("{folder} is not there", "{folder} 不存在"),
        "strangers": (
            "{folder}: {strangers} is there and not of an earlier run; --overwrite replaces it, or choose another results = ...",
            "{folder}：其中已有 {strangers}，且不是以前运行写出的；--overwrite 可替换，或另选 results = ...",
        ),
        "changed_since": (
            "{path} was changed since it was written. To carry out what was decided in it, add --decisions {path}; to lose it, --overwrite",
            "{path} 写出后被改动过。要执行其中的决定，请加 --decisions {path}；不要改动则加 --overwrite",
        ),
        "cannot_be_made": (
            "{folder}: this folder cannot be made ({error}); name another in the job file",
            "{folder}：无法建立此文件夹（{error}）；请在作业文件中换一个",
        ),
        "merges_nothing": (
            "--decisions {decisions}: this run merges nothing, so there is nothing to decide",
            "--decisions {decisions}：这次运行不合并，没有可决定的内容",
        ),
        "layer_or_assign": ("[layer.NAME] or [assign.NAME]", "[layer.NAME] 或 [assign.NAME]"),
        "no_section": (
            "{name}: there is no section {wanted}, so there is nothing to do",
            "{name}：没有 {wanted} 一节，没有可做的事",
        ),
        "no_stated_file": ("{section}: there is no file {stated}", "{section}：没有文件 {stated}"),
        "did_you_mean_file": ("; did you mean {path}?", "；是不是 {path}？"),
        "no_decisions_file": (
            "--decisions {path}: there is no such file{hint}",
            "--decisions {path}：没有这个文件{hint}",
        ),
        "no_step": (
            "{where}: '{step}' is no step; steps are {known}",
            "{where}：“{step}”不是步骤；可用的有 {known}",
        ),
        "has_section": (
            "{job} has a section {section}; change it there, or name another --save-job",
            "{job} 中已有 {section} 一节；请在其中修改，或换一个 --save-job",
        ),
        "assign_no_section": (
            "{job}: 'assign' is no section there, so none can be added",
            "{job}：其中的“assign”不是一节，无法添加",
        ),
        "step_check": (
            "what is wrong with each department's grids, to send to them",
            "各部门网格的问题，可发给各部门",
        ),
        "step_check_gis": ("the same places, for QGIS", "同样的位置，用 QGIS 打开"),
        "step_crosswalk": (
            "which grids of one department are which of another",
            "一个部门的网格对应另一个部门的哪些网格",
        ),
        "step_export": ("the grids of {name} on the common borders", "{name} 的网格，已落在统一边界上"),
        "none_of_layers": ("'{name}' is none of the layers ({known})", "“{name}”不是图层（{known}）"),
        "no_format": (
            "'{name}' is no format that grids are written in ({known})",
            "“{name}”不是网格可写的格式（{known}）",
        ),
        "step_export_title": ("Each department's grids", "各部门的网格"),
        "step_lists": (
            "grids and cells, conflicts, uncovered ground, lost and all grids",
            "网格和单元、冲突、空白区、未分得单元的网格、全部网格",
        ),
        "step_map": (
            "the network, the layers as drawn, the conflicts, in a browser",
            "网络、各部门原图、冲突，用浏览器打开",
        ),
        "step_map_pages": ("{n} pages beside it, one for each district", "旁边还有 {n} 页，每个区县一页"),
        "step_merge": ("the network; opens coloured in QGIS", "网络；用 QGIS 打开自带配色"),
        "step_conflicts": (
            "to be decided: choose, then run again with --decisions",
            "待决定：选好后加 --decisions 再运行",
        ),
        "network_version": ("Network version {version}", "网络版本 {version}"),
        "step_report": (
            "sheets to sign, per street and pair of departments, and figures; print it",
            "供签字的表单（按街道和部门两两分列）和统计图表，可打印",
        ),
        "step_report_tables": ("every table of the report", "报告的全部表格"),
        "step_report_title": ("Sheets and report", "表单和报告"),
        "toml_line": ("{name}, line {number}: {mend}{shown}", "{name} 第 {number} 行：{mend}{shown}"),
        "full_width": (
            "marks typed full-width; write\n  {line}\ninstead of",
            "标点误用全角；请把下面这行写成\n  {line}\n原文是",
        ),
        "key_twice": (
            "'{key}' stands twice in this section; put a # before one of them.",
            "“{key}”在本节中出现两次；请在其中一行前加 #。",
        ),
        "section_twice": (
            "this section stands twice; give one of them another name.",
            "此节出现两次；请给其中一节另起名称。",
        ),
        "quotes": (
            'text stands between quotes, as in crs = "EPSG:4547".',
            '文字要放在引号内，例如 crs = "EPSG:4547"。',
        ),
        "remove_hash": ("\nIn {name}: remove the # before {lines}.", "\n请在 {name} 中删去{lines}前的 #。"),
        "the_line": ("line {line}", "第 {line} 行"),
        "one_of_lines": ("one of the lines {first} to {last}", "第 {first} 至 {last} 行中的一行"),
        "folder_nothing": (
            "'{folder}' is a folder with nothing in it that gridgov reads.",
            "文件夹“{folder}”中没有 gridgov 能读取的内容。",
        ),
    }
)
