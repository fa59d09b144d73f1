"""Which column is meant: ranked names for layers, ledgers and incident tables.

Names are compared folded: case, full-width letters, spaces, ``_`` and ``-`` do not count, nor do the
marks ``*`` and ``(必填)`` that forms put behind a name, nor a datum or unit in brackets.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from functools import cache, lru_cache
from typing import Final

from gridgov.errors import SchemaError
from gridgov.language import listed
from gridgov.schema import LAYER_COLUMNS
from gridgov.words.files import WORDS

__all__ = [
    "ROLES",
    "alias_hits",
    "best_columns",
    "find_column",
    "fold_name",
    "free_names",
    "numbered_name",
    "stated_column",
]

_LAYER: Final = (*LAYER_COLUMNS, "geometry")
_DATUMS = ("gcj", "gcj02", "wgs", "wgs84", "bd", "bd09")
_CODE = ("id", "编码", "代码", "编号", "code")
_PERSON = ("网格长", "网格长姓名", "网格负责人", "责任人", "负责人", "责任民警", "社区民警", "民警")

#: For each role its names, best first. One line is one rank: names in it mean the same thing, and two of
#: them in one table are a question only the user can answer. ``*`` in front = any beginning.
ROLES: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "id": (
        ("grid_id",),
        ("网格编码", "网格编号", "网格代码", "单元网格编码", "单元网格编号", "grid_code", "dywgcode"),
        ("网格id", "网格号", "wgbm", "wgbh", "wgdm", "wgcode", "dywgbm", "gridno"),
        ("*网格编码", "*网格编号", "*网格代码"),
        ("adcode", "行政区划代码", "行政区代码", "区划代码", "xzqdm", "xzqhdm", "geoid"),
        ("编码", "编号", "代码", "code", "bm", "标识码", "bsm"),
        ("id",),
    ),
    "name": (
        ("name",),
        ("网格名称", "网格名", "单元网格名称", "grid_name", "wgmc", "dywgmc"),
        ("*网格名称",),
        ("行政区划名称", "行政区名称", "区划名称", "xzqmc"),
        ("名称", "mc", "label"),
    ),
    "owner": (
        ("owner",),
        ("责任主体", "责任单位", "责任单位名称", "网格责任单位", "责任部门", "zrdw", "zrzt", "zrdwmc"),
        ("主管部门名称", "主管部门", "主管单位", "管理单位", "管理部门", "权属单位", "所属单位"),
        ("所属派出所", "派出所", "辖区派出所", "派出所名称"),
        _PERSON,
        ("网格员", "网格员姓名", "专职网格员"),
    ),
    "lon": (
        ("经度", "lon", "longitude", "lng", "long", "东经"),
        (*(f"{datum}_{word}" for datum in _DATUMS for word in ("lon", "lng")), "*经度"),
        ("坐标x", "坐标(x)", "x坐标", "x", "横坐标", "point_x", "coord_x", "x_coord"),
    ),
    "lat": (
        ("纬度", "lat", "latitude", "北纬"),
        (*(f"{datum}_lat" for datum in _DATUMS), "*纬度"),
        ("坐标y", "坐标(y)", "y坐标", "y", "纵坐标", "point_y", "coord_y", "y_coord"),
    ),
    "lonlat": (
        ("*经纬度", "经纬度坐标", "lnglat", "lonlat", "lon,lat", "lng,lat", "经度,纬度", "经度纬度"),
        ("坐标", "地理坐标", "位置坐标", "坐标位置", "gps坐标", "定位坐标", "coordinates", "xy"),
    ),
    "category": (
        ("category",),
        ("小类", "小类名称", "事件小类", "案件小类", "问题小类", "小类别"),
        ("事件类型", "事件类别", "案件类型", "案件类别", "问题类型", "问题类别", "诉求类别", "事项类别"),
        ("大类", "大类名称", "事件大类", "案件大类", "问题大类"),
        ("类别", "类型", "分类", "type"),
    ),
    "time": (
        ("上报时间", "report_time", "reported_at"),
        ("事发时间", "发生时间", "案发时间", "发现时间"),
        ("受理时间", "登记时间", "立案时间", "采集时间", "创建时间", "来电时间", "created_at"),
        ("时间", "日期", "time", "datetime", "date", "timestamp"),
    ),
    "closed": (
        ("办结时间", "closed_at", "closed_time"),
        ("结案时间", "完成时间", "处置完成时间", "办理完成时间", "办结日期", "结案日期"),
    ),
    "limit": (
        ("rule_时限",),
        ("时限", "处置时限", "办理时限", "处理时限", "规定时限"),
        ("limit", "rule_limit", "time_limit"),
    ),
    "district": (
        ("所属区县", "所属区县名称", "所属区", "区县", "区县名称", "县区", "区县市", "行政区", "district"),
        ("*区县", "*区县名称", "district_name", "区"),
        ("所属区县编码", "所属区县代码", "区县编码", "区县代码", "行政区划代码", "adcode"),
    ),
    "street": (
        ("所属街道", "所属街道名称", "街道", "街道名称", "乡镇街道", "街道乡镇", "镇街", "街镇", "street"),
        ("*街道", "*街道名称", "*乡镇", "street_name", "subdistrict"),
        ("所属街道编码", "所属街道代码", "街道编码", "街道代码"),
    ),
    "community": (
        ("所属社区", "所属社区名称", "社区", "社区名称", "社区村", "村社区", "村居", "community"),
        ("*社区", "*社区名称", "community_name"),
        ("所属社区编码", "所属社区代码", "社区编码", "社区代码"),
    ),
    "address": (
        ("事发地址", "事发地点", "案发地址", "案发地点", "发生地址", "发生地点"),
        ("地址", "详细地址", "地址描述", "位置描述", "地点", "位置", "address"),
    ),
    "incident": (("事件编码", "事件编号", "案件编号", "案件编码", "工单编号", "工单号", "case_id"),),
}

#: What a layer called so may call its own code and name: a file of streets says 街道编码.
_RUNG_WORDS: Final = {
    "district": ("区县", "区", "行政区"),
    "street": ("街道", "乡镇", "乡镇街道", "街镇"),
    "community": ("社区", "社区村", "村居"),
}

_OPTIONS: Final = {
    "lonlat": "--lon",
    "district": "--place",
    "street": "--place",
    "community": "--place",
}

_REMARK = re.compile(
    r"\((必填|选填|必选|度|米|m|gcj02|bd09|wgs84|cgcs2000|火星坐标|高德|百度|百度坐标|2000坐标|国家2000)\)$"
)
_DBF_NAME_BYTES = 10


def find_column(
    columns: Iterable[str],
    role: str,
    *,
    given: str | None = None,
    required: bool = True,
    where: str = "",
    option: str | None = None,
    department: str = "",
) -> str | None:
    """Which of a table's columns plays a role, or None if there is none and it is not required.

    Parameters
    ----------
    columns
        Names as the table has them.
    role
        A key of :data:`ROLES`.
    given
        The name the user stated. It wins; spelt exactly, or else folded if only one column folds so.
    required
        Raise if there is no such column.
    where
        File, layer or table, for the message.
    option
        Option that states this column, for the message; ``--<role>`` if None.
    department
        Name of the layer: a layer ``psa`` may call its id ``PSA``, ``psa_id`` or ``psa编码``.

    Raises
    ------
    SchemaError
        `given` does not exist, two columns of the best rank exist, or none and `required`.

    Examples
    --------
    >>> find_column(["X", "Y", "LONGITUDE"], "lon")
    'LONGITUDE'
    >>> find_column(["编码", "面积"], "owner", required=False)
    """
    names = [str(column) for column in columns]
    word = WORDS.term(f"role.{role}", otherwise=role)
    plain = option or _OPTIONS.get(role, f"--{role}")
    # Only a layer has a name, and then several may be read at once.
    mend = f"{plain} {department}=COLUMN" if department and option is None else plain
    before = f"{where}: " if where else ""
    if given is not None:
        return _stated(names, given, before=before, option=plain)
    best = best_columns(names, role, department=department)
    if len(best) > 1:
        quoted = WORDS("and").join(f"'{name}'" for name in best)
        raise SchemaError(WORDS("may_each_be", before=before, listed=quoted, word=word, mend=mend))
    if not best and required:
        said = WORDS("none_looks_like", word=word, mend=mend)
        raise SchemaError(f"{before}{said} {_listed(names)}")
    return best[0] if best else None


def best_columns(columns: Iterable[str], role: str, *, department: str = "") -> list[str]:
    """Every column of the best rank that a table has for a role: none, one, or those that compete.

    >>> best_columns(["lng", "经度", "x"], "lon")
    ['lng', '经度']
    """
    folded = {name: fold_name(name) for name in map(str, columns)}
    if role == "lat":
        # 经纬度 ends like a latitude and holds both.
        folded = {name: fold for name, fold in folded.items() if not _holds_both(fold)}
    for rank in _ranks(role, department):
        found = [name for name, fold in folded.items() if _matches(fold, rank)]
        if found:
            return found
    return []


def alias_hits(columns: Iterable[object]) -> int:
    """How many roles a row of words names: a header row has several, a title or data row none.

    >>> alias_hits(["网格编码", "网格名称", "责任单位", "备注"])
    3
    """
    words = [str(column) for column in columns if column is not None]
    return sum(bool(best_columns(words, role)) for role in ROLES)


@lru_cache(maxsize=1 << 14)
def fold_name(name: str) -> str:
    """Name as it is compared.

    >>> fold_name(" Grid_ID "), fold_name("经度（GCJ-02）"), fold_name("*网格编码(必填)")
    ('gridid', '经度', '网格编码')
    """
    folded = re.sub(r"[\s_\-*]+", "", unicodedata.normalize("NFKC", name).casefold())
    return _REMARK.sub("", folded) or folded


def free_names(names: Sequence[str], *, taken: Iterable[str] = _LAYER) -> dict[str, str]:
    """Names that the columns `taken` leave free, by old name: a taken one gets ``_1``, ``_2`` ...

    Upper and lower case count as one, as they do in a GeoPackage. A layer's own columns if `taken` is not
    given.

    >>> free_names(["phone", "Owner", "owner_1"])
    {'phone': 'phone', 'Owner': 'Owner_2', 'owner_1': 'owner_1'}
    """
    used = {name.lower() for name in taken}
    waiting = Counter(name.lower() for name in names)
    free = dict[str, str]()
    for name in names:
        waiting[name.lower()] -= 1
        free[name] = numbered_name(name, used | (+waiting).keys()) if name.lower() in used else name
        used.add(free[name].lower())
    return free


def numbered_name(name: str, taken: Container[str]) -> str:
    """`name` if it is free, else with the first of ``_1``, ``_2`` ... that is; `taken` in lower case.

    >>> numbered_name("Phone", {"phone", "phone_1"})
    'Phone_2'
    """
    free, number = name, 0
    while free.lower() in taken:
        number += 1
        free = f"{name}_{number}"
    return free


def stated_column(names: Sequence[str], given: str, *, where: str = "", option: str) -> str:
    """The column that a user named, spelled as the table has it; case, width and spaces do not matter.

    Raises SchemaError that names `option` if there is none or there are several.
    """
    return _stated(names, given, before=f"{where}: " if where else "", option=option)


def _stated(names: Sequence[str], given: str, *, before: str, option: str) -> str:
    if given in names:
        return given
    folded = [name for name in names if fold_name(name) == fold_name(given)]
    if len(folded) == 1:
        return folded[0]
    if folded:
        quoted = WORDS("or").join(f"'{name}'" for name in folded)
        raise SchemaError(WORDS("may_be", before=before, given=given, listed=quoted, option=option))
    raise SchemaError(WORDS("no_column", before=before, given=given, option=option, names=_listed(names)))


def _listed(names: Sequence[str]) -> str:
    return WORDS("its_columns", names=listed(names)) if names else WORDS("no_columns")


def _matches(folded: str, rank: tuple[frozenset[str], tuple[str, ...]]) -> bool:
    whole, endings = rank
    return folded in whole or folded.endswith(endings)


def _holds_both(folded: str) -> bool:
    return any(_matches(folded, rank) for rank in _ranks("lonlat", ""))


@cache
def _ranks(role: str, department: str) -> tuple[tuple[frozenset[str], tuple[str, ...]], ...]:
    ranks = [list(rank) for rank in ROLES[role]]
    words = (department, *_RUNG_WORDS.get(department, ())) if department else ()
    if role == "id" and words:
        ranks.insert(1, [word + code for word in words for code in _CODE])
        ranks.insert(-1, [department])
    if role == "name" and words:
        ranks.insert(1, [word + name for word in words for name in ("名称", "name")])
    others = {_cut for other in ROLES if other != role for rank in ROLES[other] for _cut in _cuts(rank)}
    return tuple(
        (
            frozenset({fold_name(name) for name in rank if name[0] != "*"} | (_cuts(rank) - others)),
            tuple(fold_name(name) for name in rank if name[0] == "*"),
        )
        for rank in ranks
    )


def _cuts(names: Iterable[str]) -> set[str]:
    """Names as a Shapefile keeps them: ten bytes, whole characters, in UTF-8 or GBK."""
    cuts = set()
    for name in names:
        if name[0] == "*" or name.isascii():
            continue
        for encoding in ("utf-8", "gb18030"):
            raw = name.encode(encoding)
            if len(raw) > _DBF_NAME_BYTES:
                cuts.add(fold_name(raw[:_DBF_NAME_BYTES].decode(encoding, errors="ignore")))
    return cuts - {fold_name(name) for rank in ROLES.values() for names_ in rank for name in names_}
