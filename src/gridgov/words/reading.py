"""What is said of layers and ledgers as they are made of tables."""

from gridgov.language import Messages

__all__ = ["WORDS"]

WORDS = Messages(
    {
        "attribute_table": ("the attribute table", "属性表"),
        "columns_take": (
            "{where}: columns takes id, name, owner, not {unknown}",
            "{where}：columns 只能是 id、name、owner，不能是 {unknown}",
        ),
        "no_id_left_out": ("{n:row|rows} without an id left out", "略去 {n} 行没有编码的记录"),
        "columns_taken": ("columns taken: ", "采用的列："),
        "renamed_layer": (
            "columns renamed, because the layer has columns called so: {changed}",
            "列已改名，因为图层中有同名列：{changed}",
        ),
        "joined_folded": (
            "joined only after leaving out spaces, full-width forms and case",
            "去掉空格、全角和大小写差别后才对上",
        ),
        "is_same": ("'{i}' = {g}", "“{i}” = {g}"),
        "digits_lost_id": ("with digits lost in a number column, not joined", "因数字列丢失末位而未对上"),
        "n_ids": ("{n:id|ids}", "{n} 个编码"),
        "n_rows": ("{n:row|rows}", "{n} 行"),
        "n_polygons": ("{n:polygon|polygons}", "{n} 个面"),
        "some_what": ("{many} {what}: {which}", "{many}{what}：{which}"),
        "without_polygon": ("without a polygon", "没有对应的面"),
        "without_row": ("without a row", "没有对应的记录"),
        "none_is_grid": (
            "{where}: none of its ids is a grid of the layer; ",
            "{where}：其中没有一个编码是该图层的网格；",
        ),
        "ids_found": ("{grid_of} of {grids:grid|grids} found", "{grids} 个网格中对上 {grid_of} 个"),
        "perhaps": ("{row} (perhaps {meant})", "{row}（可能是 {meant}）"),
        "repeated_ids": ("{n:id|ids} in several rows: {ids}", "{n} 个编码出现在多行：{ids}"),
        "left_as_layer": ("left as in the layer", "保留图层中的值"),
        "joined_by": ("joined by '{sign}'", "以“{sign}”连接"),
        "differs_between": (
            "{column} differs between rows of {n:grid|grids}, {done}: {grids}",
            "{n} 个网格的多行中 {column} 不一致，{done}：{grids}",
        ),
        "taken_for": ("{column} taken for {n:grid|grids}", "{n} 个网格取用 {column}"),
        "replaced_in": (
            "{column} replaced in {n:grid|grids}: {grids}",
            "{n} 个网格的 {column} 已替换：{grids}",
        ),
        "made_one": (
            "{n:id|ids} in several rows, made one grid each: {ids}",
            "{n} 个编码出现在多行，各合为一个网格：{ids}",
        ),
        "drawn_for_several": (
            "{n:polygon|polygons} drawn for several grids: {grids}",
            "{n} 个面画给了多个网格：{grids}",
        ),
        "columns_twice": ("there are several columns '{name}'", "有多个名为“{name}”的列"),
        "no_column_called": ("there is no column '{name}'", "没有列“{name}”"),
        "the_columns_are": ("{found}; the columns are {names}", "{found}；现有列：{names}"),
        "rows_but": (
            "the table has {rows} rows, but not the new columns {wrong}",
            "表有 {rows} 行，但新列不是：{wrong}",
        ),
        "lazy_frame": (
            "a polars LazyFrame has no rows yet: give its .collect()",
            "polars LazyFrame 还没有行：请先 .collect()",
        ),
        "table_type": (
            "a table of type {name} is not known; give a pandas, geopandas or polars DataFrame or a pyarrow Table",
            "不认识 {name} 类型的表；请给 pandas、geopandas 或 polars 的 DataFrame，或 pyarrow Table",
        ),
        "columns_take_roles": (
            "{where}: columns takes {roles}, not {unknown}",
            "{where}：columns 只能是 {roles}，不能是 {unknown}",
        ),
        "no_geometry": ("{where}: it has no geometry", "{where}：没有图形"),
        "columns_repeat": ("{where}: columns repeat: {columns}", "{where}：列名重复：{columns}"),
        "crs_not_known": (
            "{where}: the coordinate system is not known; say it with --crs, e.g. --crs EPSG:4547 (gridgov info lists which are possible)",
            "{where}：坐标系未知；请用 --crs 写明，例如 --crs EPSG:4547（gridgov info 会列出可能的坐标系）",
        ),
        "converted": (
            "coordinates converted from {stated} to {degrees}",
            "坐标已从 {stated} 转换为 {degrees}",
        ),
        "read_as_stated": (
            "coordinates read as {stated}, as stated; the file says {name}",
            "按说明，坐标按 {stated} 读取；文件写的是 {name}",
        ),
        "geometry_left_out": ("further geometry columns left out: {others}", "略去其余图形列：{others}"),
        "renamed_layers": (
            "columns renamed, because a layer has columns called so: {changed}",
            "列已改名，因为图层中有同名列：{changed}",
        ),
        "no_grid_has_owner": (
            "{begin}: no grid has an owner (--owner names the column)",
            "{begin}：没有一个网格有责任主体（用 --owner 指定列）",
        ),
        "id_is_zero": (
            "{where}: '{column}' is 0 in every row; name the column of the id with --id",
            "{where}：“{column}”每一行都是 0；请用 --id 指定编码列",
        ),
        "id_passed": (
            "'{passed}' is blank or 0 in every row and not taken for the id",
            "“{passed}”每一行都为空或 0，不作为编码",
        ),
        "no_row_polygon": ("{where}: no row has a polygon ({note})", "{where}：没有一行有面（{note}）"),
        "layer_empty": ("the layer is empty: no rows", "图层是空的：没有任何行"),
        "polygon_left_out": (
            "{n:row|rows} without a polygon left out: {grids} ({why})",
            "略去 {n} 行没有面的记录：{grids}（{why}）",
        ),
        "repaired": (
            "{n:invalid polygon|invalid polygons} repaired: {grids}",
            "已修复 {n} 个无效的面：{grids}",
        ),
        "called_by_number": (
            "{n:row|rows} without an id, called by its number: {ids}",
            "{n} 行没有编码，以行号代替：{ids}",
        ),
        "heights_left_out": ("heights (Z) left out in {n:row|rows}", "{n} 行略去高程（Z）"),
        "points_left_out": (
            "points and lines left out of the collections in {n:row|rows}",
            "{n} 行的集合中略去点和线",
        ),
        "ids_with_sign": (
            "{n:id|ids} with '{sign}', which joins ids in lists: {ids}",
            "{n} 个编码含有“{sign}”，它用于连接多个编码：{ids}",
        ),
        "whole_numbers": (
            "'{column}' holds whole numbers written with .0 ({present}): .0 left out",
            "“{column}”中的整数带有 .0（{present}）：已去掉 .0",
        ),
        "digits_are_lost": (
            "'{column}': digits are lost in {n:id|ids}, a number column holds only 15 to 17 digits: {ids}. Ask for the column as text",
            "“{column}”：{n} 个编码已丢失末位，数字列只能保存 15 至 17 位：{ids}。请对方提供该列为文本格式的数据",
        ),
        "merged_filled": (
            "{ranges:merged range|merged ranges} filled with the value of their first cell",
            "{ranges} 个合并单元格已按首格的值填充",
        ),
        "table_blank": ("the table is blank", "表是空的"),
        "no_such_row": (
            "there is no row {header_row}: the table has {rows} rows (--header-row)",
            "没有第 {header_row} 行：表共有 {rows} 行（--header-row）",
        ),
        "header_guessed": (
            " (no row holds known column names; --header-row states it)",
            "（没有哪一行含已知的列名；可用 --header-row 指定）",
        ),
        "header_from": (
            "column names taken from row {first} of the table{hint}",
            "列名取自表的第 {first} 行{hint}",
        ),
        "columns_called": (
            "columns without a name, or with one used before, are called {changed}",
            "没有名称或重名的列改称 {changed}",
        ),
        "totals": ("totals", "合计行"),
        "repeated_names": ("repeated column names", "重复的列名行"),
        "row_number": ("row {row}", "第 {row} 行"),
        "rows_left_out": ("{n:row|rows} of {what} left out: {rows}", "略去{what} {n} 行：{rows}"),
    }
)
