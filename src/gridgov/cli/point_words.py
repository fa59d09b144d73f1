"""What commands say that read cells, points or job files."""

from gridgov.language import Messages

__all__ = ["WORDS"]

WORDS = Messages(
    {
        "needs_rules": (
            "{option} {value} is what rules ask for; name them: --rules FILE",
            "{option} {value} 是规则要用的；请指定规则：--rules FILE",
        ),
        "save_job_one": (
            "--save-job keeps the command for one file; give one",
            "--save-job 只保存处理一个文件的命令；请只给一个文件",
        ),
        "name_a_column": ("{option}: name at least one column", "{option}：至少写一列"),
        "rename_form": (
            "--rename {text}: write NEW=COLUMN, for example 所属网格编码=grid_id",
            "--rename {text}：请写成 NEW=COLUMN，例如 所属网格编码=grid_id",
        ),
        "rename_twice": (
            "--rename gives {added} two names: {old} and {new}",
            "--rename 给 {added} 起了两个名称：{old} 和 {new}",
        ),
        "say_output": (
            "say where to write with -o, for example -o tagged.csv",
            "请用 -o 写明写到哪里，例如 -o tagged.csv",
        ),
        "resume_many": (
            "--resume is for many files: name a folder, or a pattern such as 'in/*.csv'",
            "--resume 用于多个文件：请指定文件夹，或 'in/*.csv' 这样的通配名",
        ),
        "for_one_table": ("{options} is for one table; these are many", "{options} 只用于一个表；这里有多个"),
        "to_folder": ("many files are written to a folder: -o FOLDER", "多个文件写到一个文件夹：-o FOLDER"),
        "files_written": ("{n:file|files} written to {folder}", "{n} 个文件已写到 {folder}"),
        "done_before_n": (", {n:file|files} done before", "，{n} 个此前已完成"),
        "refused_n": (", {n:file|files} refused", "，{n} 个被拒绝"),
        "record_there": (
            "{said}. The record of the job is gridgov-job.json there.",
            "{said}。作业记录是其中的 gridgov-job.json。",
        ),
        "file_refused": ("{file}: refused. {error}", "{file}：被拒绝。{error}"),
        "file_done_before": ("{file}: done before{limit}.", "{file}：此前已完成{limit}。"),
        "without_answer": (", {rejected:,} of them without an answer", "，其中 {rejected:,} 行没有结果"),
        "beyond_allowed": (" (more than --max-rejects allows)", "（超过 --max-rejects 的限度）"),
        "needs_none": (
            "{options}: {path} is a merged network and needs none of these",
            "{options}：{path} 是合并后的网络，不需要这些选项",
        ),
        "holds_no_cell": ("{path}: it holds no cell ({option})", "{path}：其中没有单元（{option}）"),
        "layer_empty": (
            "{source}: the layer is empty: it has no grid ({option})",
            "{source}：图层是空的，没有网格（{option}）",
        ),
        "control_says_crs": (
            "--control {file}: say what X and Y of the control points are in: --crs EPSG:4547",
            "--control {file}：请说明控制点的 X、Y 属于哪个坐标系：--crs EPSG:4547",
        ),
        "one_datum": (
            "an index is for points in one datum: say --crs gcj02 (Amap, Tencent, most apps), bd09 (Baidu), or cgcs2000 or wgs84 (surveys, satellite receivers)",
            "索引只用于一种坐标基准的点：请写明 --crs gcj02（高德、腾讯和多数应用）、bd09（百度），或 cgcs2000、wgs84（测绘、卫星定位设备）",
        ),
        "index_written": (
            "Written: {path}, {size:.1f} MB, for points in {points}",
            "已写出：{path}，{size:.1f} MB，用于 {points} 的点",
        ),
        "nightly_takes": (
            "--nightly takes a job file that is there; leave out FOLDER and -o",
            "--nightly 用于已有的作业文件；请去掉 FOLDER 和 -o",
        ),
        "name_folder": (
            "name the folder of what the departments sent: gridgov init FOLDER -o job.toml",
            "请指定各部门报来材料的文件夹：gridgov init FOLDER -o job.toml",
        ),
        "job_where": ("say where to write the job file: -o job.toml", "请写明作业文件写到哪里：-o job.toml"),
        "looking_into": ("Looking into {folder}:", "正在查看 {folder}："),
        "written": ("Written: {output}", "已写出：{output}"),
        "open_questions": (
            "{n:question is|questions are} open (line {lines}). Answer by removing a #, then: gridgov run {output}",
            "{n} 个问题待定（第 {lines} 行）。删去一行前的 # 即为回答，然后运行：gridgov run {output}",
        ),
        "none_open": (
            "No question is open. Now: gridgov run {output}",
            "没有待定的问题。接着运行：gridgov run {output}",
        ),
        "every_night": (
            "Every night at 2:30, on Linux (crontab -e) or on Windows (in a command prompt):",
            "每天夜里 2:30 运行，Linux 用 crontab -e，Windows 在命令提示符中执行：",
        ),
        "category_rules": (
            "--category is what rules ask for; name them: --rules FILE",
            "--category 是规则要用的；请指定规则：--rules FILE",
        ),
        "no_option": (
            "there is no option {option}; see gridgov locate --help",
            "没有选项 {option}；见 gridgov locate --help",
        ),
        "one_point": (
            "one point is needed, a longitude and a latitude, not {n} values",
            "需要一个点，即经度和纬度，现有 {n} 个值",
        ),
        "no_point": (
            "'{text}' is no point: give a longitude and a latitude, 113.73 34.72",
            "“{text}”不是点：请给经度和纬度，如 113.73 34.72",
        ),
        "condition_form": (
            "--condition '{text}': write --condition COLUMN=VALUE",
            "--condition“{text}”：请写成 --condition COLUMN=VALUE",
        ),
        "asks_for": ("the rules ask for {known}", "规则要用的有 {known}"),
        "asks_for_none": ("the rules ask for none (--rules)", "规则不用任何条件（--rules）"),
        "condition_said": ("--condition {name}: {said}", "--condition {name}：{said}"),
        "longitude_first": (". The longitude comes first", "。经度在前"),
        "locate_turned": (": gridgov locate {lat} {lon}", "：gridgov locate {lat} {lon}"),
        "taken_as": ("taken as {datum}, because --crs was not given", "没有写 --crs，按 {datum} 处理"),
        "nearest_is": ("; the nearest is {cell}, {away} away", "；最近的是 {cell}，相距 {away}"),
        "doubt": (
            " Are longitude and latitude exchanged, or is the --crs another?",
            "是不是经纬度颠倒，或 --crs 另有其他？",
        ),
        "in_no_cell": ("{point} lies in no cell{away}.{doubt}", "{point} 不在任何单元内{away}。{doubt}"),
        "in_no_cell_but": (
            "{point} lies in no cell but {away} from {cell}.",
            "{point} 不在任何单元内，距 {cell} {away}。",
        ),
        "lies_in": ("{point} lies in {cell}.", "{point} 在 {cell} 内。"),
        "of_one": ("{one}: {said}", "{one}：{said}"),
        "not_known": ("not known", "不详"),
        "grid_owner": ("grid {grid}, owner {owner}", "网格 {grid}，责任主体：{owner}"),
        "no_grid": ("no grid here", "此处没有网格"),
        "other_grids": (
            "Other grids of this layer hold it too or lie at its border; the smallest is the answer:",
            "该图层还有其他网格包含该点或在其边界上；以最小的为准：",
        ),
        "at_border": (
            "It is at a border; within {border_m:g} m lie also:",
            "该点在边界附近；{border_m:g} 米以内还有：",
        ),
        "look": (
            "A person should look: there, other owners or another handler would act.",
            "请人工核对：所列各处的责任主体或处置单位不同。",
        ),
        "same_there": (
            "The owners and the handler are the same there.",
            "所列各处的责任主体和处置单位都相同。",
        ),
        "no_category": ("an incident without a category (--category)", "未写类别的事件（--category）"),
        "no_rule": ("No rule says who handles {what} here.", "没有规则写明此处的{what}由谁处置。"),
        "handles": (
            "{handler} handles {what} here ({rule}{carried}).",
            "此处的{what}由 {handler} 处置（{rule}{carried}）。",
        ),
        "also_ask": (
            "Some rules also ask for {not_given}: {options} may change who handles it.",
            "有的规则还要用 {not_given}：{options} 可能改变处置单位。",
        ),
        "if_none": (
            "If these numbers are {datum} (--crs {crs}), it lies in no cell.",
            "如果坐标是 {datum}（--crs {crs}），该点不在任何单元内。",
        ),
        "would_handle": ("; {handler} would handle it", "；将由 {handler} 处置"),
        "if_in": (
            "If these numbers are {datum} (--crs {crs}), it lies in {cell}{handler}.",
            "如果坐标是 {datum}（--crs {crs}），该点在 {cell} 内{handler}。",
        ),
        "metres": ("{m} m", "{m} 米"),
        "carried": (", {name} {value}", "，{name} {value}"),
        "under": ("under {least} m", "不到 {least} 米"),
        "km": ("{km:,.0f} km", "{km:,.0f} 公里"),
        "name_the_file": (
            "{options}: name the file: --{option} FILE",
            "{options}：请指定文件：--{option} FILE",
        ),
        "seconds_left": (", about {remaining:.0f} s left", "，约剩 {remaining:.0f} 秒"),
        "minutes_left": (", about {remaining:.0f} min left", "，约剩 {remaining:.0f} 分钟"),
        "progress": (
            "{name}: {rows:,} rows ({share:.0%}), {speed:,.0f} rows/s{left}",
            "{name}：{rows:,} 行（{share:.0%}），每秒 {speed:,.0f} 行{left}",
        ),
        "name_check_column": (
            "{options}: name the column of recorded units: --check-column COLUMN",
            "{options}：请指定登记区域所在的列：--check-column COLUMN",
        ),
        "name_vintage": (
            "{options}: name the layer: --vintage FILE",
            "{options}：请指定图层：--vintage FILE",
        ),
        "linked_in": ("\nEverything is linked in {page}", "\n所有结果的链接都在 {page}"),
        "not_tagged": (
            "Error: {n:file|files} of incidents could not be tagged; why is said above.",
            "错误：{n} 个事件文件未能标注；原因见上文。",
        ),
        "not_kept": (
            "{options}: a job file does not keep this; leave out --save-job",
            "{options}：作业文件不保存此选项；请去掉 --save-job",
        ),
        "kept_as": (
            "Kept as {section} in {job}; again: gridgov run {job} --assign-only",
            "已在 {job} 中保存为 {section}；再次运行：gridgov run {job} --assign-only",
        ),
        "network_cells": (
            "{said}: {n:cell|cells} from {path}, network version {version}",
            "{path}（--{said}）：{n} 个单元，网络版本 {version}",
        ),
        "cells_file": (
            "{said}: {n:cell|cells} from {path}, which does not hold the network's version",
            "{path}（--{said}）：{n} 个单元，其中没有网络版本",
        ),
        "unmerged": (
            "{name}: {n:grid|grids} of one unmerged layer from {source}",
            "{name}：{n} 个网格，未合并的单个图层，取自 {source}",
        ),
        "cell_called": ("cell {id}", "单元 {id}"),
        "grid_called": ("grid {id}", "网格 {id}"),
        "in_place": (" ({place})", "（{place}）"),
        "category": ("'{category}'", "“{category}”"),
        "point": ("{lon}, {lat} ({datum})", "{lon}, {lat}（{datum}）"),
        "file_written": (
            "{file}: {rows:row|rows}{rejected}{limit}. Written: {output}",
            "{file}：{rows} 行{rejected}{limit}。已写出：{output}",
        ),
        "point_refused": ("'{typed}' is no point: {reason}{hint}", "“{typed}”不是点：{reason}{hint}"),
        "rows_from": ("{option}: {n:row|rows} from {source}", "{option}：{n} 行，取自 {source}"),
    }
)
