"""Greenroom's own rules for pipeline code, printed as rdjsonl. A file that does not parse is searched by its tokens.

Paths after "--new=" are files that the change brings to a place from which Python imports; then the files to read follow.
"""

import ast
import io
import json
import sys
import tokenize
import warnings

MAX_BYTES = 2_000_000

PATH_CHANGES = {"append", "insert", "extend", "remove", "pop", "clear"}
RELOADERS = {("importlib", "reload"), ("imp", "reload"), ("", "reload")}
OLD_METHODS = {"has_key": "in", "iteritems": "items()", "itervalues": "values()", "iterkeys": "keys()"}
OLD_NAMES = {"xrange": "range", "raw_input": "input", "unicode": "str", "basestring": "str", "execfile": "exec"}

RELOAD = "reload() leaves old objects behind: whoever imported a name before keeps the old one"
SYS_PATH = "sys.path is changed for the whole process; import from an installed package instead"
OLD_METHOD = "Python 3 has no .{old}(); use {new}"
OLD_NAME = "Python 3 has no {old}; use {new}"
OLD_STATEMENT = "Python 2 syntax: {what}"
SHADOW = "{name} stands before {whose} module '{module}': whoever imports that gets this file"

# `test` is Python's own test suite, which no program imports; a project's tests may well be called so.
STANDARD = sys.stdlib_module_names - {"test"}
NEEDED_BY_MYPY = {"mypy_extensions", "typing_extensions"}


def report(path, code, message, start=None, end=None):
    """Prints one finding. Positions are (line, 1-based column in UTF-8 bytes); without any it is about the file."""
    location = {"path": path}
    if start is not None:
        location["range"] = {"start": {"line": start[0], "column": start[1]}}
    if end is not None:
        location["range"]["end"] = {"line": end[0], "column": end[1]}
    finding = {
        "message": message,
        "location": location,
        "severity": "WARNING",
        "source": {"name": "greenroom"},
        "code": {"value": code},
    }
    print(json.dumps(finding))


def dotted(node):
    """The name of `a.b` or `a` as (left, right); None for anything else."""
    if isinstance(node, ast.Name):
        return ("", node.id)
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return (node.value.id, node.attr)
    return None


def is_sys_path(node):
    if isinstance(node, (ast.Subscript, ast.Starred)):
        return is_sys_path(node.value)
    return dotted(node) == ("sys", "path")


class Rules(ast.NodeVisitor):
    """The rules over one file's syntax tree."""

    def __init__(self, path, tree):
        self.path = path
        self.defined = names_bound_in(tree)

    def say(self, node, code, message):
        end = (node.end_lineno, node.end_col_offset + 1)
        report(self.path, code, message, (node.lineno, node.col_offset + 1), end)

    def visit_Call(self, node):
        function = node.func
        name = dotted(function)
        if name in RELOADERS and not (name[0] == "" and self.is_own_reload()):
            self.say(node, "GR001", RELOAD)
        if name == ("site", "addsitedir") or self.changes_sys_path(function):
            self.say(node, "GR005", SYS_PATH)
        if isinstance(function, ast.Attribute) and function.attr in OLD_METHODS and function.attr not in self.defined:
            self.say(node, "GR006", OLD_METHOD.format(old=function.attr, new=OLD_METHODS[function.attr]))
        self.generic_visit(node)

    def is_own_reload(self):
        return "reload" in self.defined and "from importlib import reload" not in self.defined

    @staticmethod
    def changes_sys_path(function):
        return isinstance(function, ast.Attribute) and function.attr in PATH_CHANGES and is_sys_path(function.value)

    def visit_Name(self, node):
        if isinstance(node.ctx, ast.Load) and node.id in OLD_NAMES and node.id not in self.defined:
            self.say(node, "GR006", OLD_NAME.format(old=node.id, new=OLD_NAMES[node.id]))

    def visit_Assign(self, node):
        if any(is_sys_path(target) for target in node.targets):
            self.say(node, "GR005", SYS_PATH)
        self.generic_visit(node)

    def visit_AugAssign(self, node):
        if is_sys_path(node.target):
            self.say(node, "GR005", SYS_PATH)
        self.generic_visit(node)


def names_bound_in(tree):
    """Every name that the file itself defines, so that a project's own `unicode` or `reload` is left alone."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                names.add(alias.asname or alias.name)
                if node.module in ("importlib", "imp") and (alias.asname or alias.name) == "reload":
                    names.add("from importlib import reload")
    return names


def tokens_of(text):
    """Tokens up to the first place that cannot be read; that is as far as anyone gets."""
    tokens = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            tokens.append(token)
    except (tokenize.TokenError, SyntaxError, IndentationError):
        pass
    return tokens


def logical_lines(tokens):
    line = []
    for token in tokens:
        if token.type in (tokenize.NEWLINE, tokenize.ENDMARKER):
            if line:
                yield line
            line = []
        elif token.type not in (tokenize.NL, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT):
            line.append(token)
    if line:
        yield line


def old_statement(words):
    """What is Python 2 about one logical line; None when nothing is."""
    first = words[0].string
    second = words[1] if len(words) > 1 else None
    if first == "print" and len(words) == 1:
        return "print is a function now: print()"
    if first == "print" and (second.type in (tokenize.STRING, tokenize.NAME, tokenize.NUMBER) or second.string == ">>"):
        return "print is a function now: print(...)"
    if first == "exec" and second is not None and second.type in (tokenize.STRING, tokenize.NAME):
        return "exec is a function now: exec(...)"
    if first == "except" and top_level_comma(words[1:]):
        return "write 'except Error as name:'"
    if first == "raise" and top_level_comma(words[1:]):
        return "write 'raise Error(message)'"
    return old_pair(words)


def old_pair(words):
    """Two tokens that touch each other, which were one in Python 2."""
    for left, right in zip(words, words[1:]):
        if left.end != right.start:
            continue
        if left.string == "<" and right.string == ">":
            return "write '!=' for '<>'"
        if left.type == right.type == tokenize.NUMBER and left.string.strip("0") == "":
            return "write octal numbers as 0o17"
        if left.string in ("ur", "UR", "Ur", "uR") and right.type == tokenize.STRING:
            return "there are no ur'' strings"
    return None


def top_level_comma(words):
    depth = 0
    for word in words:
        if word.string in ("(", "[", "{"):
            depth += 1
        elif word.string in (")", "]", "}"):
            depth -= 1
        elif word.string == "," and depth == 0:
            return True
        elif word.string == ":" and depth == 0:
            return False
    return False


def byte_column(token):
    return len(token.line[: token.start[1]].encode("utf-8", "replace")) + 1


def search_tokens(path, text):
    for words in logical_lines(tokens_of(text)):
        what = old_statement(words)
        if what is not None:
            start = (words[0].start[0], byte_column(words[0]))
            report(path, "GR006", OLD_STATEMENT.format(what=what), start)


def read(path):
    with open(path, "rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ValueError("larger than 2 MB")
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        return data.decode(encoding)
    except (SyntaxError, UnicodeDecodeError, LookupError):
        return data.decode("utf-8", "replace")


def check_name(path):
    """A new file or package at the root of the imports, by the module that it would be."""
    folders, _, file = path.rpartition("/")
    stem = file.rpartition(".")[0]
    package = stem == "__init__"
    module = folders.rpartition("/")[2] if package else stem
    name = module + "/" if package else file
    if module in STANDARD:
        report(path, "GR019", SHADOW.format(name=name, whose="Python's own", module=module))
    elif module in NEEDED_BY_MYPY:
        report(path, "GR019", SHADOW.format(name=name, whose="mypy's", module=module))


def check(path):
    text = read(path)
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        search_tokens(path, text)
        return
    Rules(path, tree).visit(tree)


def main(words):
    warnings.simplefilter("ignore")  # the compiler's warnings about a file are other checks' part
    new = {word.removeprefix("--new=") for word in words if word.startswith("--new=")}
    for path in words:
        if path.startswith("--new="):
            continue
        if path in new:
            check_name(path)
        try:
            check(path)
        except (OSError, ValueError, RecursionError, MemoryError) as error:
            print(f"greenroom: {path} was left out: {type(error).__name__}: {error}", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
