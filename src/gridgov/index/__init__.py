"""Exact point location."""
