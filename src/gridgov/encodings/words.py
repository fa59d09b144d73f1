"""What is said of encodings."""

from gridgov.language import Messages

__all__ = ["WORDS"]

WORDS = Messages(
    {
        "no_dbf": (
            "{where}: not a .dbf file, or damaged in its first {n} bytes",
            "{where}：不是 .dbf 文件，或开头 {n} 字节已损坏",
        ),
        "no_encoding": (
            "{where}: '{declared}' is not an encoding; --encoding takes utf-8, gb18030, big5 ...",
            "{where}：“{declared}”不是编码；--encoding 可用 utf-8、gb18030、big5 等",
        ),
        "not_declared": (
            "{where}: it is not {declared}: {fault}; {option}",
            "{where}：不是 {declared}：{fault}；{option}",
        ),
        "row_field": ("row {row}, field", "第 {row} 行，字段"),
        "field_name": ("the field name", "字段名"),
        "utf8_but": (
            "{where}: its text is UTF-8 but for {fault}. Mend that text, or {option}",
            "{where}：文字是 UTF-8，但 {fault} 除外。请改正该处文字，或{option}",
        ),
        "neither": (
            "{where}: it is neither UTF-8 ({utf8}) nor GB18030 ({gb}); {option}",
            "{where}：既不是 UTF-8（{utf8}），也不是 GB18030（{gb}）；{option}",
        ),
        "cpg_says": ("its .cpg says {stated}", ".cpg 写的是 {stated}"),
        "page_is": ("the code page in its header is {advised}", "文件头中的代码页是 {advised}"),
        "read_as": (
            "{where}: {said}; its text is read as {found}. If that is wrong, {option}",
            "{where}：{said}；文字按 {found} 读取。如不对，{option}",
        ),
        "no_file": ("{path}: there is no such file", "{path}：没有这个文件"),
        "no_zip": (
            "{path}: not a .zip file, or damaged: {error}",
            "{path}：不是 .zip 文件，或已损坏：{error}",
        ),
        "zero_bytes": (
            "{where}: it is full of zero bytes, like UTF-16 without its mark; state it: --encoding utf-16-le",
            "{where}：其中全是零字节，像没有标记的 UTF-16；请写明：--encoding utf-16-le",
        ),
        "utf8_up_to": (
            "{where}: it is UTF-8 up to {fault}; then it is damaged or in another encoding: save it again",
            "{where}：到 {fault} 为止是 UTF-8，之后已损坏或是其他编码：请重新保存",
        ),
        "line_byte": ("line {line}, byte {byte:,}: {raw}", "第 {line} 行第 {byte:,} 字节：{raw}"),
        "not_in": (
            "{where}: it is not {encoding} in {fault}; state another one with --encoding",
            "{where}：{fault} 不是 {encoding}；请用 --encoding 说明其他编码",
        ),
        "mark_is_wrong": (
            "{where}: its byte order mark says {encoding}, but {fault} is not; save it again, in Excel as CSV UTF-8",
            "{where}：开头的标记（BOM）写明是 {encoding}，但 {fault} 不是；请重新保存，在 Excel 中另存为 CSV UTF-8",
        ),
        "state_encoding": (
            "state the encoding with --encoding, e.g. --encoding gb18030",
            "请用 --encoding 说明编码，例如 --encoding gb18030",
        ),
    }
)
