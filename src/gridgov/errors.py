"""What can go wrong, as types; every message says what, where, and which option changes it."""

__all__ = [
    "ArgumentError",
    "CRSError",
    "CodeError",
    "CoordinateError",
    "DatumWarning",
    "DecisionsError",
    "EncodingError",
    "FormatError",
    "GridgovError",
    "GridgovWarning",
    "InputMissingError",
    "JobError",
    "OutputExistsError",
    "OutputLockedError",
    "RepairWarning",
    "RulesError",
    "SchemaError",
    "TopologyError",
]


class GridgovError(Exception):
    """Base of every error gridgov raises on purpose; `exit_code` is what the command line answers."""

    exit_code = 1


class ArgumentError(GridgovError, ValueError):
    """The call itself is wrong: a name used twice, an option that contradicts another."""

    exit_code = 2


class InputMissingError(GridgovError, FileNotFoundError):
    """A file or a layer in it is not there."""

    exit_code = 3


class FormatError(GridgovError, ValueError):
    """A file is of a kind gridgov does not read or write, or is damaged."""

    exit_code = 3


class SchemaError(GridgovError, ValueError):
    """A table lacks a column, has it twice, or holds ids that are not unique."""

    exit_code = 3


class CRSError(GridgovError, ValueError):
    """The coordinate system is missing, unknown, or would be converted wrongly."""

    exit_code = 3


class CodeError(GridgovError, ValueError):
    """A code is none of its scheme, has no parent that there is, or there are no numbers left."""

    exit_code = 3


class CoordinateError(GridgovError, ValueError):
    """Coordinates cannot be what they are said to be."""

    exit_code = 3


class EncodingError(GridgovError, ValueError):
    """Text cannot be read in the encoding stated or found."""

    exit_code = 3


class RulesError(GridgovError, ValueError):
    """Handler rules contradict each other or name what does not exist."""

    exit_code = 3


class DecisionsError(GridgovError, ValueError):
    """A list of decisions holds a word or a date that is none, or decides one conflict twice."""

    exit_code = 3


class JobError(GridgovError, ValueError):
    """A job file says what is no setting, or leaves a question open; names the line and the key."""

    exit_code = 3


class TopologyError(GridgovError, ValueError):
    """Polygons that cannot be made a partition; says the place."""

    exit_code = 3


class OutputExistsError(GridgovError, FileExistsError):
    """The output is already there and overwriting was not asked for."""

    exit_code = 5


class OutputLockedError(GridgovError, PermissionError):
    """The output cannot be written: open in another program, or the folder is read-only."""

    exit_code = 5


class GridgovWarning(UserWarning):
    """Base of every warning gridgov gives."""


class DatumWarning(GridgovWarning):
    """The datum of a point was not said, and CGCS2000 was taken; in GCJ-02 the point lies 600 m off."""


class RepairWarning(GridgovWarning):
    """Input was mended to go on; `check_grids` lists each place."""
