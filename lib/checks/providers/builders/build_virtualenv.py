"""requirements.txt or pyproject.toml: a virtualenv, filled by pip with wheels from the operator's index."""

import sys

sys.path.insert(0, "/greenroom")
import building  # noqa: E402
import installed  # noqa: E402
import pip_log  # noqa: E402

LOG = building.TEMPORARY + "/pip.log"


def pip_install(plan, folder, words):
    """By the pip of that virtualenv."""
    python = folder + "/bin/python"
    argv = [python, "-m", "pip", "--isolated", "--disable-pip-version-check", "--no-input", "--no-cache-dir", "install"]
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


def add(plan, words):
    installed.make_virtualenv(plan, installed.CLEAN)
    return pip_install(plan, installed.CLEAN, words)


def main():
    plan = building.start()
    installed.make_virtualenv(plan, building.ENVIRONMENT)
    if not pip_install(plan, building.ENVIRONMENT, ["-r", "/work/" + plan["sources"][0]]):
        building.fail("pip could not install what the lock asks for")
    installed.add_pytest(plan, lambda words: add(plan, words))
    installed.finish()


main()
