"""A job file drafted from what departments sent: what is known as settings, what is open as questions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gridgov.columns import best_columns
from gridgov.datum import in_china
from gridgov.jobs.draft.datums import datum_shares
from gridgov.jobs.draft.questions import (
    QUESTION,
    column_questions,
    common_candidates,
    crs_question,
    datum_question,
    default_crs_question,
    needs_crs,
)
from gridgov.jobs.draft.sent import Say, Sent, look_into
from gridgov.jobs.draft.sorting import Sorted, dateless, sort_out
from gridgov.jobs.draft.text import assignment, comment, header
from gridgov.jobs.keys import KEYS, SECTIONS
from gridgov.jobs.results import relative_path
from gridgov.jobs.said_words import WORDS
from gridgov.language import Many, sentences, spoken

__all__ = ["Draft", "draft_job", "relative"]

_TWO: Final = 2
_PLACES: Final = ("district", "street", "community")

#: Keys that a draft shows behind a ``#``, with a value to begin from. Their sections stand there, empty:
#: a key whose section was forgotten would belong to the one above.
_OPTIONAL: Final[Mapping[str, Mapping[str, str | float | Sequence[str]]]] = {
    "check": {"tolerance_m": 25, "min_area_m2": 300},
    "merge": {
        "tolerance_m": 25,
        "min_area_m2": 300,
        "on_gap": "fill",
        "decisions": "冲突清单.xlsx",
        "codes": "unit15",
    },
    "weights": {"file": "户数.csv:户数", "crs": "gcj02"},
    "incidents": {"file": "事件.csv", "crs": "gcj02"},
    "export": {"departments": ["police"], "formats": ["gpkg", "shp.zip"]},
}


@dataclass(frozen=True, slots=True)
class Draft:
    """The text of a job file; on which lines its questions stand, and what was noticed."""

    text: str
    questions: tuple[int, ...]
    notes: tuple[str, ...]


def draft_job(folder: str | Path, job: str | Path, *, say: Say = lambda _: None) -> Draft:
    """Look into a folder of what departments sent, and draft the job file that merges it.

    Parameters
    ----------
    folder
        Where the files are; folders in it are looked into, too.
    job
        Where the job file will stand: paths in it are relative to its folder.
    say
        Called with the name of each file that is looked into.

    Raises
    ------
    InputMissingError, FormatError
        There is no such folder, or nothing in it that can be read.

    Notes
    -----
    Nothing is decided for anybody: a coordinate system, datum or column that the files leave open becomes a
    question, with the likely answers each behind a ``#``.
    """
    found, unreadable = look_into(Path(folder), say=say)
    sorted_ = sort_out(found)
    base = Path(job).absolute().parent
    blocks = [
        _head(Path(job), sorted_, unreadable, base),
        _settings(sorted_),
        *_rungs(sorted_, base),
        *_layers(sorted_, base),
        *_assigns(sorted_, base),
        _optional(sorted_),
    ]
    text = "\n\n".join("\n".join(block) for block in blocks if block) + "\n"
    lines = text.split("\n")
    asked = tuple(number for number, line in enumerate(lines, 1) if line.startswith(f"# {QUESTION}"))
    return Draft(text, asked, tuple(_notes(sorted_, unreadable)))


def relative(path: Path, base: Path, layer: str | None = None) -> str:
    """A path as the job file says it: relative to its folder, with ``/``, and the layer behind a ``#``."""
    text = relative_path(path.absolute(), base)
    return f"{text}#{layer}" if layer else text


def _head(job: Path, sent: Sorted, unreadable: Sequence[tuple[str, str]], base: Path) -> list[str]:
    results = "results/冲突清单.xlsx"
    lines = comment(
        f"gridgov 作业文件 job file: {job.name}",
        f"1. 查找“{QUESTION.split()[0]}”，删去一行前的 #。 Search for QUESTION, and answer by removing a #.",
        f"2. 运行 run:  gridgov run {job.name}",
    )
    if sent.layers:
        lines += comment(
            f"3. 在 {results} 中选择决定，再运行 decide in it, then run again:",
        )
        lines += [f"#    gridgov run {job.name} --decisions {relative(base / results, Path.cwd())}"]
    lines += comment(
        "路径相对于本文件，写 / ，或用单引号写 \\ 。",
        "Paths are relative to this file; write / , or \\ between single quotes.",
    )
    for name, why in unreadable:
        reason = " ".join(why.removeprefix(f"{Path(name).name}: ").split())
        lines.append(f"# 不能读取 cannot be read: {name}: {reason}")
    lines += [f"# 未使用 not used: {name}（{zh}）{en}" for name, zh, en in sent.left]
    return lines


def _settings(sent: Sorted) -> list[str]:
    lines = [assignment("results", "results", remark="结果文件夹 the results folder")]
    unknown = _without_crs(sent)
    if len(unknown) >= _TWO and (common := common_candidates(list(unknown.values()))):
        names = [each.path.name for each in unknown.values()]
        lines += ["", *default_crs_question(names, common)]
    return lines


def _without_crs(sent: Sorted) -> dict[str, Sent]:
    return {name: each for name, each in {**sent.rungs, **sent.layers}.items() if needs_crs(each)}


def _asked_above(sent: Sorted) -> frozenset[str]:
    """Layers whose coordinate system is asked for once, above all sections."""
    unknown = _without_crs(sent)
    return frozenset(unknown if len(unknown) >= _TWO and common_candidates(list(unknown.values())) else ())


def _rungs(sent: Sorted, base: Path) -> Iterable[list[str]]:
    if not sent.rungs and sent.layers:
        yield comment(
            "没有找到区县边界；有的话加上一节 [rung.district]。单元不会跨越行政边界。",
            'No districts were found; if there are any, add a section [rung.district] with file = "...".',
        )
    for number, (name, each) in enumerate(sent.rungs.items()):
        lines = comment("行政层级，由粗到细；单元不跨越。 Rungs, coarse to fine: no cell crosses them.")
        yield [*(lines if number == 0 else []), *_polygons("rung", name, each, sent, base)]


def _layers(sent: Sorted, base: Path) -> Iterable[list[str]]:
    for number, (name, each) in enumerate(sent.layers.items()):
        lines = comment(
            "部门网格。各节的先后即优先次序：边界不一致时以先者为准，统一网格取自第一个。",
            "Departments' grids. The order of the sections is their precedence: where borders differ, the",
            "first one's stands, and the unified grids are the first one's. Move whole sections to change it",
        )
        yield [*(lines if number == 0 else []), *_polygons("layer", name, each, sent, base)]


def _polygons(kind: str, name: str, each: Sent, sent: Sorted, base: Path) -> list[str]:
    """The section of a rung or layer."""
    facts = each.facts
    about = [WORDS("about_polygons", kind=facts.kind, n=Many(each.polygons))]
    about += [facts.crs] if facts.crs else []
    about += [facts.looks_like] if facts.looks_like else []
    lines = [header(kind, name), *comment(sentences(about))]
    lines.append(assignment("file", relative(each.path, base, each.layer)))
    ledger = sent.ledgers.get(name) if kind == "layer" else None
    if name in _asked_above(sent):
        lines += comment(
            "坐标系见上面的 default_crs；不同时在此写 crs。",
            "See default_crs above; if it differs, write crs here.",
        )
    else:
        lines += crs_question(each)
    lines += column_questions(each, with_ledger=ledger is not None, rung=kind == "rung")
    if ledger is not None:
        lines.append(
            assignment("attributes", relative(ledger.path, base, ledger.layer), remark="责任台账 ledger")
        )
    return lines


def _assigns(sent: Sorted, base: Path) -> Iterable[list[str]]:
    names: list[str] = []
    for number, group in enumerate(sent.incidents):
        stem = dateless(group[0].path).stem.replace("*", "").strip("_- ") or "incidents"
        name = stem if stem not in names else f"{stem}_{number + 1}"
        names.append(name)
        lines = comment(
            "事件归格。每夜运行 every night:  gridgov run 本文件 THIS_FILE --assign-only",
            "files 可含 *；output 可写 {stem}，即输入文件名。",
            "* stands for anything, {stem} for the input's name.",
        )
        yield [*(lines if number == 0 else []), *_assign(name, group, sent, base)]


def _assign(name: str, group: list[Sent], sent: Sorted, base: Path) -> list[str]:
    first = group[0]
    pattern = relative(dateless(first.path), base, first.layer)
    lines = [
        header("assign", name),
        *comment(WORDS("about_rows", n=Many(sum(each.facts.rows for each in group)))),
    ]
    lines.append(assignment("files", pattern))
    lines += _cells(sent, base)
    lines += _datum(first, sent)
    lines += _columns(first, sent, base)
    output = f"{{stem}}_tagged{first.path.suffix}"
    return [
        *lines,
        assignment(
            "output", output, remark="不写则在结果文件夹 in the results folder if not given", open_=True
        ),
    ]


def _cells(sent: Sorted, base: Path) -> list[str]:
    if sent.layers:
        return []
    if len(sent.networks) == 1:
        return [assignment("cells", relative(sent.networks[0].path, base))]
    lines = comment(f"{QUESTION}: 用哪张网？写出后删去 #。 Which network? Name it and remove the #.")
    names = [relative(each.path, base) for each in sent.networks] or ["network.gpkg"]
    return [*lines, *(assignment("cells", name, open_=True) for name in names)]


def _datum(first: Sent, sent: Sorted) -> list[str]:
    facts = first.facts
    if not first.points or facts.extent is None:
        return comment("没有坐标，按登记的区县、街道、社区。 No coordinates: the recorded places are used.")
    x, y = (facts.extent[0] + facts.extent[2]) / 2, (facts.extent[1] + facts.extent[3]) / 2
    if facts.crs is None and not any(one.name.startswith("gcj02") for one in facts.candidates):
        return crs_question(first)
    if facts.crs is not None and not (str(facts.crs).startswith("EPSG:4326") and in_china(x, y).any()):
        return []
    return datum_question(datum_shares(first, sent.rungs))


def _columns(first: Sent, sent: Sorted, base: Path) -> list[str]:
    names = first.names
    recorded = [best_columns(names, rung) for rung in _PLACES if not sent.rungs or rung in sent.rungs]
    place = [column[0] for column in recorded if len(column) == 1]
    lines = [assignment("place", place)] if place else []
    if not sent.rules:
        return lines
    lines.append(assignment("rules", relative(sent.rules[0].path, base, sent.rules[0].layer)))
    for role in ("category", "time"):
        found = best_columns(names, role)
        if len(found) == 1:
            lines.append(assignment(role, found[0]))
        elif found:
            lines += comment(f"{QUESTION}: {role}？删去一行前的 #。 Remove the # before one line.")
            lines += [assignment(role, column, open_=True) for column in found]
    return lines


def _optional(sent: Sorted) -> list[str]:
    """The sections that need not be there, each key behind a ``#``."""
    if not sent.layers:
        return []
    lines = comment("可选设置：删去所需各行前的 #。", "Optional: remove the # before the lines wanted.")
    for kind, values in _OPTIONAL.items():
        zh, en = SECTIONS[kind]
        meanings = {key.name: f"{key.zh} {key.en}" for key in KEYS[kind]}
        lines += ["", f"{header(kind)}  # {zh} {en}"]
        lines += [assignment(key, value, remark=meanings[key], open_=True) for key, value in values.items()]
    return lines


def _notes(sent: Sorted, unreadable: Sequence[tuple[str, str]]) -> list[str]:
    made = [("rung", sent.rungs), ("layer", sent.layers)]
    notes = [
        WORDS(
            "draft_section",
            section=f"{kind}.{name}",
            file=_called(each),
            looks_like=each.facts.looks_like or WORDS("grids"),
        )
        for kind, section in made
        for name, each in section.items()
    ]
    notes += [
        WORDS("draft_attributes", section=f"layer.{name}", file=each.path.name)
        for name, each in sent.ledgers.items()
    ]
    notes += [f"[assign] {dateless(group[0].path).name}" for group in sent.incidents]
    notes += [
        WORDS("draft_unused", file=name, why={"zh": zh, "en": en}[spoken()]) for name, zh, en in sent.left
    ]
    return [*notes, *(WORDS("draft_unread", why=why) for _, why in unreadable)]


def _called(each: Sent) -> str:
    return each.path.name + (f"#{each.layer}" if each.layer else "")
