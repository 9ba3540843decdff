"""Brings a library up to date with files, folders, links and feeds.

from ingest import ingest
report = ingest("articles", library=".library")
"""

from ingest.build import ingest
from ingest.progress import shown_on
from ingest.report import Failure, Report

__all__ = ["Failure", "Report", "ingest", "shown_on"]
