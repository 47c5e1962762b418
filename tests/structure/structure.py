"""The tree itself, checked: layers, named queries, missing twins. structure.py ROOT prints every violation."""

import re
import sys
from pathlib import Path

SOURCES = ("lib", "services", "tests", "bench")
MAX_LINES = 400
# Headers of wrapped libraries, and the rooms that wrap them.
WRAPPED = {
    "libpq-fe.h": {"pg"},
    "hiredis": {"redis"},
    "git2": {"git"},
    "cpprest": {"http"},
    "boost/": {"http"},
    "spdlog": {"base"},
    "openssl": {"base"},
    "sodium": {"sealed"},
    "seccomp.h": {"sandbox"},
    "pugixml": {"diagnostics"},
    "yaml-cpp": {"config", "teaching"},
    "prometheus": {"metrics"},
    "ctemplate": {"web"},
    "cmark-gfm": {"web"},
    "CLI/": {"cli"},
    "toml++": {"checks"},
}


def files(root, *folders, suffixes=(".cc", ".h")):
    for folder in folders:
        base = root / folder
        if base.is_dir():
            yield from sorted(path for path in base.rglob("*") if path.suffix in suffixes and path.is_file())


def room_of(path, root):
    parts = path.relative_to(root).parts
    return parts[1] if parts[0] in ("lib", "services") and len(parts) > 2 else None


def allowed_rooms(root):
    """docs/layers.md's table: room -> (layer, rooms it may include; None for any)."""
    table = {}
    for line in (root / "docs/layers.md").read_text().splitlines():
        row = [cell.strip() for cell in line.strip("|").split("|")]
        if len(row) == 3 and row[1].isdigit():
            table[row[0]] = (int(row[1]), None if row[2] == "any" else set(row[2].split()))
    return table


def check_layers(root):
    table = allowed_rooms(root)
    for path in files(root, "lib", "services"):
        room = room_of(path, root)
        if room not in table:
            yield f"{path.relative_to(root)}: the room '{room}' has no row in docs/layers.md"
            continue
        layer, may = table[room]
        for included in re.findall(r'#include "(?:lib|services)/([a-z_]+)/', path.read_text(errors="replace")):
            if included in (room, "base") or included not in table:
                continue
            if table[included][0] > layer:
                yield f"{path.relative_to(root)}: includes '{included}', which lies above it"
            elif may is not None and included not in may:
                yield f"{path.relative_to(root)}: includes '{included}', which its row in docs/layers.md does not list"
    for room, (layer, may) in table.items():
        for other in may or ():
            if other in table and table[other][0] > layer:
                yield f"docs/layers.md: '{room}' may not include '{other}', which lies above it"


def check_wrapped(root):
    for path in files(root, "lib", "services"):
        room = room_of(path, root)
        for included in re.findall(r"#include <([^>]+)>", path.read_text(errors="replace")):
            for prefix, rooms in WRAPPED.items():
                if included.startswith(prefix) and room not in rooms:
                    yield f"{path.relative_to(root)}: <{included}> belongs to {', '.join(sorted(rooms))} alone"


def check_length(root):
    for path in files(root, *SOURCES, suffixes=(".cc", ".h", ".py", ".sh")):
        lines = len(path.read_text(errors="replace").splitlines())
        if lines > MAX_LINES:
            yield f"{path.relative_to(root)}: {lines} lines; split it below {MAX_LINES}"


def check_migrations(root):
    for up in sorted((root / "sql/migrations").glob("*.up.sql")):
        if not up.with_name(up.name.replace(".up.", ".down.")).is_file():
            yield f"{up.relative_to(root)}: has no way down"


def check_queries(root):
    text = "\n".join(path.read_text(errors="replace") for path in files(root, *SOURCES))
    ours = "\n".join(path.read_text(errors="replace") for path in files(root, "lib", "services", "bench"))
    named = set(re.findall(r'query\(\s*"([a-z_]+/[a-z_0-9]+)"', ours))
    quoted = set(re.findall(r'"([a-z_]+/[a-z_0-9]+)"', text))
    folder = root / "sql/queries"
    existing = {path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.sql")}
    for name in sorted(named - existing):
        yield f"sql/queries/{name}.sql: is asked for and does not exist"
    for name in sorted(existing - quoted):
        yield f"sql/queries/{name}.sql: nothing asks for it"


def check_pages(root):
    pages = "\n".join(path.read_text() for path in (root / "docs").glob("*.md"))
    for room in sorted(path for path in (root / "lib").iterdir() if path.is_dir()):
        if not (root / "docs" / f"{room.name}.md").is_file() and f"lib/{room.name}" not in pages and f"| {room.name} |" not in pages:
            yield f"lib/{room.name}: no page of docs/ speaks of it"


def check_behaviours(root):
    folder = root / "lib/bot/behaviours"
    tests = "\n".join(path.read_text() for path in files(root, "tests/unit/bot"))
    listed = (root / "lib/bot/behaviours.cc").read_text() if (root / "lib/bot/behaviours.cc").is_file() else ""
    for behaviour in sorted(path for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else ():
        if f"behaviours/{behaviour.name}/" not in listed:
            yield f"{behaviour.relative_to(root)}: is not in the list of behaviours.cc"
        if behaviour.name not in tests:
            yield f"{behaviour.relative_to(root)}: has no test in tests/unit/bot"


def check_words(root):
    here = root / "tests/structure"
    for path in files(root, *SOURCES, suffixes=(".cc", ".h", ".py", ".sh", ".sql")):
        text = path.read_text(errors="replace")
        if here in path.parents:
            continue
        if path.is_relative_to(root / "tests") and re.search(r"sleep_for|\busleep\(|time\.sleep", text):
            yield f"{path.relative_to(root)}: sleeps; wait for a condition instead"
        if re.search(r"\b(TODO|FIXME|XXX)\b", text):
            yield f"{path.relative_to(root)}: holds an unfinished note"


def check_named_tests(root):
    """`Suite.Test` in a cell of a page's table of attacks is a test that exists; `.Test` has the suite before it."""
    tests = set()
    for path in files(root, "tests", suffixes=(".cc",)):
        tests.update(".".join(pair) for pair in re.findall(r"^TEST(?:_F|_P)?\((\w+), (\w+)\)", path.read_text(errors="replace"), re.M))
    for page in ("docs/attacks.md", "docs/threat-model.md"):
        if not (root / page).exists():
            continue
        suite = ""
        for named_suite, test in re.findall(r"`([A-Z]\w+)?\.([A-Z]\w+)`", (root / page).read_text()):
            suite = named_suite or suite
            if f"{suite}.{test}" not in tests:
                yield f"{page}: names the test {suite}.{test}, which does not exist"


CHECKS = [check_named_tests, check_layers, check_wrapped, check_length, check_migrations, check_queries, check_pages, check_behaviours, check_words]


def violations(root):
    return [line for check in CHECKS for line in check(root)]


if __name__ == "__main__":
    found = violations(Path(sys.argv[1]))
    print("\n".join(found) or "The tree is as its pages say.")
    sys.exit(1 if found else 0)
