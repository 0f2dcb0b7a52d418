"""Run as a script: ties this process to its supervisor's life, becomes the servers' account, then the program itself.

    python -I -S launch.py PARENT_PID DEATH_SIGNAL USER GROUP PROGRAM ARGUMENT...

USER and GROUP of -1 keep the caller's. A separate program rather than code between fork and exec, because the
supervisor has threads, and because it works alike under every event loop. It imports the standard library alone:
root's virtual environment may be closed to everybody else, but is left behind only after the program was found.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    """Replace this process by the program, so that its number stays the one the supervisor knows."""
    parent, death_signal, user, group = (int(argument) for argument in sys.argv[1:5])
    program = sys.argv[5:]
    os.umask(0o077)
    if user >= 0:
        os.setgroups([])
        os.setgid(group)
        os.setuid(user)
    if sys.platform == "linux":
        # After the change of user, which clears it. The kernel watches the thread that forked: the event loop's.
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0)
    if os.getppid() != parent:
        # The supervisor died before the line above: no signal will come.
        signal.raise_signal(signal.SIGKILL)
    os.execv(program[0], program)  # noqa: S606 - the program and its arguments come from the supervisor


if __name__ == "__main__":
    main()
