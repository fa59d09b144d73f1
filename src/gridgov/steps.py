"""Steps of long work: told while they last, and named when one fails."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from gridgov.language import Messages

__all__ = ["step", "telling_steps"]

#: Who is told of each step that begins, in this context and in gridgov's own threads.
_TOLD: ContextVar[Callable[[str], None] | None] = ContextVar("told_steps", default=None)

WORDS = Messages(
    {
        "step.rungs": (
            "fitting districts, streets and communities into each other",
            "正在套合区县、街道、社区边界",
        ),
        "step.cutting": ("{layer}: bending borders and cutting the cells", "{layer}：正在对齐边界、切分单元"),
        "step.conflicts": ("{layer}: looking for conflicts", "{layer}：正在查找冲突"),
        "step.decisions": ("carrying out decisions", "正在执行决定"),
        "step.proving": ("proving that no gap and no overlap is left", "正在验证无空隙、无重叠"),
    }
)


@contextmanager
def step(name: str, *, layer: str = "") -> Iterator[None]:
    """One step of long work, and the layer it works on; what fails in it carries the step as a note.

    Decorates functions too.
    """
    words = WORDS(f"step.{name}", layer=layer)
    if (tell := _TOLD.get()) is not None:
        tell(words)
    try:
        yield
    except Exception as error:
        error.add_note(words)
        raise


@contextmanager
def telling_steps(tell: Callable[[str], None]) -> Iterator[None]:
    """Tell `tell` of each step that begins meanwhile, in words of the language spoken."""
    before = _TOLD.set(tell)
    try:
        yield
    finally:
        _TOLD.reset(before)
