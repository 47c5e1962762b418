"""requirements.txt or pyproject.toml: a virtualenv, filled by pip with wheels from the operator's index."""

import sys

sys.path.insert(0, "/greenroom")
import building  # noqa: E402
import pip_log  # noqa: E402

PYTHON = building.ENVIRONMENT + "/bin/python"
LOG = building.TEMPORARY + "/pip.log"
OWN = {"pip", "setuptools", "wheel"}  # what virtualenv itself puts there


def pip_install(plan, words):
    argv = [PYTHON, "-m", "pip", "--isolated", "--disable-pip-version-check", "--no-input", "--no-cache-dir", "install"]
    argv.append("--log=" + LOG)
    argv += ["--progress-bar=off", "--retries=1", "--timeout=15", "--no-warn-script-location"]
    argv += ["--proxy=" + building.PROXY, "--cert=" + building.CERTIFICATES, "--index-url=" + plan["index"]]
    if plan["index"].startswith("http:"):
        argv.append("--trusted-host=" + plan["index"].split("/")[2])
    if not plan["allow_builds"]:
        argv.append("--only-binary=:all:")
    if building.run(argv + words, may_fail=True):
        return True
    print(*pip_log.reasons(LOG), sep="\n", flush=True)
    return False


def packages():
    return [pair for pair in building.packages_of(PYTHON) if pair[0].lower() not in OWN]


def add_pytest(plan):
    """Tests are run with the environment's own pytest, beside which what the lock asks for must stay as it is."""
    constraints = building.TEMPORARY + "/constraints.txt"
    with open(constraints, "w", encoding="utf-8") as file:
        file.writelines(f"{name}=={version}\n" for name, version in packages())
    print(f"{plan['lock']} does not name pytest, which runs the tests: adding it.", flush=True)
    if not pip_install(plan, ["-c", constraints, "pytest"]):
        building.fail("pytest cannot be added")


def main():
    plan = building.start()
    virtualenv = plan["tools"]["virtualenv"]
    building.run(
        [*virtualenv, "--quiet", "--no-download", "--no-periodic-update", "--app-data=/tmp/virtualenv", "--python"]
        + [plan["python"], building.ENVIRONMENT]
    )
    if not pip_install(plan, ["-r", "/work/" + plan["sources"][0]]):
        building.fail("pip could not install what the lock asks for")
    if "pytest" not in {name.lower() for name, _ in packages()}:
        add_pytest(plan)
    path = building.ENVIRONMENT + "/bin:/usr/local/bin:/usr/bin:/bin"
    building.finish(PYTHON, packages(), [("PATH", path), ("VIRTUAL_ENV", building.ENVIRONMENT)])


main()
