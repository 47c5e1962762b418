"""Greenroom's own rules. Prints one rdjsonl diagnostic a line; a file that does not parse is searched line by line."""

import ast
import json
import re
import sys
import warnings

PYTHON_2 = [
    (re.compile(r"^\s*print\s+[^\s(=.,)\[+\-*/|&<>:]"), "print is a function in Python 3"),
    (re.compile(r"^\s*print\s*$"), "print is a function in Python 3"),
    (re.compile(r"^\s*except\s+[\w.()\s,]+,\s*\w+\s*:"), "Python 3 writes 'except Error as name'"),
    (re.compile(r"^\s*raise\s+[\w.]+\s*,"), "Python 3 writes 'raise Error(message)'"),
    (re.compile(r"^\s*exec\s+[\"'\w]"), "exec is a function in Python 3"),
    (re.compile(r"<>"), "Python 3 writes '!=' for not equal"),
    (re.compile(r"\b0[0-7]+\b(?!\.)"), "Python 3 writes octal numbers as 0o17"),
    (re.compile(r"\bur[\"']"), "Python 3 has no ur'' strings"),
]


def report(path, code, line, column, message):
    place = {"path": path, "range": {"start": {"line": line, "column": column}}}
    print(json.dumps({"message": message, "location": place, "severity": "WARNING", "code": {"value": code}}))


def dotted(node):
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if isinstance(node, ast.Name):
        parts.append(node.id)
    return ".".join(reversed(parts))


def look_at_tree(path, tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = dotted(node.func)
            if name in ("reload", "importlib.reload", "imp.reload"):
                report(path, "GR001", node.lineno, node.col_offset + 1, "a module is loaded again while the program runs")
            if name in ("sys.path.append", "sys.path.insert", "sys.path.extend"):
                report(path, "GR005", node.lineno, node.col_offset + 1, "the search path of imports is changed by hand")
            if name.endswith(".has_key"):
                report(path, "GR006", node.lineno, node.col_offset + 1, "Python 3 writes 'key in dictionary'")
        if isinstance(node, (ast.Assign, ast.AugAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(dotted(target) == "sys.path" for target in targets):
                report(path, "GR005", node.lineno, node.col_offset + 1, "the search path of imports is changed by hand")


def look_at_lines(path, text):
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("#"):
            continue
        for pattern, message in PYTHON_2:
            found = pattern.search(line)
            if found:
                report(path, "GR006", number, len(line[: found.start()].encode()) + 1, message)
                break


def look_at(path):
    try:
        with open(path, "rb") as file:
            text = file.read(2_000_000).decode("utf-8", "replace")
    except OSError:
        return
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        look_at_lines(path, text)
        return
    except (RecursionError, MemoryError):
        return
    look_at_tree(path, tree)


def main():
    warnings.simplefilter("ignore")
    for path in sys.argv[1:]:
        look_at(path)


main()
