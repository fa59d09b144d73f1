"""Merge a city's departmental grids into one seamless layer and assign incidents to them.

The names below are the public interface; each is imported when it is first used, so that ``import
gridgov`` costs nothing. ``docs/python.md`` says what stays stable.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from gridgov.version import __version__

if TYPE_CHECKING:
    from gridgov.assign import assign_incidents, assign_points
    from gridgov.check import CheckReport, check_grids
    from gridgov.codes import Code, check_codes, parse_code
    from gridgov.crosswalk import DepartmentCrosswalk, crosswalk_departments
    from gridgov.datum import bd09_to_gcj02, gcj02_to_bd09, gcj02_to_wgs84, wgs84_to_gcj02
    from gridgov.datum.control import ControlFit, fit_control
    from gridgov.decisions import Decisions
    from gridgov.departments import department_grids, lost_grids
    from gridgov.diff import NetworkDiff, diff_networks
    from gridgov.doubts import check_coordinates
    from gridgov.errors import (
        ArgumentError,
        CodeError,
        CoordinateError,
        CRSError,
        DatumWarning,
        DecisionsError,
        EncodingError,
        FormatError,
        GridgovError,
        GridgovWarning,
        InputMissingError,
        JobError,
        OutputExistsError,
        OutputLockedError,
        RepairWarning,
        RulesError,
        SchemaError,
        TopologyError,
    )
    from gridgov.grids import make_grids
    from gridgov.jobs import Job, RunResult, draft_job, read_job, run_job
    from gridgov.layers import read_grids, read_network, write_grids, write_lists, write_network
    from gridgov.layers.control import read_control
    from gridgov.layers.map_file import write_map
    from gridgov.lists import network_lists
    from gridgov.located import Located
    from gridgov.locator import Locator
    from gridgov.mapview import MapOptions, draw_map
    from gridgov.merge import merge_grids
    from gridgov.network import Network
    from gridgov.owners import Rules, check_rules
    from gridgov.partition import merge_cells
    from gridgov.reach import check_accuracy
    from gridgov.recorded import RecordedReport, check_recorded
    from gridgov.report import Advice, Report, make_report
    from gridgov.tables import read_rules
    from gridgov.tables.conflicts_file import write_conflicts
    from gridgov.tables.decisions_file import read_decisions
    from gridgov.tables.parents_file import read_parents
    from gridgov.tables.tally_file import write_summary
    from gridgov.tables.workdays_file import read_workdays
    from gridgov.tag import assign_batches
    from gridgov.tally import IncidentSummary, Nearness, Workdays, summarize_incidents
    from gridgov.weights import read_incidents, read_weights

_HOME = {
    "Advice": "report",
    "ArgumentError": "errors",
    "CRSError": "errors",
    "CheckReport": "check",
    "Code": "codes",
    "CodeError": "errors",
    "ControlFit": "datum.control",
    "CoordinateError": "errors",
    "DatumWarning": "errors",
    "Decisions": "decisions",
    "DecisionsError": "errors",
    "DepartmentCrosswalk": "crosswalk",
    "EncodingError": "errors",
    "FormatError": "errors",
    "GridgovError": "errors",
    "GridgovWarning": "errors",
    "IncidentSummary": "tally",
    "InputMissingError": "errors",
    "Job": "jobs",
    "JobError": "errors",
    "Located": "located",
    "Locator": "locator",
    "MapOptions": "mapview",
    "Nearness": "tally",
    "Network": "network",
    "NetworkDiff": "diff",
    "OutputExistsError": "errors",
    "OutputLockedError": "errors",
    "RecordedReport": "recorded",
    "RepairWarning": "errors",
    "Report": "report",
    "Rules": "owners",
    "RulesError": "errors",
    "RunResult": "jobs",
    "SchemaError": "errors",
    "TopologyError": "errors",
    "Workdays": "tally",
    "assign_batches": "tag",
    "assign_incidents": "assign",
    "assign_points": "assign",
    "bd09_to_gcj02": "datum",
    "check_accuracy": "reach",
    "check_codes": "codes",
    "check_coordinates": "doubts",
    "check_grids": "check",
    "check_recorded": "recorded",
    "check_rules": "owners",
    "crosswalk_departments": "crosswalk",
    "department_grids": "departments",
    "diff_networks": "diff",
    "draw_map": "mapview",
    "fit_control": "datum.control",
    "draft_job": "jobs",
    "gcj02_to_bd09": "datum",
    "gcj02_to_wgs84": "datum",
    "lost_grids": "departments",
    "parse_code": "codes",
    "read_parents": "tables.parents_file",
    "make_grids": "grids",
    "make_report": "report",
    "merge_cells": "partition",
    "merge_grids": "merge",
    "network_lists": "lists",
    "read_control": "layers.control",
    "read_decisions": "tables.decisions_file",
    "read_grids": "layers",
    "read_job": "jobs",
    "read_network": "layers",
    "read_rules": "tables",
    "read_incidents": "weights",
    "read_weights": "weights",
    "read_workdays": "tables.workdays_file",
    "run_job": "jobs",
    "summarize_incidents": "tally",
    "wgs84_to_gcj02": "datum",
    "write_conflicts": "tables.conflicts_file",
    "write_grids": "layers",
    "write_lists": "layers",
    "write_map": "layers.map_file",
    "write_network": "layers",
    "write_summary": "tables.tally_file",
}

__all__ = [
    "Advice",
    "ArgumentError",
    "CRSError",
    "CheckReport",
    "Code",
    "CodeError",
    "ControlFit",
    "CoordinateError",
    "DatumWarning",
    "Decisions",
    "DecisionsError",
    "DepartmentCrosswalk",
    "EncodingError",
    "FormatError",
    "GridgovError",
    "GridgovWarning",
    "IncidentSummary",
    "InputMissingError",
    "Job",
    "JobError",
    "Located",
    "Locator",
    "MapOptions",
    "Nearness",
    "Network",
    "NetworkDiff",
    "OutputExistsError",
    "OutputLockedError",
    "RecordedReport",
    "RepairWarning",
    "Report",
    "Rules",
    "RulesError",
    "RunResult",
    "SchemaError",
    "TopologyError",
    "Workdays",
    "__version__",
    "assign_batches",
    "assign_incidents",
    "assign_points",
    "bd09_to_gcj02",
    "check_accuracy",
    "check_codes",
    "check_coordinates",
    "check_grids",
    "check_recorded",
    "check_rules",
    "crosswalk_departments",
    "department_grids",
    "diff_networks",
    "draft_job",
    "draw_map",
    "fit_control",
    "gcj02_to_bd09",
    "gcj02_to_wgs84",
    "lost_grids",
    "make_grids",
    "make_report",
    "merge_cells",
    "merge_grids",
    "network_lists",
    "parse_code",
    "read_control",
    "read_decisions",
    "read_grids",
    "read_incidents",
    "read_job",
    "read_network",
    "read_parents",
    "read_rules",
    "read_weights",
    "read_workdays",
    "run_job",
    "summarize_incidents",
    "wgs84_to_gcj02",
    "write_conflicts",
    "write_grids",
    "write_lists",
    "write_map",
    "write_network",
    "write_summary",
]


def __getattr__(name: str) -> object:
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module 'gridgov' has no attribute '{name}'")
    return getattr(import_module(f"gridgov.{home}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
