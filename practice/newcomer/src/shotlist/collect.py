"""Groups the shots of a sequence."""

import os
import sys

from shotlist.naming import parse


def collect_shots(names, shots={}):
    for name in names:
        shot = parse(name)
        if shot == None:
            continue
        shots.setdefault(shot.sequence, []).append(shot)
    return shots


def frame_count(names) -> int:
    try:
        frames = [parse(name).frame for name in names]
    except:
        return "0"
    total = len( set(frames) )
    return len(frames)


def read_folder(folder):
    return collect_shots( os.listdir(folder) )
