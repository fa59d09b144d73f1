"""What is said of files of incidents."""

from gridgov.language import Messages

__all__ = ["WORDS"]

WORDS = Messages(
    {
        "holds_no_text": (
            "--fill: column '{column}' holds no text, and ids are text; give the new one another name (--rename NEW={column})",
            "--fill：列“{column}”不是文本，而编码是文本；请给新列另起名称（--rename NEW={column}）",
        ),
        "no_batches": (
            "a reader of type {name} gives no Arrow batches (__arrow_c_stream__)",
            "{name} 类型的读取器不提供 Arrow 批次（__arrow_c_stream__）",
        ),
        "standard_input": ("standard input", "标准输入"),
        "standard_output": ("standard output", "标准输出"),
        "not_from_stream": (
            "--input-format {kind} cannot be read from a stream (-)",
            "--input-format {kind} 不能从流（-）读取",
        ),
        "needs_file": (
            "--output-format {kind} needs a file: -o FILE",
            "--output-format {kind} 需要文件：-o FILE",
        ),
        "flush_needs": (
            "--flush answers line by line: it needs ndjson in and out",
            "--flush 逐行回答：输入输出都必须是 ndjson",
        ),
        "is_output": (
            "{name} {path} is the output itself, or another one; name another file",
            "{name} {path} 就是输出文件或另一个输出；请换一个文件",
        ),
        "say_stream": (
            "say what is on the stream (-): {option} {kinds}",
            "请写明流（-）中是什么：{option} {kinds}",
        ),
        "rejects_file": (
            "The input is a rejects file; its columns _row and _reason were dropped.",
            "输入是未定位清单；其中的 _row 和 _reason 列已去掉。",
        ),
        "system_of_cells": (
            "The points of {name} are in the coordinate system of the cells, {system}.",
            "{name} 中的点采用单元的坐标系 {system}。",
        ),
        "holds_no_table": ("holds no table", "中没有表格"),
        "is_not_there": ("is not there, and no file is called so", "不存在，也没有文件叫这个名称"),
        "known_are": ("{pattern} {said}; known are {known}", "{pattern} {said}；可用的有 {known}"),
        "several_to": (
            "several files would be written to {twice}; tag them one by one",
            "多个文件会写到 {twice}；请逐个标注",
        ),
        "folder_of_inputs": (
            "-o {folder} is the folder of the inputs; name another one",
            "-o {folder} 是输入所在的文件夹；请换一个",
        ),
        "folder_not_made": (
            "-o {folder} cannot be made ({error}); choose another folder",
            "无法建立 -o {folder}（{error}）；请换一个文件夹",
        ),
        "stream_full": (
            "no space left where standard output goes; what was written there is not whole",
            "标准输出所在的磁盘空间不足；已写出的内容不完整",
        ),
        "no_record": (
            "{path} is no record of a job, or damaged; remove it",
            "{path} 不是作业记录，或已损坏；请删除",
        ),
        "vanished": (
            "{path} vanished while it was read; nothing was written",
            "{path} 在读取时消失；没有写出任何文件",
        ),
        "was_changed": (
            "{path} was changed while it was read; run it again when nobody writes to it",
            "{path} 在读取时被改动；请在没有程序写入时再运行",
        ),
        "max_rejects": (
            "--max-rejects {text}: give a number of rows (40) or a share (5%)",
            "--max-rejects {text}：请给行数（40）或比例（5%）",
        ),
        "already_there": (
            "{path} is already there; --overwrite replaces it",
            "{path} 已经存在；--overwrite 可替换它",
        ),
        "has_place": (
            "{n:row without an answer has|rows without an answer have} a recorded place: --place {columns} would use it.",
            "{n} 行没有结果但有登记地点：加 --place {columns} 即可使用。",
        ),
        "no_reject_now": ("no row is rejected now", "现在没有未定位的行"),
        "no_differ_now": ("no row differs now", "现在没有不一致的行"),
        "earlier_open": (
            "{path} is of an earlier run and open in another program; {why}.",
            "{path} 是上次运行留下的，正在其他程序中打开；{why}。",
        ),
        "earlier_removed": (
            "{path} of an earlier run was removed: {why}.",
            "已删除上次运行留下的 {path}：{why}。",
        ),
    }
)
