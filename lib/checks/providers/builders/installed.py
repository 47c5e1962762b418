"""What lies in the environment, read from outside: its own interpreter would run what packages leave in .pth files."""

import glob
import importlib.metadata

import building

PYTHON = building.ENVIRONMENT + "/bin/python"
OWN = {"pip", "setuptools", "wheel"}  # what virtualenv itself puts there


def packages():
    """(name, version) of each package, sorted."""
    folders = glob.glob(building.ENVIRONMENT + "/lib/python3*/site-packages")
    found = importlib.metadata.distributions(path=folders)
    named = {(each.metadata["Name"], each.version) for each in found if each.metadata["Name"]}
    return sorted(pair for pair in named if pair[0].lower() not in OWN)


def has(name):
    return any(name == each.lower() for each, _ in packages())


def write_constraints():
    """A file that holds everything at the version that it has; for adding to it."""
    path = building.TEMPORARY + "/constraints.txt"
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(f"{name}=={version}\n" for name, version in packages())
    return path


def finish():
    path = building.ENVIRONMENT + "/bin:/usr/local/bin:/usr/bin:/bin"
    building.finish(PYTHON, packages(), [("PATH", path), ("VIRTUAL_ENV", building.ENVIRONMENT)])
