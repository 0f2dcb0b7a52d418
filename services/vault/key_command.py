"""A key management that is reached by a command: a provider's own program, or a script around one or an HTTP call.

The command is run with `wrap` or `unwrap` as its last argument. It reads base64 on standard input, writes base64 on
standard output, and ends with 0. Nothing else of what it writes is read, kept or logged: it may hold secrets.
"""

from __future__ import annotations

import asyncio
import os
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Sequence

from services.vault.key_management import KeyManagementFailed

PATIENCE_SECONDS = 30.0
LARGEST = 65_536


class KeyCommand:
    """See `KeyManagement`. `argv` is the program with its arguments; no shell reads it."""

    def __init__(self, argv: Sequence[str]) -> None:
        self._argv = tuple(argv)

    async def wrap(self, key: bytes) -> bytes:
        return await self._run("wrap", key)

    async def unwrap(self, wrapped: bytes) -> bytes:
        return await self._run("unwrap", wrapped)

    async def _run(self, verb: str, value: bytes) -> bytes:
        program = self._argv[0]
        # Its own settings and credentials are its; our passwords and keys are not.
        environment = {name: text for name, text in os.environ.items() if not name.startswith("SOHO_")}
        try:
            process = await asyncio.create_subprocess_exec(
                *self._argv,
                verb,
                env=environment,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
            )
        except OSError as failure:
            raise KeyManagementFailed(f"{program} cannot be run: {failure.strerror}") from None
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                answer, _ = await process.communicate(b64encode(value) + b"\n")
        except TimeoutError:
            raise KeyManagementFailed(f"{program} {verb} did not answer within {PATIENCE_SECONDS:.0f} s") from None
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode != 0:
            raise KeyManagementFailed(f"{program} {verb} ended with {process.returncode}")
        try:
            found = b64decode(answer.strip(), validate=True)
        except NotBase64:
            found = b""
        if not 0 < len(found) <= LARGEST:
            raise KeyManagementFailed(f"{program} {verb} did not answer with base64")
        return found
