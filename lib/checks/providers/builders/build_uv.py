"""uv.lock: what it names for this machine, with its hashes, as wheels from the operator's index.

The addresses in the lock are not used: uv's export leaves them out, and what comes from elsewhere is left out by name
(EnvironmentPlan::left_out lists the same). Nothing of a package runs here: uv unpacks wheels, and no interpreter of
the environment is started.
"""

import os
import subprocess
import sys
import tomllib

sys.path.insert(0, "/greenroom")
import building  # noqa: E402
import installed  # noqa: E402

FOR_TESTS = ("test", "tests", "testing", "dev")
EXPORT = building.TEMPORARY + "/requirements.txt"
# Of `uv lock --check`. It also fails over a folder of the project whose metadata nobody can know without running its
# build; the lock may be as new as it should be then.
NOT_FIT = ("needs to be updated", "network was disabled", "incompatible with the project's Python requirement")


def toml(path):
    with open("/work/" + path, "rb") as file:
        return tomllib.load(file)


def chosen(plan):
    """Options for the extras and groups that tests need, of every project in the workspace that has them."""
    projects = [toml(source) for source in plan["sources"] if os.path.basename(source) == "pyproject.toml"]
    words = ["--all-packages"] if "workspace" in toml("pyproject.toml").get("tool", {}).get("uv", {}) else []
    for name in FOR_TESTS:
        if any(name in project.get("project", {}).get("optional-dependencies", {}) for project in projects):
            words.append("--extra=" + name)
        if any(name in project.get("dependency-groups", {}) for project in projects):
            words.append("--group=" + name)
    return words


def from_elsewhere(lock):
    """Names of the packages that come from a repository, an address or a folder."""
    return sorted({each["name"] for each in lock.get("package", []) if "registry" not in each.get("source", {})})


def check(uv):
    """Without the network uv can tell whether the lock is made from this pyproject.toml, but cannot make another."""
    argv = [*uv, "lock", "--check", "--offline", "--no-build", "--project=/work"]
    print("$ " + " ".join(argv), flush=True)
    done = subprocess.run(argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    said = done.stdout.decode(errors="replace")
    print(said, end="", flush=True)
    if done.returncode != 0 and any(words in said for words in NOT_FIT):
        building.fail("uv.lock and pyproject.toml do not fit together, or not to this machine")


def install(plan, words, python=building.ENVIRONMENT):
    argv = [*plan["tools"]["uv"], "--no-config", "pip", *words, "--python", python]
    argv += ["--default-index", plan["index"]]
    if not plan["allow_builds"]:
        argv.append("--no-build")
    return building.run(argv, may_fail=True)


def main():
    plan = building.start()
    uv = plan["tools"]["uv"]
    os.environ |= {
        "UV_CACHE_DIR": building.TEMPORARY + "/uv",
        "UV_PYTHON_DOWNLOADS": "never",
        "UV_PYTHON": plan["python"],
        "UV_HTTP_RETRIES": "1",
        "UV_HTTP_TIMEOUT": "15",
        "NO_COLOR": "1",
    }
    check(uv)
    export = ["export", "--quiet", "--frozen", "--offline", "--no-build", "--project=/work", "--no-header"]
    export += ["--no-annotate", "--no-emit-workspace", "--no-emit-local", "--output-file=" + EXPORT]
    export += ["--no-emit-package=" + name for name in from_elsewhere(toml("uv.lock"))]
    building.run([*uv, *export, *chosen(plan)])
    building.run([*uv, "venv", "--quiet", "--no-config", "--allow-existing", building.ENVIRONMENT])
    if not install(plan, ["sync", "--require-hashes", "--allow-empty-requirements", EXPORT]):
        building.fail("uv could not install what the lock asks for")
    installed.add_pytest(plan, lambda words: install(plan, ["install", *words], plan["python"]))
    building.run([plan["python"], "-I", "-m", "compileall", "-q", building.ENVIRONMENT + "/lib"], may_fail=True)
    installed.finish()


main()
