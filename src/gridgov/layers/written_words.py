"""What is said of layers, networks and lists that are written, and of networks that are read."""

from gridgov.language import Messages

__all__ = ["WORDS"]

WORDS = Messages(
    {
        "not_gdb": (
            "{path} is a folder that holds no File Geodatabase; choose another name",
            "{path} 是文件夹，但不是 File Geodatabase；请换一个名称",
        ),
        "zipped_name": (
            "; a zipped Shapefile is called NAME.shp.zip",
            "；压缩的 Shapefile 应命名为 NAME.shp.zip",
        ),
        "grid_kinds": (
            "{path}: grids are written as {kinds}{hint}; name one with -o",
            "{path}：网格可写成 {kinds}{hint}；请用 -o 指定其一",
        ),
        "nothing_to_write": ("{path}: there is no polygon to write", "{path}：没有可写的面"),
        "left_out": ("{left:row|rows} without a polygon left out", "略去 {left} 行没有面的记录"),
        "column_called": (
            "{path}: column '{old}' is called '{new}' there",
            "{path}：列“{old}”在其中名为“{new}”",
        ),
        "long_numbers": (
            "{path}: whole numbers of more than 15 digits are texts there, as it would round them: {columns}",
            "{path}：超过 15 位的整数在其中写成文本，否则会被舍入：{columns}",
        ),
        "to_folder": ("to a folder (-o DIR)", "写入文件夹（-o DIR）"),
        "lists_kind": (
            "{path}: the tables are written to a folder or to one .xlsx; name it with -o",
            "{path}：这些表写入一个文件夹或一个 .xlsx；请用 -o 指定",
        ),
        "map_kind": (
            "{path}: a map is written as .html; name one with -o",
            "{path}：地图写成 .html；请用 -o 指定",
        ),
        "cells_only": (
            "{path} holds the cells only; a .gpkg also holds grids, crosswalk and conflicts.",
            "{path} 只有单元；.gpkg 还包含网格、对照表和冲突。",
        ),
        "no_register": (
            "{path} lacks the old -> new list and the retired ids: for the next --previous, write a .gpkg.",
            "{path} 不含新旧编码对照和已停用的编码；要作为下一次的 --previous，请写成 .gpkg。",
        ),
        "network_kinds": (
            "{path}: a network is written as .gpkg (all of it) or .parquet (cells); name one with -o",
            "{path}：网络可写成 .gpkg（全部内容）或 .parquet（仅单元）；请用 -o 指定其一",
        ),
        "not_there": ("{path} is not there", "{path} 不存在"),
        "no_network": (
            "{path}: not a network that gridgov merged (it has no layer 'cells' with a provenance)",
            "{path}：不是 gridgov 合并的网络（没有带来源记录的图层“cells”）",
        ),
        "no_cells": ("cells: it has no row", "cells：没有任何行"),
        "provenance_lacks": (
            "provenance: the {name} does not say {missing}",
            "provenance：{name} 没有写明 {missing}",
        ),
        "newer": (
            "{path}: written by gridgov {version}, and this one is older: install that version, or merge again with this one",
            "{path}：由 gridgov {version} 写成，本机版本较旧：请安装该版本，或用本机版本重新合并",
        ),
        "mend_network": (
            "the network was changed or damaged; take a copy of what merge wrote, or merge again",
            "网络被改动或已损坏；请取 merge 写出的原件，或重新合并",
        ),
        "no_geometry": ("{layer}: it has no geometry", "{layer}：没有图形"),
        "column_missing": ("{layer}: column '{missing}' is missing", "{layer}：缺少列“{missing}”"),
        "text_damaged": ("{layer}: its text is not whole", "{layer}：文字不完整"),
        "problem_kinds": (
            "{path}: problems are written as {kinds}; name one with -o",
            "{path}：问题可写成 {kinds}；请用 -o 指定其一",
        ),
        "gpkg_or_csv": (".gpkg or .csv", ".gpkg 或 .csv"),
        "short_names": (
            "a Shapefile has short names: {changed}; {stem} lists all",
            "Shapefile 的列名较短：{changed}；{stem} 中列出全部",
        ),
        "texts_cut": ("{cut:text|texts} cut at {most} bytes", "{cut} 个值截断为 {most} 字节"),
        "longer_cut": (
            "texts longer than {most} bytes were cut: {columns}; a .gpkg holds them whole",
            "超过 {most} 字节的文字已截断：{columns}；.gpkg 可完整保存",
        ),
    }
)
