"""Words of the single modules of gridgov, by subject; packages have a ``words.py`` of their own."""
