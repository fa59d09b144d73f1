"""What a step of a job is, and what the steps of one run share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from gridgov.jobs.inputs import Inputs, Say, read_inputs
from gridgov.jobs.job import Job

if TYPE_CHECKING:
    from gridgov.check import CheckReport
    from gridgov.network import Network

__all__ = ["Output", "Step", "Work"]


@dataclass(frozen=True, slots=True)
class Output:
    """A file of the results folder, and what it is for in Chinese and English; ``/`` leads into folders."""

    name: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that a run does.

    Attributes
    ----------
    name
        What the key ``skip`` calls it.
    zh, en
        Its heading on the page.
    outputs
        Which files it writes for a job, told before anything is run.
    run
        Writes exactly these into `Work.folder`, and answers what a person should read, in lines.
    """

    name: str
    zh: str
    en: str
    outputs: Callable[[Job], Sequence[Output]]
    run: "Callable[[Work], list[str]]"


class Work:
    """One run of a job: where outputs are written, and what steps share, made when first asked for."""

    def __init__(self, job: Job, folder: Path, *, decisions: Path | None, language: str, say: Say) -> None:
        self.job, self.folder, self.decisions, self.language, self.say = job, folder, decisions, language, say

    @cached_property
    def inputs(self) -> Inputs:
        """Layers and rungs as read."""
        return read_inputs(self.job, say=self.say)

    @cached_property
    def report(self) -> "CheckReport":
        """What is wrong with each layer."""
        from gridgov.jobs.steps.check import checked

        return checked(self)

    @cached_property
    def network(self) -> "Network":
        """The merged network."""
        from gridgov.jobs.steps.merge import merged

        return merged(self)

    @property
    def has_merged(self) -> bool:
        """Whether any step asked for the network."""
        return "network" in vars(self)
