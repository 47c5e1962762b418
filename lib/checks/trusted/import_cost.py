"""What an import costs: each module is imported in processes of its own, and what the interpreter did is counted.

import_cost.py [--root FOLDER]... [--report FILE] MODULE...

Prints a table; --report also writes the numbers as JSON. Run with -I, folders come from --root and PYTHONPATH alone;
without it, as `python -c "import MODULE"` finds them. docs/import-cost.md says what is counted and how.
"""

import sys

SECONDS = 60  # for one import
ENOUGH_SECONDS = 5  # an import that is slower than this is timed once more, not twice
MOST_MODULES = 20
MOST_BYTES = 1 << 20  # of what a measuring process may say
MOST_ROWS = 6  # packages that are named in the table
COUNTED = ("loaded", "opened", "looked", "listed")
YOURS, PACKAGES, STANDARD = "yours", "packages", "standard library"


def blank():
    return {"loaded": 0, "opened": 0, "looked": 0, "listed": 0, "ms": 0.0}


def add(to, share):
    for key, value in share.items():
        to[key] += value


class Counter:
    """What an import makes the interpreter do, and for which module. Needs only what every start of Python loads."""

    def __init__(self):
        import _frozen_importlib
        import _frozen_importlib_external
        import _thread
        import time

        self.bootstrap, self.external, self.clock = _frozen_importlib, _frozen_importlib_external, time.perf_counter
        self.local = _thread._local()
        self.done = {}  # module -> its own share, without that of what it imported
        self.on = True
        self.mapped = self.libraries()

    def stack(self):
        return self.local.__dict__.setdefault("stack", [blank()])

    def count(self, what, number=1):
        if self.on:
            self.stack()[-1][what] += number

    def audit(self, event, arguments):
        if event == "open" and isinstance(arguments[0], (str, bytes)):
            self.count("opened")
        elif event in ("os.listdir", "os.scandir"):
            self.count("listed")

    def install(self):
        """Every open and every listing is an audit event. A stat is none: the import system's own function is wrapped."""
        external = self.external
        real_stat, real_data = external._path_stat, external.FileLoader.get_data
        real_create = external.ExtensionFileLoader.create_module

        def path_stat(path):
            self.count("looked")
            return real_stat(path)

        def get_data(loader, path):
            try:
                return real_data(loader, path)
            except OSError:  # byte code that is not there was looked for, not opened
                self.count("opened", -1)
                self.count("looked")
                raise

        def create_module(loader, spec):  # the linker's work: no event tells of it
            try:
                return real_create(loader, spec)
            finally:
                new = self.libraries() - self.mapped  # one that loads another is not counted with it again
                self.mapped |= new
                self.count("opened", len(new))

        external._path_stat, external.FileLoader.get_data = path_stat, get_data
        external.ExtensionFileLoader.create_module = create_module
        self.bootstrap._find_and_load = self.attributed(self.bootstrap._find_and_load)
        sys.addaudithook(self.audit)

    def attributed(self, real):
        def find_and_load(name, import_):
            if name in sys.modules or not self.on:
                return real(name, import_)
            stack, mine, began = self.stack(), blank(), self.clock()
            stack.append(mine)
            to = stack[-2]  # what is looked for in vain is for whoever asked
            try:
                module = real(name, import_)
                mine["loaded"] = 1
                to = self.done.setdefault(name, blank())
                return module
            finally:
                stack.pop()
                whole = (self.clock() - began) * 1000
                mine["ms"] += whole
                stack[-1]["ms"] -= whole
                add(to, mine)

        return find_and_load

    def libraries(self):
        """The files that are mapped into this process; where the kernel does not tell, none."""
        self.on = False
        try:
            with open("/proc/self/maps", "rb") as maps:
                return {line.split(None, 5)[5] for line in maps if b" /" in line}
        except OSError:
            return set()
        finally:
            self.on = True


def measure(answer_file, counted, roots, name):
    """Runs in a process of its own, and ends it: whatever the module has started is not waited for."""
    import os  # loaded by every start, as time is: what the answer needs must not hide what the module would load
    import time

    sys.path[:0] = roots
    counter = Counter()
    if counted:
        counter.install()
    began, failure = time.perf_counter(), ""
    try:
        __import__(name)
    except BaseException as error:  # SystemExit is a way to fail, too
        failure = one_line(f"{type(error).__name__}: {error}")
    whole = (time.perf_counter() - began) * 1000
    counter.on = False
    groups = {}
    for module, share in counter.done.items():
        kind = kind_of(sys.modules.get(module), os)
        top = kind if kind == STANDARD else module.partition(".")[0]
        add(groups.setdefault((kind, top), blank()), share)
    with open(answer_file, "w", encoding="utf-8") as out:
        print(whole, failure, sep="\t", file=out)
        for (kind, top), share in groups.items():
            print(kind, one_line(top), share["ms"], *(share[key] for key in COUNTED), sep="\t", file=out)
    os._exit(0)


def kind_of(module, os):
    """Whose a module is, by where it lies."""
    spec = getattr(module, "__spec__", None)
    origin = getattr(spec, "origin", None)
    if origin in ("built-in", "frozen"):
        return STANDARD
    if not isinstance(origin, str):  # a package without __init__.py
        origin = os.path.join(next(iter(getattr(spec, "submodule_search_locations", None) or [""])), "")
    file = os.path.realpath(origin)
    fitting = [(len(place), kind) for place, kind in places(os) if file.startswith(place)]
    return max(fitting)[1] if fitting else PACKAGES


def places(os):
    """Folders and whose they are; the longest that fits counts."""
    standard = os.path.dirname(os.__file__)
    found = [(standard, STANDARD), (os.getcwd(), YOURS), (sys.prefix, PACKAGES)]
    found += [(os.path.join(standard, name), PACKAGES) for name in ("site-packages", "dist-packages")]
    return [(os.path.join(os.path.realpath(place), ""), kind) for place, kind in found]


def ask(name, roots, counted):
    """What a fresh process says of one import. Its answer may be the module's own work: only the right shapes pass."""
    import os
    import subprocess
    import tempfile

    flags = ["-I"] if sys.flags.isolated else []
    if sys.flags.dont_write_bytecode:
        flags.append("-B")
    with tempfile.TemporaryDirectory() as folder:
        answer = os.path.join(folder, "answer")
        words = [sys.executable, *flags, os.path.abspath(__file__), "--measure", answer, str(int(counted))]
        null = subprocess.DEVNULL
        try:
            command = [*words, *roots, name]
            subprocess.run(command, stdin=null, stdout=null, stderr=null, timeout=SECONDS, check=False)
            with open(answer, encoding="utf-8", errors="replace") as file:
                return read_answer(file.read(MOST_BYTES))
        except subprocess.TimeoutExpired:
            return {"ms": 0, "failure": f"it was not done after {SECONDS} s", "shares": []}
        except (OSError, ValueError):
            return {"ms": 0, "failure": "the module ended the process", "shares": []}


def read_answer(text):
    first, *others = text.splitlines() or [""]
    ms, failure = first.split("\t")
    shares = []
    for kind, name, part, *numbers in (other.split("\t") for other in others):
        counts = dict(zip(COUNTED, map(int, numbers)), ms=float(part))
        shares.append(dict(blank(), **counts, kind=kind, name=one_line(name)[:80]))
    return {"ms": float(ms), "failure": one_line(failure)[:200], "shares": shares}


def one_line(text):
    return " ".join("".join(c if c.isprintable() else " " for c in str(text)).split())


def cost_of(name, roots):
    """First a start as after a release, which may have to make byte code; then a counted one; then for the time."""
    first = ask(name, roots, counted=False)
    counted = first if first["failure"] else ask(name, roots, counted=True)
    cost = {"name": name, "failure": counted["failure"], "first_ms": first["ms"], "ms": 0, "shares": counted["shares"]}
    if cost["failure"]:
        return cost
    timed = [ask(name, roots, counted=False)["ms"] for _ in range(1 if first["ms"] > ENOUGH_SECONDS * 1000 else 2)]
    cost["ms"] = min([ms for ms in timed if ms > 0], default=first["ms"])
    # Counting takes time itself: the counted run says how the time is shared out, the others how long it is.
    scale = cost["ms"] / max(sum(share["ms"] for share in cost["shares"]), 0.001)
    for share in cost["shares"]:
        share["ms"] *= scale
    cost["shares"].sort(key=lambda share: -share["ms"])
    for key in COUNTED:
        cost[key] = sum(share[key] for share in cost["shares"])
    half = [share for share in cost["shares"] if share["ms"] > cost["ms"] / 2]
    cost["mostly"] = {"kind": half[0]["kind"], "name": half[0]["name"]} if half else {}
    return cost


def rows_of(cost):
    rows = [share for share in cost["shares"] if share["kind"] == YOURS]
    packages = [share for share in cost["shares"] if share["kind"] == PACKAGES]
    rows += packages[:MOST_ROWS]
    if len(packages) > MOST_ROWS:
        others = blank()
        for share in packages[MOST_ROWS:]:
            add(others, {key: share[key] for key in others})
        rows.append(dict(others, kind=PACKAGES, name=f"{len(packages) - MOST_ROWS} more packages"))
    return rows + [share for share in cost["shares"] if share["kind"] == STANDARD]


def line(words, numbers):
    return f"  {words:<32}" + "".join(f"{number:>11}" for number in numbers)


def table(cost):
    if cost["failure"]:
        return [f"import {cost['name']}: stopped. {cost['failure']}"]
    lines = [f"import {cost['name']}: {cost['ms']:,.0f} ms; {cost['first_ms']:,.0f} ms the first time"]
    lines.append(line("whose", ("modules", "opened", "looked at", "listed", "ms")))
    for share in rows_of(cost):
        whose = share["name"] + (" (yours)" if share["kind"] == YOURS else "")
        lines.append(line(whose[:32], [f"{share[key]:,}" for key in COUNTED] + [f"{share['ms']:,.0f}"]))
    lines.append(line("together", [f"{cost[key]:,}" for key in COUNTED] + [f"{cost['ms']:,.0f}"]))
    return lines


def main(words):
    import json
    import os

    roots, report, names = [], None, []
    while words:
        word = words.pop(0)
        if word == "--root":
            roots.append(os.path.abspath(words.pop(0)))
        elif word == "--report":
            report = words.pop(0)
        else:
            names.append(word)
    if sys.flags.isolated:
        roots += [os.path.abspath(place) for place in os.environ.get("PYTHONPATH", "").split(os.pathsep) if place]
    else:
        roots.insert(0, os.getcwd())
    costs = [cost_of(name, roots) for name in names[:MOST_MODULES]]
    print("\n\n".join("\n".join(table(cost)) for cost in costs), flush=True)
    if report is not None:
        with open(report, "w", encoding="utf-8") as out:
            json.dump({"modules": [{key: cost[key] for key in cost if key != "shares"} for cost in costs]}, out)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        if not sys.flags.isolated:
            sys.path.pop(0)  # this script's folder, which no `python -c` has
        measure(sys.argv[2], sys.argv[3] == "1", sys.argv[4:-1], sys.argv[-1])
    else:
        main(sys.argv[1:])
