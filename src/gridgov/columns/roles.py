"""Names that columns have, by the role they play."""

from typing import Final

__all__ = ["CODE", "ROLES", "RUNG_WORDS"]

_DATUMS = ("gcj", "gcj02", "wgs", "wgs84", "bd", "bd09")
_PERSON = ("网格长", "网格长姓名", "网格负责人", "责任人", "负责人", "责任民警", "社区民警", "民警")

#: What follows a layer's own name in the name of its code: psa_id, 街道编码.
CODE: Final = ("id", "编码", "代码", "编号", "code")

#: For each role its names, best first. One line is one rank: names in it mean the same thing, and two of
#: them in one table are a question only the user can answer. ``*`` in front = any beginning.
ROLES: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "id": (
        ("grid_id",),
        ("网格编码", "网格编号", "网格代码", "单元网格编码", "单元网格编号", "grid_code", "dywgcode"),
        ("网格id", "网格号", "wgbm", "wgbh", "wgdm", "wgcode", "dywgbm", "gridno"),
        ("*网格编码", "*网格编号", "*网格代码"),
        ("adcode", "行政区划代码", "行政区代码", "区划代码", "xzqdm", "xzqhdm", "geoid"),
        ("编码", "编号", "代码", "code", "bm", "bh", "标识码", "bsm"),
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
RUNG_WORDS: Final = {
    "district": ("区县", "区", "行政区"),
    "street": ("街道", "乡镇", "乡镇街道", "街镇"),
    "community": ("社区", "社区村", "村居"),
}
