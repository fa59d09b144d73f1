"""What the demo says."""

from gridgov.language import Messages

__all__ = ["WORDS"]

WORDS = Messages(
    {
        "no_samples": (
            "the samples are not installed with gridgov; install its wheel again",
            "样例没有随 gridgov 安装；请重新安装其 wheel 包",
        ),
        "folder_is_file": (
            "{folder}: a part of this path is a file; name a folder for the demo",
            "{folder}：路径中有一段是文件；请为演示指定文件夹",
        ),
        "folder_refused": (
            "{folder}: this folder cannot be made ({why}); name another",
            "{folder}：无法建立此文件夹（{why}）；请另选一个",
        ),
        # what happened
        "became": (
            "{drawn:grid|grids} of {departments:department|departments} ({each}) became {unified:unified grid|unified grids} and {cells:cell|cells}.",
            "{departments} 个部门的 {drawn} 个网格（{each}）合并成 {unified} 个统一网格、{cells} 个单元。",
        ),
        "partition": (
            "Every spot of the {area} lies in exactly one cell, and no cell crosses a border ({rungs}).",
            "{area} 内处处恰在一个单元之中，没有单元跨越界线（{rungs}）。",
        ),
        "in_conflict": (
            "In conflict: {asked:place|places} for people to decide ({kinds}); settled within the tolerance: {settled:,}.",
            "冲突：待人决定的 {asked} 处（{kinds}）；容差以内已处理的 {settled:,} 处。",
        ),
        "incidents": (
            "{n:,} incidents: {statuses}; {review:,} to review, where an owner or handler changes within 1 m.",
            "事件 {n:,} 条：{statuses}；待复核 {review:,} 条，1 米之内责任主体或处置单位就会变。",
        ),
        "handled": (
            "{n:,} have a handler, one of {handlers:,}; most: {most}.",
            "{n:,} 条有处置单位，共 {handlers:,} 家；最多的是 {most}。",
        ),
        "light": (
            "The dead traffic light ({category}) at {address}, {source} at {time}:",
            "{address}的{category}故障，{time} {source}：",
        ),
        "light_cell": (
            "  cell     {cell} ({status}): {n:cell meets|cells meet} there, {cells}",
            "  单元      {cell}（{status}）：{n} 个单元在此相接，{cells}",
        ),
        "light_grids": ("  grids    {grids}", "  网格      {grids}"),
        "light_handler": (
            "  handler  {handler}, in {district}; mended at {time}",
            "  处置单位  {handler}，在{district}；{time} 修好",
        ),
        "handler_by": ("{handler} by {rule} (within {limit})", "{handler}，依据 {rule}（{limit}内）"),
        "elsewhere": (
            "           but {handler} on a {road} that {who} runs",
            "            但在由 {who} 管理的{road}上：{handler}",
        ),
        "look_at": ("Look at {files},", "请看 {files}，"),
        "look_too": ("        {files}", "      {files}"),
        "with_remark": ("{what} ({remark})", "{what}（{remark}）"),
        # what each output is
        "map.html": ("open it in a browser", "用浏览器打开"),
        "picture.png": ("before and after", "合并前后"),
        "network.gpkg": ("opens coloured in QGIS", "用 QGIS 打开自带配色"),
        "report.html": ("sheets to sign, tables and figures", "签字用的确认表、表格和图"),
        "problems.xlsx": ("what is wrong with each layer", "各图层的问题"),
        "tagged.csv": ("incidents with grid, owners, handler", "事件及其网格、责任主体、处置单位"),
        "tagged.csv.json": ("where they come from", "事件的来历"),
        "tagged.rejects.csv": ("rows without a place", "没有地点的行"),
        "commands.txt": ("what the commands said", "命令的回答"),
        # what to do next
        "next_look": ("Next: open {page} in a browser.", "下一步：用浏览器打开 {page}。"),
        "next_list": (
            "To decide what is in conflict, write the list of it, and choose in Excel:",
            "要决定冲突，请写出冲突清单，在 Excel 中选定：",
        ),
        "list_file": ("conflicts.xlsx", "冲突清单.xlsx"),
        "next_merge": (
            "The merge in {said}, run again with --decisions {list} --overwrite, carries it out.",
            "选定之后，把 {said} 中的合并命令加上 --decisions {list} --overwrite 再运行一次。",
        ),
        "next_own": (
            "Your own files: gridgov init FOLDER -o job.toml looks at them, and asks what they do not say.",
            "自己的数据：gridgov init FOLDER -o job.toml 查看文件，文件没有说明的写成问题。",
        ),
    }
)
