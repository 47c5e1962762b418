"""What a rendered file's name says."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NAME = re.compile(r"^(?P<sequence>sq\d{3})_(?P<name>sh\d{3})\.(?P<frame>\d{4})\.exr$")


@dataclass(frozen=True)
class Shot:
    """One frame of one shot."""

    sequence: str
    name: str
    frame: int


def parse(file_name: str) -> Shot | None:
    """Returns the shot that a file belongs to, or None for any other name."""
    match = _NAME.match(file_name)
    if match is None:
        return None
    return Shot(match["sequence"], match["name"], int(match["frame"]))
