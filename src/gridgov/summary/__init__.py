"""Results in plain sentences, for the command line; one module per kind of result."""

from gridgov.summary.merged import network_lines

__all__ = ["network_lines"]
