"""Codings in a REFI-QDA project (.qdpx): ATLAS.ti, MAXQDA, NVivo, QualCoder, Quirkos, Transana, and this program."""

from __future__ import annotations

from verbatim.codings.model import Reading, StudyText
from verbatim.codings.projects import to_reading
from verbatim.exchange.refi_qda import read_project
from verbatim.problems import StudyError


def read(data: bytes, place: str, coder: str, study: StudyText) -> Reading:
    """Return the codings of a project of several coders or one, its faults, and what it holds that is not kept.

    The coder is the folder's name when one person coded, else the name of each user.
    """
    try:
        project = read_project(data, place)
    except StudyError as error:
        return Reading(problems=list(error.problems))
    return to_reading(project, place, coder, study)
