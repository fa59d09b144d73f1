"""The columns that a table has for a role, the best rank of names first.

Names are compared folded: case, full-width letters, spaces, ``_`` and ``-`` do not count, nor do the
marks ``*`` and ``(必填)`` that forms put behind a name, nor a datum or unit in brackets.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from gridgov.columns.roles import CODE, ROLES, RUNG_WORDS

__all__ = ["alias_hits", "best_columns", "fold_name"]

_REMARK = re.compile(
    r"\((必填|选填|必选|度|米|m|gcj02|bd09|wgs84|cgcs2000|火星坐标|高德|百度|百度坐标|2000坐标|国家2000)\)$"
)

_DBF_NAME_BYTES = 10


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


def _matches(folded: str, rank: tuple[frozenset[str], tuple[str, ...]]) -> bool:
    whole, endings = rank
    return folded in whole or folded.endswith(endings)


def _holds_both(folded: str) -> bool:
    return any(_matches(folded, rank) for rank in _ranks("lonlat", ""))


@cache
def _ranks(role: str, department: str) -> tuple[tuple[frozenset[str], tuple[str, ...]], ...]:
    ranks = [list(rank) for rank in ROLES[role]]
    words = (department, *RUNG_WORDS.get(department, ())) if department else ()
    if role == "id" and words:
        ranks.insert(1, [word + code for word in words for code in CODE])
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
