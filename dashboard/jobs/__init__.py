"""Commands that a page starts: processes of their own that outlive the page, and the server."""

from dashboard.jobs.answer import CommandError
from dashboard.jobs.job import Job, Progress
from dashboard.jobs.run import ask, clear, jobs, latest, start
from dashboard.jobs.upload import Upload

__all__ = [
    "KEPT",
    "CommandError",
    "Job",
    "Progress",
    "Upload",
    "ask",
    "clear",
    "jobs",
    "latest",
    "start",
]
