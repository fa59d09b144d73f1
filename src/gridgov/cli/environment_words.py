"""What `gridgov info --env` says, in both languages."""

from typing import Final

from gridgov.language import Messages

__all__ = ["WORDS"]

WORDS: Final = Messages(
    {
        "system": ("system", "系统"),
        "console": ("console", "控制台"),
        "system_is": ("{system}, {cpus} CPUs", "{system}，{cpus} 个处理器"),
        "python_is": ("{version}, {executable}", "{version}，{executable}"),
        "libraries_are": ("{gdal}, GEOS {geos}, PROJ {proj}", "{gdal}，GEOS {geos}，PROJ {proj}"),
        "console_is": (
            "{console}; text files of this system: {text_files}",
            "{console}；本系统的文本文件：{text_files}",
        ),
        "package": ("package", "软件包"),
        "version": ("version", "版本"),
        "used_for": ("used for", "用途"),
        "spare": ("Not there, and not needed:", "没有安装，也不必需："),
        "missing": ("Missing:", "缺少："),
        "nothing_missing": ("Nothing is missing.", "没有缺少的组件。"),
        "only_for": (
            "only needed for: {use} (pip install gridgov[{extra}])",
            "只用于：{use}（pip install gridgov[{extra}]）",
        ),
        "for": ("needed for: {use}", "用于：{use}"),
        "not_installed": ("{name} is not installed; {wanted}", "{name} 没有安装；{wanted}"),
        "too_old": (
            "{name} {version} is too old; {least} or later is needed for: {use}",
            "{name} {version} 太旧，需要 {least} 或更新的版本，用于：{use}",
        ),
        "does_not_run": (
            "{name} does not run on this machine (its processor lacks AVX2?); needed for: {use}",
            "{name} 不能在本机运行（处理器可能没有 AVX2）；用于：{use}",
        ),
        "cannot_read": ("this GDAL cannot read {name}", "此 GDAL 不能读取 {name}"),
        "use.numpy": ("arrays", "数组"),
        "use.pandas": ("tables", "表格"),
        "use.shapely": ("polygons", "图形计算"),
        "use.geopandas": ("tables with polygons", "带图形的表"),
        "use.pyproj": ("coordinate systems", "坐标系"),
        "use.pyogrio": ("reading and writing map files", "读写地图文件"),
        "use.rtree": ("editing cells", "编辑单元"),
        "use.typer": ("the command line", "命令行"),
        "use.polars": (
            "incident tables (assign); check, merge and locate do without",
            "事件表（assign）；check、merge、locate 不需要",
        ),
        "use.pyarrow": ("GeoParquet, Parquet and Excel tables", "GeoParquet、Parquet 和 Excel 表"),
        "use.fastexcel": ("reading .xlsx", "读取 .xlsx"),
        "use.xlsxwriter": ("writing .xlsx", "写出 .xlsx"),
        "use.pillow": ("pictures", "图片"),
        "use.jinja2": ("the map page", "地图网页"),
        "use.numba": ("faster assignment", "加快赋码"),
        "use.pyspark": ("assignment on a cluster", "在集群上赋码"),
        "use.matplotlib": ("plots from Python", "在 Python 中绘图"),
        "use.psycopg": ("PostGIS", "PostGIS 数据库"),
    }
)
