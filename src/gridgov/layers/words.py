"""What is said of layers that are read."""

from gridgov.language import Messages

__all__ = ["WORDS"]

WORDS = Messages(
    {
        "zip_empty": ("{path}: nothing in this .zip can be read.", "{path}：此 .zip 中没有可读取的文件。"),
        "zip_locked": (
            "{path}: the .zip is locked by a password; unpack it first.",
            "{path}：.zip 有密码，请先解压。",
        ),
        "zip_damaged": (
            "{path}: the .zip is damaged ({error}); pack or copy it again.",
            "{path}：.zip 已损坏（{error}），请重新压缩或重新复制。",
        ),
        "zip_names": (
            "{path}: the names in the .zip cannot be read; unpack it first.",
            "{path}：.zip 中的文件名无法读取，请先解压。",
        ),
        "polygon_columns": (
            "several columns hold polygons: {best}; keep only the right one in the table",
            "有多列含面：{best}；表中只保留正确的一列",
        ),
        "no_polygon_column": (
            "{where}: no column holds polygons, as WKT or as 'lng,lat;lng,lat;...' (边界坐标). Columns: {columns}",
            "{where}：没有哪一列是面（WKT，或“经度,纬度;经度,纬度;……”形式的边界坐标）。现有列：{columns}",
        ),
        "control_system": (
            "{file}: say what X and Y of the control points are in, crs= (--crs), for example EPSG:4547",
            "{file}：请用 crs=（--crs）说明控制点的 X、Y 属于哪个坐标系，例如 EPSG:4547",
        ),
        "control_table": (
            "{file}: control points are a table, .csv or .xlsx (--control)",
            "{file}：控制点应为表格，.csv 或 .xlsx（--control）",
        ),
        "control_columns": (
            "{source}: control points need the columns x, y, X, Y (easting and northing in the system to leave, and in the known one; also x_old, y_old, x_new, y_new, or 旧X, 旧Y, 新X, 新Y)",
            "{source}：控制点需要 x、y、X、Y 四列（原坐标系和已知坐标系中的东坐标、北坐标；也可用 x_old、y_old、x_new、y_new，或 旧X、旧Y、新X、新Y）",
        ),
        "row": ("row {number}", "第 {number} 行"),
        "cad_no_layer": (
            "{where}: no CAD layer '{wanted}' with closed lines; there are: {layers}.",
            "{where}：CAD 图层“{wanted}”中没有闭合线；有闭合线的图层：{layers}。",
        ),
        "cad_layers": (
            "{where}: several CAD layers hold closed lines: {layers}; say which: FILE#{first}",
            "{where}：多个 CAD 图层有闭合线：{layers}；请指明：FILE#{first}",
        ),
        "cad_open": (
            "{where}: no line in the drawing is closed, so none is a grid; {lines} are open: close them.",
            "{where}：图中没有闭合线，所以没有网格；{lines}未闭合，请先闭合。",
        ),
        "cad_no_texts": (
            "{where}: no texts on a CAD layer '{name}' (--{role}); texts are on: {known}",
            "{where}：CAD 图层“{name}”上没有文字（--{role}）；有文字的图层：{known}",
        ),
        "ending_not_read": (
            "{path}: '{suffix}' is not read; these are: {known}.",
            "{path}：不能读取“{suffix}”；能读取的有：{known}。",
        ),
        "no_ending": ("no ending", "无扩展名"),
        "no_file": ("there is no file '{path}'{hint}", "没有文件“{path}”{hint}"),
        "empty_file": ("{path}: the file is empty (0 bytes)", "{path}：文件是空的（0 字节）"),
        "no_folder": (" (nor a folder '{folder}')", "（也没有文件夹“{folder}”）"),
        "did_you_mean": ("; did you mean '{name}'?", "；是不是“{name}”？"),
        "gdb_name": (
            "'{folder}' holds a File Geodatabase: rename the folder so that it ends in .gdb.",
            "“{folder}”里是 File Geodatabase：请把文件夹改名，以 .gdb 结尾。",
        ),
        "folder_holds": ("it holds {names}: name one of them", "其中有 {names}：请指明其中一个"),
        "folder_unreadable": ("nothing in it can be read", "其中没有可读取的文件"),
        "is_folder": ("'{folder}' is a folder; {inside}.", "“{folder}”是文件夹；{inside}。"),
        "none_with_geometry": ("none with geometry", "没有含图形的图层"),
        "no_layer": (
            "{where}: there is no layer '{wanted}'; it has {layers}.",
            "{where}：没有图层“{wanted}”；现有：{layers}。",
        ),
        "info_closed": ("closed lines on the CAD layers: {lines}", "CAD 图层上的闭合线：{lines}"),
        "info_texts": ("texts on the CAD layers: {words}", "CAD 图层上的文字：{words}"),
        "info_text_is_id": ("; the text inside a polygon is its id", "；面内的文字作为编码"),
        "share_fit": ("with the share of rows that fit", "括号内为符合的行所占比例"),
        "share_inside": ("with the share of rows inside the outline", "括号内为落在外轮廓内的行所占比例"),
        "crs_missing": (
            "{where}: the file does not say its coordinate system. {choices}",
            "{where}：文件没有写明坐标系。{choices}",
        ),
        "crs_legacy": (
            "{where}: {stated} cannot be brought to CGCS2000 without the city's own parameters, and ignoring the difference would put everything about 70 m off. Have the surveying office convert it, or give control points (--control {name}=points.csv). If the file says {old} by mistake, state the right one: --crs {name}=EPSG:4547",
            "{where}：没有本市自己的参数，不能把 {stated} 转换为 CGCS2000；不管这个差别，所有位置会偏约 70 米。请测绘部门转换，或提供控制点（--control {name}=points.csv）。如果文件把坐标系误写成 {old}，请写明正确的：--crs {name}=EPSG:4547",
        ),
        "none_known": ("none that gridgov knows", "已知的坐标系都不符合"),
        "and_others": ("and {apart} others", "另有 {apart} 种"),
        "state_it": ("state it: --crs {name}={fitting} or another", "再写明：--crs {name}={fitting} 或其他"),
        "exchanged": (
            "have x and y exchanged in the file: gridgov does not turn them round",
            "文件中 x、y 颠倒：gridgov 不会自动对调",
        ),
        "ask_who": (
            "Ask who made it, then {state}. By its numbers it could be ({share}):\n  {listed}",
            "请先问数据是谁做的，{state}。从数值看可能是（{share}）：\n  {listed}",
        ),
        "web_map": (
            "if it comes from a Chinese web map it is GCJ-02 whatever the file says: --crs {name}=gcj02",
            "如果取自国内网络地图，不论文件怎么写，都是 GCJ-02：--crs {name}=gcj02",
        ),
        "would_fit": (
            " As {best}, {share:.0%} would (--crs {name}={best})",
            "若按 {best}，有 {share:.0%} 落在轮廓内（--crs {name}={best}）",
        ),
        "outside_outline": (
            "not one of its grids lies inside the outline; is {stated} right?{hint}",
            "没有一个网格落在外轮廓内；{stated} 对吗？{hint}",
        ),
        "which_layer": (
            "{where}: it holds {stems}; say which: {where}#{first}",
            "{where}：其中有 {stems}；请指明：{where}#{first}",
        ),
        "no_layer_raw": (
            "{where}: there is no layer '{wanted}'; it holds {stems}",
            "{where}：没有图层“{wanted}”；其中有 {stems}",
        ),
        "lost_polygons": (
            "{lost} rows whose polygon is blank or cannot be read",
            "{lost} 行的面为空或无法读取",
        ),
        "control_and_crs": (
            "control= knows the system it leads to; leave crs= out",
            "control= 已知目标坐标系；请去掉 crs=",
        ),
        "control_says_crs": (
            "--control {given}: say what X and Y of the control points are in: --crs {name}=EPSG:4547",
            "--control {given}：请说明控制点的 X、Y 属于哪个坐标系：--crs {name}=EPSG:4547",
        ),
        "ledger_kind": (
            "{name}: a table of owners must be .xlsx or .csv (--attributes)",
            "{name}：责任主体表应为 .xlsx 或 .csv（--attributes）",
        ),
        "binary_dxf": (
            "{path}: this is a binary DXF; save it as a text (ASCII) DXF.",
            "{path}：这是二进制 DXF，请另存为文本（ASCII）DXF。",
        ),
        "shp_parts": (
            "{path}: there is no {words} beside it. A Shapefile is several files: copy .shp, .shx, .dbf, .prj and .cpg together.",
            "{path}：旁边缺少 {words}。一个 Shapefile 由多个文件组成：请把 .shp、.shx、.dbf、.prj、.cpg 一起复制。",
        ),
        "shp_damaged": (
            "{path}: this is not a Shapefile, or it is damaged; copy it again.",
            "{path}：不是 Shapefile，或已损坏；请重新复制。",
        ),
        "shp_cut": ("{path}: the file is cut short; copy it again.", "{path}：文件不完整，请重新复制。"),
        "shp_cut_bytes": (
            "{path}: the file is cut short ({size} of {stated} bytes); copy it again.",
            "{path}：文件不完整（{stated} 字节中只有 {size} 字节），请重新复制。",
        ),
        "text_read_as": ("text read as {encoding}", "文字按 {encoding} 读取"),
        "digits_lost": (
            "{numbers} more than {digits} digits: Excel has already lost their last digits ({cells}). Ask for the file with this column as text.",
            "{numbers}超过 {digits} 位：Excel 已丢失末尾几位（{cells}）。请对方提供该列为文本格式的文件。",
        ),
        "no_csv": ("{path}: line {line} is no CSV ({error}).", "{path}：第 {line} 行不是 CSV（{error}）。"),
        "xlsx_locked": (
            "it is locked by a password, or an old .xls renamed",
            "有密码保护，或是改了扩展名的旧版 .xls",
        ),
        "xlsx_damaged": ("it is damaged", "已损坏"),
        "no_xlsx": (
            "{path}: this is no .xlsx that can be read; {why}. Save it again.",
            "{path}：不是能读取的 .xlsx；{why}。请另存一次。",
        ),
        "no_sheet": (
            "{path}: there is no sheet '{wanted}'; it has {names}.",
            "{path}：没有工作表“{wanted}”；现有：{names}。",
        ),
        "which_sheet": (
            "{path}: it has {n} sheets ({names}); say which: {path}#{first}",
            "{path}：有 {n} 个工作表（{names}）；请指明：{path}#{first}",
        ),
        "sheets_empty": ("{path}: every sheet is empty.", "{path}：所有工作表都是空的。"),
        "sheet_unreadable": (
            "{path}#{name}: the sheet cannot be read ({error}).",
            "{path}#{name}：工作表无法读取（{error}）。",
        ),
        "sheet_damaged": (
            "{path}#{name}: the sheet is damaged ({error}); save it again.",
            "{path}#{name}：工作表已损坏（{error}），请另存一次。",
        ),
        "no_polygons": ("{where}: no layer in it has polygons.", "{where}：没有一个图层含有面。"),
        "which_of_layers": (
            "{where}: it has {n} layers, {layers}; say which: '{where}#{first}'",
            "{where}：有 {n} 个图层：{layers}；请指明：“{where}#{first}”",
        ),
        "rings_closed": (
            "some rings were not closed; they were closed where they could be",
            "有的环未闭合，已尽量闭合",
        ),
        "parquet_plain": (
            "{path}: this Parquet file has no geometry (it is not GeoParquet).",
            "{path}：此 Parquet 文件没有图形（不是 GeoParquet）。",
        ),
        "parquet_damaged": (
            "{path}: the content is not Parquet, or it is damaged; copy or export it again.",
            "{path}：内容不是 Parquet，或已损坏；请重新复制或导出。",
        ),
        "text_read_stated": ("text read as {encoding}, as stated", "按说明，文字按 {encoding} 读取"),
        "found_not_utf8": (
            " (found: it is not UTF-8 and has no .cpg)",
            "（自动识别：不是 UTF-8，也没有 .cpg）",
        ),
        "mend_encoding": (
            "state another with --encoding NAME=gb18030",
            "请用 --encoding NAME=gb18030 说明其他编码",
        ),
        "mend_export": ("export it again, as UTF-8 or as a GeoPackage", "请重新导出为 UTF-8 或 GeoPackage"),
        "not_encoding": (
            "{name}: its text is not {encoding} as stated or found; {mend}.",
            "{name}：文字不是说明或识别的 {encoding}；{mend}。",
        ),
        "gdal_says": ("GDAL says: {text}", "GDAL 提示：{text}"),
        "content_wrong": (
            "the content is not what the file's ending says, or it is damaged; copy or export it again.",
            "内容与扩展名不符，或已损坏；请重新复制或导出。",
        ),
        "cannot_read": (
            "it cannot be read, it seems damaged ({reason}).",
            "无法读取，可能已损坏（{reason}）。",
        ),
        "refused": ("{path}: {why}.", "{path}：{why}。"),
        "dwg": (
            "AutoCAD's DWG cannot be read: save it as DXF 2007 or later (text, not binary)",
            "不能读取 AutoCAD 的 DWG：请另存为 DXF 2007 或更新版本（文本格式，不是二进制）",
        ),
        "personal_gdb": (
            "a personal geodatabase cannot be read: save it as a File Geodatabase (.gdb)",
            "不能读取个人地理数据库：请另存为 File Geodatabase（.gdb）",
        ),
        "access": (
            "an Access database cannot be read: save it as a File Geodatabase (.gdb)",
            "不能读取 Access 数据库：请另存为 File Geodatabase（.gdb）",
        ),
        "old_excel": (
            "the old Excel format cannot be read: save it as .xlsx",
            "不能读取旧版 Excel 格式：请另存为 .xlsx",
        ),
        "wps": ("WPS tables cannot be read: save it as .xlsx", "不能读取 WPS 表格：请另存为 .xlsx"),
        "open_document": (
            "OpenDocument tables cannot be read: save it as .xlsx",
            "不能读取 OpenDocument 表格：请另存为 .xlsx",
        ),
        "shapefile_part": (
            "it is part of a Shapefile: name the .shp, with its other parts beside it",
            "它是 Shapefile 的一部分：请指定 .shp，并把其他部分放在旁边",
        ),
        "mapinfo_part": (
            "it is part of a MapInfo table: name the .tab (or .mif), with its other parts beside it",
            "它是 MapInfo 表的一部分：请指定 .tab（或 .mif），并把其他部分放在旁边",
        ),
        "packed": ("it is packed: unpack it, or pack it as .zip", "它是压缩包：请解压，或压缩为 .zip"),
        "project": (
            "it holds only colours and links to the data: name the data file itself",
            "它只有配色和数据链接：请指定数据文件本身",
        ),
        "cad_count": ("'{name}' ({n:closed line|closed lines})", "“{name}”（{n} 条闭合线）"),
        "none": ("none", "无"),
        "cad_left_out": (
            "left out: {n:line|lines} not closed, starting at {places}",
            "略去 {n} 条未闭合的线，起点在 {places}",
        ),
        "cad_blank": ("{n:polygon|polygons} without a text inside", "{n} 个面内没有文字"),
        "cad_several": (
            "{n:polygon|polygons} with several texts inside ({texts}); name the CAD layer of the right texts with --id",
            "{n} 个面内有多处文字（{texts}）；请用 --id 指定正确文字所在的 CAD 图层",
        ),
        "cad_stray": ("{n:text|texts} outside all polygons", "{n} 处文字在所有面之外"),
        "shp_index": ("{part} (its index)", "{part}（索引）"),
        "shp_ids": ("{part} (the ids and owners)", "{part}（编码和责任主体）"),
        "shp_both": ("{index} and no {ids}", "{index}，也缺少 {ids}"),
        "one_number": ("1 number has", "1 个数值"),
        "numbers": ("{n} numbers have", "{n} 个数值"),
        "in_file_misfit": ("{where}: {misfit}. {choices}", "{where}：{misfit}。{choices}"),
    }
)
