"""What lies in the environment, read and added to from outside: its own interpreter would run what packages leave in
.pth files, and nothing of a package runs while it is built.
"""

import glob
import importlib.metadata
import os
import shutil

import building

PYTHON = building.ENVIRONMENT + "/bin/python"
PROGRAMS = building.ENVIRONMENT + "/bin"
CLEAN = building.TEMPORARY + "/clean"
ADDED = building.TEMPORARY + "/added"
OWN = {"pip", "setuptools", "wheel"}  # what virtualenv itself puts there


def packages():
    """(name, version) of each package, sorted."""
    folders = glob.glob(building.ENVIRONMENT + "/lib/python3*/site-packages")
    found = importlib.metadata.distributions(path=folders)
    named = {(each.metadata["Name"], each.version) for each in found if each.metadata["Name"]}
    return sorted(pair for pair in named if pair[0].lower() not in OWN)


def make_virtualenv(plan, folder):
    words = ["--quiet", "--no-download", "--no-periodic-update", "--app-data=" + building.TEMPORARY + "/virtualenv"]
    building.run([*plan["tools"]["virtualenv"], *words, "--python", plan["python"], folder])


def add_pytest(plan, install):
    """Unless the lock names it. `install` takes words for an installer, among them --target, and says whether it could.

    Tests are run with the environment's own pytest, beside which what the lock asks for stays as it is.
    """
    if any(name.lower() == "pytest" for name, _ in packages()):
        return
    print(f"{plan['lock']} does not name pytest, which runs the tests: adding it.", flush=True)
    if not install(["--constraint", _constraints(), "--target", ADDED, "pytest"]):
        building.fail("pytest cannot be added")
    _move_in()


def finish():
    path = PROGRAMS + ":/usr/local/bin:/usr/bin:/bin"
    building.finish(PYTHON, packages(), [("PATH", path), ("VIRTUAL_ENV", building.ENVIRONMENT)])


def _constraints():
    """A file that holds everything at the version that it has."""
    path = building.TEMPORARY + "/constraints.txt"
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(f"{name}=={version}\n" for name, version in packages())
    return path


def _move_in():
    """Beside what is there, which has the same version where it has the same name."""
    site = glob.glob(building.ENVIRONMENT + "/lib/python3*/site-packages")[0]
    for name in os.listdir(ADDED):
        if name == "bin":
            _move_programs(ADDED + "/bin")
        elif not os.path.lexists(f"{site}/{name}"):
            shutil.move(f"{ADDED}/{name}", site)


def _move_programs(folder):
    """Their first line names the interpreter that installed them."""
    for name in os.listdir(folder):
        if os.path.lexists(f"{PROGRAMS}/{name}"):
            continue
        with open(f"{folder}/{name}", "rb") as file:
            first, _, rest = file.read().partition(b"\n")
        if first.startswith(b"#!") and b"python" in first:
            with open(f"{folder}/{name}", "wb") as file:
                file.write(b"#!" + PYTHON.encode() + b"\n" + rest)
        shutil.move(f"{folder}/{name}", PROGRAMS)
