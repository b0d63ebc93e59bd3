"""Signing at the terminal with OpenSSH: a key in a file, or one that an agent or a smart card holds."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from ledger.signing.allowed_signers import AllowedSigners
from ledger.signing.ssh_signature import NAMESPACE
from model.errors import MissingProgram, UsageError

AGENT = "agent"
"""Stands for the key that the SSH agent has."""

_SECONDS = 120.0  # somebody may have to find their passphrase, or touch their key


class SshPen:
    """Signs with `ssh-keygen -Y sign`. It asks for a passphrase itself, at the terminal."""

    def __init__(self, key: Path, namespace: str = NAMESPACE) -> None:
        self._key = key
        self._namespace = namespace

    def sign(self, message: bytes) -> str:
        """The signature of a message.

        Raises:
            MissingProgram: OpenSSH is not installed.
            UsageError: it cannot sign with this key.
        """
        return _run("ssh-keygen", "-Y", "sign", "-n", self._namespace, "-f", str(self._key), given=message)


class AgentPen:
    """Signs with the key of an account that the SSH agent has."""

    def __init__(self, account: str, signers: AllowedSigners) -> None:
        self._account = account
        self._signers = signers

    def sign(self, message: bytes) -> str:
        """The signature of a message; raises as `SshPen.sign` does, and where the agent has no key of the account."""
        held = {tuple(line.split()[:2]) for line in _run("ssh-add", "-L").splitlines()}
        lines = (one.key.line for one in self._signers.of(self._account))
        key = next((line for line in lines if tuple(line.split()) in held), None)
        if key is None:
            raise UsageError(
                f"The SSH agent has no key of {self._account} that {self._signers.name} lists.",
                remedy="`ssh-add FILE` gives it one; `chamra user key list` shows the keys.",
            )
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "key.pub"
            path.write_text(f"{key}\n", encoding="ascii")
            return SshPen(path).sign(message)


def pen_of(key: str, account: str, signers: AllowedSigners) -> SshPen | AgentPen:
    """What signs with the key that is meant: a file's, or the agent's."""
    return AgentPen(account, signers) if key == AGENT else SshPen(Path(key))


def _run(*command: str, given: bytes = b"") -> str:
    try:
        done = subprocess.run(command, input=given, capture_output=True, timeout=_SECONDS, check=False)
    except FileNotFoundError as error:
        raise MissingProgram(
            f"{command[0]} is not installed.", remedy="Install OpenSSH: apt install openssh-client."
        ) from error
    except subprocess.TimeoutExpired as error:
        raise UsageError(f"{command[0]} did not answer.", remedy="Try again.") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise UsageError(f"{' '.join(command[:3])}: {said}", remedy="Check the key, or the agent.")
    return done.stdout.decode("ascii", "replace")
