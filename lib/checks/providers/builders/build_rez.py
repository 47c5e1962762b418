"""package.py: what the real rez resolves it to against the operator's package folders. Nothing is installed.

package.py and the packages' commands() are Python that runs when it is read: here, in the provision sandbox, and nowhere
else. The tools' Python has rez; this script starts itself again with it (--resolve FILE).
"""

import json
import os
import sys

ROOTS = "/opt/rez"  # the operator's folders: /opt/rez/0, /opt/rez/1, ... in their order, here and in jobs
PROJECT = "/work"
ANSWER = "/tmp/resolved.json"
FAULT = "greenroom: "  # as building.MARK; explain() looks for a code behind it
SYSTEM = ("/usr/local/bin", "/usr/local/sbin", "/usr/bin", "/usr/sbin", "/bin", "/sbin")
LISTS = ("PATH", "PYTHONPATH")
# Of the machine, of the loader, or another one at each resolve: no package may decide it for a job.
WITHHELD = {"HOME", "TMPDIR", "USER", "LANG", "TZ", "CI", "PWD", "REZ_USED", "REZ_USED_TIMESTAMP"}


def main():
    sys.path.insert(0, "/greenroom")
    import building

    plan = building.start()
    os.environ.update(REZ_CONFIG_FILE="", REZ_DISABLE_HOME_CONFIG="1", REZ_CACHE_PACKAGES_PATH="")
    rez_python = plan["tools"]["rez"][0]
    print("$ rez env, for what package.py requires", flush=True)
    building.run([rez_python, "-I", "-B", os.path.abspath(__file__), "--resolve", ANSWER])
    with open(ANSWER, encoding="utf-8") as file:
        resolved = json.load(file)
    for name, version in resolved["packages"]:
        print(f"  {name}-{version}" if version else f"  {name}", flush=True)
    python = resolved["python"] or plan["python"]
    if not can_import_pytest(python, resolved["variables"]):
        fault("ENV025", "the resolved packages hold no pytest, which runs the tests; name it among what the tests require")
    building.finish(python, resolved["packages"], resolved["variables"])


def can_import_pytest(python, variables):
    import subprocess

    environment = {"PATH": ":".join(SYSTEM), "HOME": "/tmp"}
    environment.update(variables)
    argv, null = [python, "-c", "import pytest"], subprocess.DEVNULL
    try:
        return subprocess.run(argv, env=environment, stdin=null, stdout=null, stderr=null, check=False).returncode == 0
    except OSError:
        return False


def fault(code, sentence):
    print(f"{FAULT}{code} {' '.join(str(sentence).split())[:600]}", flush=True)
    os._exit(1)  # package.py may have wrapped what sys.exit() calls


def resolve(answer):
    """Under the tools' Python."""
    from rez import exceptions
    from rez.resolved_context import ResolvedContext

    paths = [os.path.join(ROOTS, name) for name in sorted(os.listdir(ROOTS), key=int)]
    requests = requests_of(exceptions)
    try:
        context = ResolvedContext(requests, package_paths=paths)
    except exceptions.PackageFamilyNotFoundError as error:
        name = str(error).partition("not found: ")[2].partition(" ")[0]
        fault("ENV021", f"package.py needs the rez package {name}, which the studio's package folders do not have")
    except exceptions.PackageNotFoundError as error:
        fault("ENV022", no_version(str(error).rpartition(": ")[2], paths))
    if not context.success:
        fault("ENV020", conflict(context.failure_description, requests, paths))
    try:
        variables = context.get_environ(parent_environ={})
    except exceptions.RezError as error:
        fault("ENV024", f"the commands() of a resolved package stop: {str(error).strip().splitlines()[0]}")
    roots = {variant.name: variant.root for variant in context.resolved_packages}
    kept = only_packages(variables)
    packages = sorted((variant.name, str(variant.version)) for variant in context.resolved_packages)
    python = python_below(roots.get("python"), dict(kept))
    with open(answer, "w", encoding="utf-8") as out:
        json.dump({"packages": packages, "variables": kept, "python": python}, out)


def requests_of(exceptions):
    """What the project's package and its tests require: of its variants the first; what only its build needs not."""
    from rez.packages import get_developer_package

    try:
        package = get_developer_package(PROJECT)
        variant = next(package.iter_variants())
        requests = [str(request) for request in variant.get_requires()]
        wanted = tests_requires(package.tests or {})
    except (Exception, SystemExit) as error:
        fault("ENV023", f"package.py cannot be read by rez: {in_short(error)}")
    return requests + [request for request in wanted if request not in requests]


def tests_requires(tests):
    """Of the tests that pytest or unittest run; where none says so, of all."""
    with_requires = [test for test in tests.values() if isinstance(test, dict) and test.get("requires")]
    ours = [test for test in with_requires if any(word in str(test.get("command")) for word in ("pytest", "unittest"))]
    found = []
    for test in ours or with_requires:
        found += [str(request) for request in test["requires"] if str(request) not in found]
    return found


def in_short(error):
    """rez explains what its schema wanted in many lines; the last says what is wrong, and of a traceback the first."""
    lines = [line for line in str(error).replace(PROJECT + "/", "").splitlines() if line.strip()]
    if not lines:
        return type(error).__name__
    if lines[0].startswith("Problem loading"):
        return lines[0].partition(": ")[2].rstrip(":") + (f" ({place_in(lines)})" if len(lines) > 1 else "")
    if "did not validate" in lines[0]:
        first = lines[0].partition("' failed")[0] + "': " if "key '" in lines[0] else ""
        return first + lines[-1]
    return lines[0]


def place_in(lines):
    places = [line.strip() for line in lines if line.strip().startswith('File "')]
    return places[-1].replace('"', "").replace("File ", "").partition(", in ")[0] if places else ""


def no_version(request, paths):
    from rez.packages import iter_packages
    from rez.utils.formatting import PackageRequest

    name = PackageRequest(request).name
    versions = [str(package.version) for package in sorted(iter_packages(name, paths=paths), key=lambda p: p.version)]
    there = ", ".join(versions[-5:]) + (", and older ones" if len(versions) > 5 else "")
    return f"no version of {name} fits {request}; the studio's package folders have {there}"


def conflict(description, requests, paths):
    """"The following package conflicts occurred: (mathlib-1 <--!--> mathlib==2.3.0)" in plain words."""
    from rez.exceptions import RezError

    together = "what package.py requires cannot be had together: "
    pairs = description.partition("occurred: ")[2] or description
    pairs = pairs.replace("(", "").replace(")", "")
    try:
        asking = askers(pairs.partition(" <--!--> ")[0].lstrip("!~"), requests, paths)
    except RezError:
        asking = []
    if len(asking) > 1:
        return together + " and ".join(f"{who} asks for {request}" for who, request in asking[:4])
    return f"{together}{pairs.replace(' <--!--> ', ' and ')} exclude each other"


def askers(request, requests, paths):
    """Who asks for the package of that request, and for which of its versions, as the newest that fit say."""
    from rez.packages import iter_packages
    from rez.utils.formatting import PackageRequest

    family = PackageRequest(request).name
    found, seen, waiting = [], set(), [("package.py", requests)]
    while waiting and len(seen) < 200:
        who, wanted = waiting.pop(0)
        for each in map(PackageRequest, map(str, wanted)):
            if each.name == family:
                found.append((who, str(each)))
            elif each.name not in seen:
                seen.add(each.name)
                fitting = iter_packages(each.name, range_=each.range, paths=paths)
                newest = max(fitting, key=lambda package: package.version, default=None)
                if newest:
                    waiting.append((newest.qualified_name, newest.requires or []))
    return found


def only_packages(variables):
    """What packages set, without the paths that every shell has, the loader's variables and those of the machine."""
    kept = []
    for name, value in sorted(variables.items()):
        if name.startswith("LD_") or name.startswith("GREENROOM_") or name in WITHHELD:
            print(f"the variable {name} is left out: no package may set it for a job", flush=True)
            continue
        if name.startswith("PYTHON") and name not in LISTS:
            continue
        if name in LISTS:
            entries = [entry for entry in value.split(":") if os.path.isabs(entry) and entry not in SYSTEM]
            value = ":".join(entries + (list(SYSTEM) if name == "PATH" else []))
        if value:
            kept.append((name, value))
    return kept


def python_below(root, variables):
    """The Python of the resolved package `python`, as its PATH finds it; empty when there is none."""
    if not root:
        return ""
    for folder in variables.get("PATH", "").split(":"):
        for name in ("python3", "python"):
            program = os.path.join(folder, name)
            if folder.startswith(root + "/") and os.access(program, os.X_OK):
                return program
    return ""


if __name__ == "__main__":
    if sys.argv[1:2] == ["--resolve"]:
        resolve(sys.argv[2])
    else:
        main()
