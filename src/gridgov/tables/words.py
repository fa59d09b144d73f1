"""What is said of tables."""

from gridgov.language import Messages

__all__ = ["WORDS"]

WORDS = Messages(
    {
        "relation_means": ("{name}: {means}", "{name}：{means}"),
        "parents_none": (
            "{name} (--parents): no column holds 12-digit codes and nothing else; name it, --parents {name}:COLUMN. Its columns: {columns}",
            "{name}（--parents）：没有全为 12 位编码的列；请指明 --parents {name}:列名。现有列：{columns}",
        ),
        "parents_kind": (
            "{path}: the list of communities (--parents) is a table: .csv, .xlsx or .parquet",
            "{path}：社区清单（--parents）应为表格：.csv、.xlsx 或 .parquet",
        ),
        "parents_two": (
            "{name} (--parents): several columns hold 12-digit codes: {columns}; say which, --parents {name}:COLUMN",
            "{name}（--parents）：有几列都是 12 位编码：{columns}；请指明 --parents {name}:列名",
        ),
        "parents_column": (
            "{name} (--parents) has no column '{column}'; its columns: {columns}",
            "{name}（--parents）没有列“{column}”；现有列：{columns}",
        ),
        "not_there": ("{path} is not there", "{path} 不存在"),
        "may_not": ("you may not, or it is open in another program", "没有权限，或正在其他程序中打开"),
        "cannot_read": ("{path} cannot be read: {said}", "{path} 无法读取：{said}"),
        "cut_off": (
            "{path}: the file is cut off or damaged, which shows after line {line} ({packing}: {error}); copy it again",
            "{path}：文件不完整或已损坏，读到第 {line} 行之后发现（{packing}：{error}）；请重新复制",
        ),
        "cut_off_at_once": (
            "{path}: the file is cut off or damaged, which shows in its first line ({packing}: {error}); copy it again",
            "{path}：文件不完整或已损坏，第一行就读不出来（{packing}：{error}）；请重新复制",
        ),
        "not_packed": (
            "{path} is no {packing} file, though its name says so ({error}); if it was never packed, name it without that ending, else copy it again",
            "{path} 不是 {packing} 文件，与扩展名不符（{error}）；若未压缩，请去掉该扩展名，否则请重新复制",
        ),
        "conflicts_kind": (
            "{path}: the list of conflicts is a workbook; name an .xlsx (--conflicts)",
            "{path}：冲突清单是工作簿，请指定 .xlsx（--conflicts）",
        ),
        "instead_tables": ("gridgov export --tables into a folder", "gridgov export --tables 导出到文件夹"),
        "crosswalk_kinds": (
            "{path}: a crosswalk is written as {kinds}; name one with -o",
            "{path}：对照表可写成 {kinds}；请用 -o 指定其一",
        ),
        "csv_or_parquet": (".csv or .parquet", ".csv 或 .parquet"),
        "decisions_kind": (
            "{path}: decisions are read from .xlsx or .csv; save it as one of them",
            "{path}：决定从 .xlsx 或 .csv 读取；请另存为其中一种",
        ),
        "decisions_lost": (
            "{path} holds {n:decision|decisions} of people that the new list would lose: {lost}. Carry them out (--decisions {path}) and write the new list to another file, or delete this one",
            "{path} 中有 {n} 条已填写的决定，新清单会把它们丢掉：{lost}。请用 --decisions {path} 执行，并把新清单写到另一个文件，或先删除该文件",
        ),
        "no_decisions": (
            "{path}: there are no columns conflict_id (冲突编号) and decision (决定); take the list that --conflicts wrote",
            "{path}：没有 conflict_id（冲突编号）和 decision（决定）两列；请用 --conflicts 写出的清单",
        ),
        "on_sheet": ("sheet '{sheet}', ", "工作表“{sheet}”，"),
        "sheet_row": ("{sheet}row {number}", "{sheet}第 {number} 行"),
        "no_header_row": (
            "{path}#{sheet}: there is no row {row} for the column names",
            "{path}#{sheet}：没有作为列名的第 {row} 行",
        ),
        "digits_lost": (
            "Column {columns} holds numbers of more than {most} digits: Excel has already lost their last digits. Ask for the file with these columns as text.",
            "列 {columns} 含超过 {most} 位的数字：Excel 已丢失末尾几位。请索取这些列为文本的文件。",
        ),
        "title_row": ("Row {row} is a title: '{title}'.", "第 {row} 行是标题：“{title}”。"),
        "no_workbook": (
            "{path}: this is no .xlsx workbook, or it is damaged; open it in Excel and save it again",
            "{path}：不是 .xlsx 工作簿，或已损坏；请在 Excel 中打开并另存",
        ),
        "no_sheet": (
            "{path} has no sheet '{wanted}'; its sheets are {names}",
            "{path} 没有工作表“{wanted}”；现有工作表：{names}",
        ),
        "sheet_blank": ("{path}{sheet}: there is nothing on the sheet", "{path}{sheet}：工作表中没有内容"),
        "several_sheets": (
            "{path} has several sheets: {names}; name one: {path}#{first}",
            "{path} 有多个工作表：{names}；请指定其一：{path}#{first}",
        ),
        "blank_rows": (
            "Rows without any value, passed over: {blank:,}.",
            "跳过没有任何值的行：{blank:,} 行。",
        ),
        "sheet_full": (
            "{name}: an Excel sheet holds {most_rows:,} rows and {most_columns:,} columns, not {rows:,} x {columns:,}; write .csv or .parquet instead",
            "{name}：一个 Excel 工作表最多 {most_rows:,} 行、{most_columns:,} 列，放不下 {rows:,} x {columns:,}；请改写成 .csv 或 .parquet",
        ),
        "cell_full": (
            "{name}: an Excel cell holds {most:,} characters; column {columns} has longer values. Write .csv or .parquet instead",
            "{name}：一个 Excel 单元格最多 {most:,} 个字符；列 {columns} 中有更长的值。请改写成 .csv 或 .parquet",
        ),
        "format_unknown": (
            "format {stated!r} is not known; known are {known}",
            "不认识格式 {stated!r}；可用的有 {known}",
        ),
        "packable": (
            "{path}: only {known} are read and written packed ({packing}), not {ending}",
            "{path}：只有 {known} 能以压缩形式（{packing}）读写，{ending} 不能",
        ),
        "save_as": (
            "{path}: {ending} is not read or written; save it as {kind}",
            "{path}：不能读写 {ending}；请另存为 {kind}",
        ),
        "ending_unknown": ("a table ending in {ending} is not known", "不认识以 {ending} 结尾的表格"),
        "no_ending": ("the name has no ending", "文件名没有扩展名"),
        "known_endings": (
            "{path}: {said}; known are {known}, and with .gz or .zst behind",
            "{path}：{said}；可用的有 {known}，后面还可加 .gz 或 .zst",
        ),
        "no_point": (
            "{path}: row {rows} holds a {kind}, not a point; incidents are points (layers of polygons go to --cells)",
            "{path}：第 {rows} 行是 {kind}，不是点；事件应为点（面图层请用 --cells）",
        ),
        "alike_columns": (
            "{where}: GeoPackage takes the columns {alike} for one (upper and lower case count as one); write .csv or .parquet, or --prefix the new columns",
            "{where}：GeoPackage 把列 {alike} 视为同一列（不分大小写）；请改写成 .csv 或 .parquet，或用 --prefix 为新列加前缀",
        ),
        "no_object": ("it is no JSON object", "不是 JSON 对象"),
        "key_missing": ("a key is missing at letter {at}", "第 {at} 个字符处缺少键"),
        "colon_missing": ("':' is missing at letter {at}", "第 {at} 个字符处缺少“:”"),
        "key_twice": ("the key '{key}' is there twice", "键“{key}”出现两次"),
        "comma_missing": ("',' or '}}' is missing at letter {at}", "第 {at} 个字符处缺少“,”或“}}”"),
        "behind_object": (
            "something stands behind the object, at letter {at}",
            "对象后面（第 {at} 个字符处）还有内容",
        ),
        "line_not_utf8": (
            "{where}: line {number} is not UTF-8, as JSON must be",
            "{where}：第 {number} 行不是 UTF-8，而 JSON 必须是",
        ),
        "line_half": (
            "{where}: line {number} holds half of a character ({code}); have the program that wrote it write whole ones",
            "{where}：第 {number} 行含半个字符（{code}）；请让写出它的程序写完整字符",
        ),
        "line_error": ("{where}: line {number}: {error}", "{where}：第 {number} 行：{error}"),
        "line_unread": (
            "{error}; it is answered as a row without values",
            "{error}；按没有内容的一行回答",
        ),
        "line_no_object": (
            "{where}: line {number} is no JSON object: {error}",
            "{where}：第 {number} 行不是 JSON 对象：{error}",
        ),
        "no_layer": (
            "{path} has no layer '{wanted}'; its layers are {layers}",
            "{path} 没有图层“{wanted}”；现有图层：{layers}",
        ),
        "several_layers": (
            "{path} has several layers: {layers}; name one: {path}#{first}",
            "{path} 有多个图层：{layers}；请指定其一：{path}#{first}",
        ),
        "needs_points": (
            "{name}: a map layer needs a point per row; write .csv or .parquet",
            "{name}：地图图层每行需要一个点；请写成 .csv 或 .parquet",
        ),
        "column_called": (
            "{name}: column '{old}' is called '{new}' there.",
            "{name}：列“{old}”在其中名为“{new}”。",
        ),
        "no_sheets": (
            "{path} has no sheets or layers, so no '{sheet}'",
            "{path} 没有工作表或图层，所以没有“{sheet}”",
        ),
        "is_folder": ("is a folder; name a file in it", "是文件夹；请指定其中的文件"),
        "is_not_there": ("is not there", "不存在"),
        "empty_file": ("{path}: the file is empty (0 bytes)", "{path}：文件是空的（0 字节）"),
        "rules_kind": (
            "{path}: rules are a table, .csv or .xlsx (--rules)",
            "{path}：处置规则应为表格，.csv 或 .xlsx（--rules）",
        ),
        "spool_full": (
            "no space left in the folder {folder} for what comes from the stream; nothing was written",
            "文件夹 {folder} 空间不足，放不下输入流的内容；没有写出任何文件",
        ),
        "with_mark": ("with byte order mark", "带字节顺序标记"),
        "csv_or_json": (".csv or .json", ".csv 或 .json"),
        "tally_kinds": (
            "{path}: a count is written as {kinds}; name one with -o",
            "{path}：统计结果可写成 {kinds}；请用 -o 指定其一",
        ),
        "no_header": ("{file}: the file has no header row", "{file}：文件没有列名行"),
        "long_row": (
            "{file}: the row that begins on line {line} is longer than {most} MB; is the file damaged?",
            "{file}：第 {line} 行开始的记录超过 {most} MB；文件是否已损坏？",
        ),
        "no_text_table": (
            "{file} cannot be read as a text table: {error}",
            "{file} 不能作为文本表格读取：{error}",
        ),
        "quote_open": (
            "{file}: in the row that begins on line {line} a quote is not closed, or stands inside a quoted value without being doubled",
            "{file}：从第 {line} 行开始的记录中，引号没有配对，或引号内又有未成双的引号",
        ),
        "line_has": ("line {line} has {n:value|values}", "第 {line} 行有 {n} 个值"),
        "is_title": ("; is it a title? Then remove it", "；它是标题吗？是则删去"),
        "wrong_rows": (
            "{file}: {listed}, but the header (line 1) names {n} columns{title}. Line {first} begins '{text}'. Mend these rows, for example by quoting values that hold a separator",
            "{file}：{listed}，而列名行（第 1 行）有 {n} 列{title}。第 {first} 行开头是“{text}”。请改正这些行，例如给含分隔符的值加引号",
        ),
        "blanks": (
            "{file}: the file begins with {most:,} blanks",
            "{file}：文件以 {most:,} 个空白开头",
        ),
        "only_blanks": (
            "{file}: the file is empty, or holds nothing but blanks",
            "{file}：文件是空的，或只有空白",
        ),
        "same_names": (
            "{where}: several columns have the same name: {repeated}; rename them",
            "{where}：有多列同名：{repeated}；请改名",
        ),
        "unnamed": ("Columns without a name are called {made}.", "没有名称的列命名为 {made}。"),
        "nul_byte": (
            "{file}: line {line} holds a NUL byte; the file is damaged or is no text table",
            "{file}：第 {line} 行有空字节（NUL）；文件已损坏，或不是文本表格",
        ),
        "encoding_lacks": (
            "{encoding} has no '{lacking}'; write UTF-8 (--bom) or to a file",
            "{encoding} 中没有“{lacking}”；请写成 UTF-8（--bom），或写到文件",
        ),
        "cannot_write": ("the output cannot be written: {said}", "无法写出：{said}"),
        "written_utf8": (
            "Written as UTF-8: {encoding} has no '{lacking}'.",
            "已按 UTF-8 写出：{encoding} 中没有“{lacking}”。",
        ),
        "same_names_out": (
            "{path}: several columns have the same name: {repeated}",
            "{path}：有多列同名：{repeated}",
        ),
        "damaged": (
            "{path}: the content is not what the ending says, or it is damaged; copy or export it again",
            "{path}：内容与扩展名不符，或已损坏；请重新复制或导出",
        ),
    }
)
