"""Why pip took no file of a package. It says so in its log alone; of an index that is not well, too.

A builder sets PIP_LOG, for a pip that it does not start itself as well, and prints what is chosen here when pip fails.
explain_pip reads it.
"""

MAX_LINES = 40
MAX_CHARACTERS = 400  # beyond, a line is left in the middle: its end names the page that it is about
TELLING = ("Could not fetch URL ", "Skipping link: No sources permitted", "Skipping link: none of the wheel's tags")


def reasons(path):
    """The telling lines, without their time; the first of each kind and of each file. None for no log."""
    chosen = {}
    try:
        with open(path, encoding="utf-8", errors="replace") as log:
            for line in log:
                for words in TELLING:
                    start = line.find(words)
                    if start >= 0 and len(chosen) < MAX_LINES:
                        chosen[_short(line[start:].strip())] = None
    except FileNotFoundError:
        pass
    return list(chosen)


def _short(line):
    half = MAX_CHARACTERS // 2
    return line if len(line) <= MAX_CHARACTERS else line[:half] + " [...] " + line[-half:]
