"""Pipfile.lock: its packages, those for development too, by pipenv, as wheels from the operator's index.

pipenv takes the sources that the lock names, and its setting for a mirror stands for one public index only. So it is
given a copy of the lock that names the operator's, and not what comes from elsewhere (EnvironmentPlan::left_out lists
that). Whether the lock belongs to its Pipfile is asked before, of the files as they are.
"""

import json
import os
import sys

sys.path.insert(0, "/greenroom")
import building  # noqa: E402
import installed  # noqa: E402
import pip_log  # noqa: E402

COPY = building.TEMPORARY + "/project"
LOG = building.TEMPORARY + "/pip.log"
ELSEWHERE = {"git", "hg", "svn", "bzr", "path", "file", "editable"}


def read(name):
    with open("/work/" + name, encoding="utf-8") as file:
        return file.read()


def write(name, text):
    with open(COPY + "/" + name, "w", encoding="utf-8") as file:
        file.write(text)


def lock_for(index):
    lock = json.loads(read("Pipfile.lock"))
    lock["_meta"]["sources"] = [{"name": "operator", "url": index, "verify_ssl": True}]
    for name, section in lock.items():
        if name == "_meta":
            continue
        for package in [each for each, entry in section.items() if ELSEWHERE & entry.keys()]:
            del section[package]
        for entry in section.values():
            entry.pop("index", None)
    # One section is one run of pip; another would start the environment's interpreter with packages in it.
    lock["default"] = lock.pop("develop", {}) | lock.get("default", {})
    lock["develop"] = {}
    return json.dumps(lock, indent=4)


def pipfile_for(index):
    return f'[[source]]\nname = "operator"\nurl = "{index}"\nverify_ssl = true\n'


def add(plan, words):
    installed.make_virtualenv(plan, installed.CLEAN)
    pip = [installed.CLEAN + "/bin/python", "-m", "pip", "install", "--index-url=" + plan["index"], "--no-input"]
    if building.run([*pip, *words], may_fail=True):
        return True
    print(*pip_log.reasons(LOG), sep="\n", flush=True)
    return False


def failed(sentence):
    print(*pip_log.reasons(LOG), sep="\n", flush=True)
    building.fail(sentence)


def main():
    plan = building.start()
    pipenv = plan["tools"]["pipenv"]
    os.mkdir(COPY)
    os.environ |= {
        "VIRTUAL_ENV": building.ENVIRONMENT,
        "PIPENV_VERBOSITY": "-1",
        "PIPENV_NOSPIN": "1",
        "PIPENV_CACHE_DIR": building.TEMPORARY + "/cache",
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_LOG": LOG,
        "PIP_NO_CACHE_DIR": "1",
        "PIP_RETRIES": "1",
        "PIP_TIMEOUT": "15",
        "COLUMNS": "1000",  # or what it says is cut into lines
        "NO_COLOR": "1",
    }
    if not plan["allow_builds"]:
        os.environ["PIP_ONLY_BINARY"] = ":all:"
    installed.make_virtualenv(plan, building.ENVIRONMENT)
    for name in ("Pipfile", "Pipfile.lock"):
        write(name, read(name))
    building.run([*pipenv, "verify"], cwd=COPY)
    write("Pipfile", pipfile_for(plan["index"]))
    write("Pipfile.lock", lock_for(plan["index"]))
    if not building.run([*pipenv, "sync"], may_fail=True, cwd=COPY):
        failed("pipenv could not install what the lock asks for")
    installed.add_pytest(plan, lambda words: add(plan, words))
    installed.finish()


main()
