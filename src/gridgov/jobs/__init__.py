"""Job files: what departments sent looked into and written down, and run into one folder of results.

``keys``       every section and key, once, with its meaning
``toml_text``  a TOML file as people save it, and on which line a key stands
``draft``      a job file made of what departments sent
``job``        what a job file says;  ``read`` checks it, ``inputs`` reads the layers it names
``steps``      what a run does: a list of steps, each of which names its outputs
``asking``     which incidents a section asks, and how;  ``assigning`` tags them one by one
``saving``     a command line kept as a section;  ``nightly`` scripts for cron and Windows
``run``        all of it;  ``results`` the folder, ``record`` what is left for the next run, ``page`` the page
"""

from gridgov.jobs.draft import draft_job
from gridgov.jobs.job import Job
from gridgov.jobs.read import read_job
from gridgov.jobs.run import RunResult, run_job

__all__ = ["Job", "RunResult", "draft_job", "read_job", "run_job"]
