"""Figures by matplotlib, where it is installed: PNG, in a font that has Chinese characters."""

from collections.abc import Callable, Mapping
from importlib.util import find_spec
from io import BytesIO
from typing import Any, Final

import numpy as np
import pandas as pd

from gridgov.language import Speaker
from gridgov.picture.colours import CONFLICT, LAYERS
from gridgov.report.facts import GridFacts
from gridgov.report.overview import Advice

__all__ = ["CHINESE_FONTS", "draw_figures"]

#: Fonts with Chinese characters, as systems bring them; the first that is there is used.
CHINESE_FONTS: Final = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei",
    "PingFang SC",
    "SimHei",
    "SimSun",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Noto Sans CJK JP",
    "Droid Sans Fallback",
    "AR PL UMing CN",
)
_SIZE_INCHES: Final = (6.4, 3.0)
_DPI: Final = 160
_BINS: Final = 24
_MOST_BARS: Final = 12

_Drawing = Callable[[Any], None]


def draw_figures(
    tables: Mapping[str, pd.DataFrame], facts: Mapping[str, GridFacts], advice: Advice, say: Speaker
) -> tuple[dict[str, bytes], list[str]]:
    """Answer figures as PNG by name, and what to tell people: nothing drawn without matplotlib, no font."""
    if find_spec("matplotlib") is None:
        return {}, [say("note.matplotlib")]
    import matplotlib as mpl

    font = _chinese_font()
    drawings = _drawings(tables, facts, advice, say)
    families = ["DejaVu Sans"] if font is None else [font, "DejaVu Sans"]
    look: Any = {"font.family": families, "font.size": 8, "axes.unicode_minus": False, "svg.fonttype": "path"}
    with mpl.rc_context(look):
        figures = {name: _png(drawing) for name, drawing in drawings.items()}
    return figures, [] if font is not None else [say("note.font")]


def _chinese_font() -> str | None:
    from matplotlib import font_manager

    there = {entry.name for entry in font_manager.fontManager.ttflist}
    return next((name for name in CHINESE_FONTS if name in there), None)


def _png(drawing: _Drawing) -> bytes:
    """One figure. A character that no font has is a box, which is said once, not for each of them."""
    import warnings

    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=_SIZE_INCHES, dpi=_DPI, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    stream = BytesIO()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        drawing(axes)
        figure.savefig(stream, format="png", metadata={"Software": None})
    return stream.getvalue()


def _drawings(
    tables: Mapping[str, pd.DataFrame], facts: Mapping[str, GridFacts], advice: Advice, say: Speaker
) -> dict[str, _Drawing]:
    coverage = tables["coverage"]
    drawings: dict[str, _Drawing] = {
        "coverage": lambda axes: _bars(
            axes, coverage["department"], 100 * coverage["covered_share"], say("figure.coverage"), LAYERS[0]
        ),
        "size": lambda axes: _sizes(axes, facts, say),
    }
    opened = tables["conflicts"][tables["conflicts"]["decide"] > 0]
    if len(opened):
        names = [say.term(f"kind.{kind}") for kind in opened["kind"]]
        drawings["conflicts"] = lambda axes: _bars(
            axes, names, opened["decide"], say("figure.conflicts"), CONFLICT
        )
    households = next(iter(facts.values())).table["households"].dropna().to_numpy(dtype=np.float64)
    if len(households):
        drawings["households"] = lambda axes: _households(axes, households, advice, say)
    if "incidents" in tables:
        counts = tables["incidents"].head(_MOST_BARS)
        names = [str(name or "-") for name in counts.iloc[:, 0]]
        drawings["incidents"] = lambda axes: _bars(
            axes, names, counts["incidents"], say("figure.incidents"), LAYERS[4]
        )
    return drawings


def _bars(axes: Any, names: Any, values: Any, label: str, colour: str) -> None:
    at = np.arange(len(names))
    bars = axes.barh(at, list(values), color=colour, height=0.6)
    axes.set_yticks(at, list(names))
    axes.invert_yaxis()
    axes.bar_label(bars, fmt="{:,.1f}" if np.any(np.mod(values, 1)) else "{:,.0f}", padding=2)
    axes.set_xlabel(label)


def _sizes(axes: Any, facts: Mapping[str, GridFacts], say: Speaker) -> None:
    """Sizes of each department's grids on one logarithmic scale: they differ a hundredfold."""
    areas = {name: np.array(list(known.area.values())) for name, known in facts.items()}
    low, high = min(a.min() for a in areas.values()), max(a.max() for a in areas.values())
    bins = np.geomspace(max(low, 1.0), max(high, 2.0 * max(low, 1.0)), _BINS)
    for number, (name, area) in enumerate(areas.items()):
        axes.hist(area, bins=bins, histtype="step", color=LAYERS[number % len(LAYERS)], label=name, lw=1.4)
    axes.set_xscale("log")
    axes.set_xlabel(say("figure.size"))
    axes.set_ylabel(say("figure.grids"))
    axes.legend(frameon=False, loc="upper right")


def _households(axes: Any, households: Any, advice: Advice, say: Speaker) -> None:
    low, high = advice.households
    axes.hist(households, bins=_BINS, color=LAYERS[0], alpha=0.85)
    axes.axvspan(low, high, color=LAYERS[4], alpha=0.15, label=f"{say('figure.advised')} {low:g}-{high:g}")
    axes.set_xlabel(say("figure.households"))
    axes.set_ylabel(say("figure.grids"))
    axes.legend(frameon=False, loc="upper right")
