"""What every builder of an environment begins and ends with. Runs in the provision sandbox, isolated (-I).

A builder finds its words in /greenroom/plan.json:
  provider, lock   as in EnvironmentPlan
  sources          paths of the sources, which lie in /work (read-only)
  tools            name -> words of a command: {"uv": ["/opt/greenroom-tools/bin/uv"]}
  python           the interpreter to build for: "/usr/bin/python3"
  index            the operator's package index; "" when none is to be used
  allow_builds     whether packages without a wheel may be built

It makes the tree at ENVIRONMENT, the one place but /tmp that it may write to, and ends with finish(), or with fail()
and a sentence. The way out is PROXY: whatever is not the operator's index is refused there. The environment variables
of that way (HTTP_PROXY, SSL_CERT_FILE, ...) are set by start(); large temporary files go to TMPDIR, beside the tree.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import threading

ENVIRONMENT = "/opt/greenroom-env"
TEMPORARY = ENVIRONMENT + "/.tmp"
EGRESS = "/opt/greenroom-egress"
CERTIFICATES = "/greenroom/ca.pem"
PORT = 3128
PROXY = f"http://127.0.0.1:{PORT}"
MARK = "greenroom: "  # begins a line that is for explain()


def start():
    """The plan, with the way out open."""
    with open("/greenroom/plan.json", encoding="utf-8") as file:
        plan = json.load(file)
    os.makedirs(TEMPORARY, exist_ok=True)
    os.environ["TMPDIR"] = TEMPORARY
    if os.path.exists(EGRESS):
        _open_way_out()
    return plan


def run(argv, may_fail=False, **more):
    """Runs a command whose output is the log. Ends the build when it fails, unless it may."""
    print("$ " + " ".join(argv), flush=True)
    code = subprocess.run(argv, stdin=subprocess.DEVNULL, stderr=subprocess.STDOUT, check=False, **more).returncode
    if code != 0 and not may_fail:
        fail(f"{os.path.basename(argv[0])} stopped with code {code}")
    return code == 0


def fail(sentence):
    print(MARK + sentence, flush=True)
    sys.exit(1)


def finish(python, packages, variables):
    """Leaves the report. `packages` are (name, version), `variables` (name, value) for jobs."""
    shutil.rmtree(TEMPORARY, ignore_errors=True)
    with open("/tmp/out/environment.json", "w", encoding="utf-8") as file:
        json.dump({"python": python, "packages": sorted(packages), "variables": variables}, file)


def _open_way_out():
    listener = socket.create_server(("127.0.0.1", PORT), backlog=32)
    threading.Thread(target=_accept, args=(listener,), daemon=True).start()
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        os.environ[name] = os.environ[name.lower()] = PROXY
    for name in ("SSL_CERT_FILE", "PIP_CERT", "REQUESTS_CA_BUNDLE"):
        os.environ[name] = CERTIFICATES


def _accept(listener):
    while True:
        here, _ = listener.accept()
        there = socket.socket(socket.AF_UNIX)
        try:
            there.connect(EGRESS)
        except OSError:
            here.close()
            continue
        for source, target in ((here, there), (there, here)):
            threading.Thread(target=_copy, args=(source, target), daemon=True).start()


def _copy(source, target):
    try:
        while piece := source.recv(65536):
            target.sendall(piece)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
