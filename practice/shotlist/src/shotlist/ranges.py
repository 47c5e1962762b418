"""Frame ranges the way people write them."""

from __future__ import annotations


def to_text(frames: list[int]) -> str:
    """Writes sorted frames as ranges: [1, 2, 3, 7] becomes "1-3,7"."""
    parts: list[str] = []
    start = previous = None
    for frame in sorted(set(frames)):
        if start is None or previous is None:
            start = previous = frame
        elif frame == previous + 1:
            previous = frame
        else:
            parts.append(_part(start, previous))
            start = previous = frame
    if start is not None and previous is not None:
        parts.append(_part(start, previous))
    return ",".join(parts)


def _part(start: int, end: int) -> str:
    return str(start) if start == end else f"{start}-{end}"
