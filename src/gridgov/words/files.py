"""What is said of outputs and columns."""

from gridgov.language import Messages

__all__ = ["WORDS"]

WORDS = Messages(
    {
        "sheet_full": (
            "{path}: an Excel sheet holds {most:,} rows, and '{name}' has {rows:,}; write {instead} instead",
            "{path}：一个 Excel 工作表最多 {most:,} 行，而“{name}”有 {rows:,} 行；请改写成 {instead}",
        ),
        "epoch": (
            "SOURCE_DATE_EPOCH is '{epoch}', and should be whole seconds since 1970, or not be set",
            "环境变量 SOURCE_DATE_EPOCH 是“{epoch}”，应为自 1970 年起的整数秒，或不设置",
        ),
        "output_folder": (
            "{path} is a folder; give the name of a file in it",
            "{path} 是文件夹；请写明其中的文件名",
        ),
        "output_is_input": (
            "{output} is also an input; write to another file",
            "{output} 也是输入文件；请写到别的文件",
        ),
        "being_written": (
            "{path} is being written by another gridgov; wait for it, or choose another -o",
            "{path} 正由另一个 gridgov 写入；请等它结束，或换一个 -o",
        ),
        "no_output_folder": (
            "{path}: the folder {folder} does not exist; create it first",
            "{path}：文件夹 {folder} 不存在；请先建立",
        ),
        "folder_read_only": (
            "{path}: the folder {folder} is read-only for you; choose another",
            "{path}：您对文件夹 {folder} 只有读取权限；请换一个",
        ),
        "output_exists": (
            "{path} is already there; --overwrite replaces it",
            "{path} 已经存在；--overwrite 可替换它",
        ),
        "output_locked": (
            "{path} cannot be replaced: it is read-only or open in another program (Excel, QGIS); close it there, or choose another -o",
            "无法替换 {path}：它是只读的，或正在其他程序（Excel、QGIS）中打开；请在那里关闭，或换一个 -o",
        ),
        "no_space": (
            "{path}: no space left in the folder {folder}; nothing was written",
            "{path}：文件夹 {folder} 空间不足；没有写出任何文件",
        ),
        "may_each_be": (
            "{before}{listed} may each be the {word}; say which with {mend}",
            "{before}{listed} 都可能是{word}；请用 {mend} 指明",
        ),
        "none_looks_like": (
            "no column looks like the {word}; name one with {mend}.",
            "没有哪一列像是{word}；请用 {mend} 指定。",
        ),
        "may_be": (
            "{before}'{given}' may be {listed}; spell it exactly ({option})",
            "{before}“{given}”可能是 {listed}；请照原样写全（{option}）",
        ),
        "no_column": (
            "{before}there is no column '{given}' ({option}). {names}",
            "{before}没有列“{given}”（{option}）。{names}",
        ),
        "its_columns": ("Its columns: {names}", "现有列：{names}"),
        "no_columns": ("It has no columns", "其中没有任何列"),
        "and": (" and ", "、"),
        "or": (" or ", "或"),
        "role.id": ("id", "编码"),
        "role.name": ("name", "名称"),
        "role.owner": ("owner", "责任主体"),
        "role.lon": ("longitude", "经度"),
        "role.lat": ("latitude", "纬度"),
        "role.lonlat": ("coordinates", "坐标"),
        "role.district": ("district", "区县"),
        "role.street": ("street", "街道"),
        "role.community": ("community", "社区"),
        "role.category": ("category", "类别"),
        "role.time": ("time", "时间"),
    }
)
