"""Runs a command in a pseudoterminal: reads {argv, columns, steps: [[wait for, type]]} from stdin, writes {output, code}."""

import fcntl
import json
import os
import pty
import select
import signal
import struct
import sys
import termios
import time

LIMIT_S = 60

order = json.load(sys.stdin)
pid, terminal = pty.fork()
if pid == 0:
    # Before the command looks: a terminal has a width from the start.
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, order["columns"], 0, 0))
    os.execvp(order["argv"][0], order["argv"])

output = b""
end = time.monotonic() + LIMIT_S
is_open = True


def read_some():
    global output, is_open
    ready, _, _ = select.select([terminal], [], [], 0.1)
    if not ready:
        return
    try:
        some = os.read(terminal, 65536)
    except OSError:
        some = b""
    output += some
    is_open = some != b""


at = 0
for awaited, typed in order["steps"]:
    while is_open and awaited.encode() not in output[at:] and time.monotonic() < end:
        read_some()
    at = len(output)
    if is_open:
        os.write(terminal, typed.encode())
while is_open and time.monotonic() < end:
    read_some()
if is_open:
    os.kill(pid, signal.SIGKILL)
_, status = os.waitpid(pid, 0)
json.dump({"output": output.decode(errors="replace"), "code": os.waitstatus_to_exitcode(status)}, sys.stdout)
