"""A job file drafted from a folder of what departments sent.

``sent``       every layer and table;  ``sorting`` what each is to a job
``questions``  what the files leave open, answered by removing a ``#``
``datums``     which datum puts incidents where they were recorded
``text``       TOML as people read it;  ``draft`` all of it
"""

from gridgov.jobs.draft.draft import Draft, draft_job

__all__ = ["Draft", "draft_job"]
