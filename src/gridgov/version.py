"""The version of gridgov, once."""

__version__ = "0.1.0"
