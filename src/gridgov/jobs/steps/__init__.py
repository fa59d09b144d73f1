"""The steps of a run, in order; a new one is a file here and an entry in ``STEPS``.

``step``       what a step is, and what the steps of a run share
``check``      问题清单
``merge``      the network and 冲突清单
``map``        the page to look at the network
``report``     sheets to sign, and tables
``export``     each department's grids
``crosswalk``  对照表
``lists``      清单
"""

from typing import Final

from gridgov.jobs.steps.check import CHECK
from gridgov.jobs.steps.crosswalk import CROSSWALK
from gridgov.jobs.steps.export import EXPORT
from gridgov.jobs.steps.lists import LISTS
from gridgov.jobs.steps.map import MAP
from gridgov.jobs.steps.merge import CONFLICTS, MERGE, NETWORK
from gridgov.jobs.steps.report import REPORT
from gridgov.jobs.steps.step import Output, Step, Work

__all__ = ["CONFLICTS", "NETWORK", "STEPS", "Output", "Step", "Work"]

STEPS: Final[tuple[Step, ...]] = (CHECK, MERGE, MAP, REPORT, EXPORT, CROSSWALK, LISTS)
