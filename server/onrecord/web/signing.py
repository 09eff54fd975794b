"""Signed requests: nonces that the server gives out for one use, and the check of what was signed with them."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import secrets
import time
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import Message, Receive

from onrecord import proofs
from onrecord.errors import NotPaired

LIFETIME = 60  # seconds in which a nonce can be used
# Ends of nonces that were used are forgotten when there are more than this; only who has a key can use one.
MOST_SPENT = 10_000

_INPUT = re.compile(
    r'onrecord=(?P<parameters>\("@method" "@target-uri" "content-digest"\)'
    r';keyid="(?P<key>[0-9a-z]{1,64})";nonce="(?P<nonce>[0-9a-z.]{1,200})";alg="hmac-sha256")'
)
_SIGNATURE = re.compile(r"onrecord=:([A-Za-z0-9+/=]{44}):")
_DIGEST = re.compile(r"sha-256=:([A-Za-z0-9+/=]{44}):")


class Nonces:
    """Nonces that prove themselves: however many are asked for, none has to be remembered until it is used."""

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(proofs.SECRET_BYTES)
        self._spent: dict[str, float] = {}

    def issue(self) -> str:
        """A nonce for one request within ``LIFETIME``."""
        body = f"{int(time.monotonic() * 1000) + LIFETIME * 1000:x}.{secrets.token_hex(16)}"
        return f"{body}.{self._mark(body)}"

    def spend(self, nonce: str) -> bool:
        """Use a nonce up; False if it is not ours, too old, or used already."""
        body, _, mark = nonce.rpartition(".")
        if not hmac.compare_digest(mark, self._mark(body)):
            return False
        ends, now = int(body.partition(".")[0], 16) / 1000, time.monotonic()
        if ends < now or nonce in self._spent:
            return False
        if len(self._spent) >= MOST_SPENT:
            self._spent = {spent: end for spent, end in self._spent.items() if end >= now}
        self._spent[nonce] = ends
        return True

    def _mark(self, body: str) -> str:
        return hmac.digest(self._secret, body.encode(), "sha256").hex()


@dataclass(frozen=True, slots=True)
class Signed:
    """What a request says of its signature."""

    key: str
    nonce: str
    parameters: str
    digest: str
    made: bytes

    @classmethod
    def read(cls, headers: Headers) -> Signed | None:
        """The signature of a request; None if it has none, two, or one of another kind than ours."""
        values = [headers.getlist(name) for name in ("signature-input", "signature", "content-digest")]
        if any(len(found) != 1 for found in values):
            return None
        (told,), (made,), (digest,) = values
        found, signature = _INPUT.fullmatch(told), _SIGNATURE.fullmatch(made)
        if found is None or signature is None or _DIGEST.fullmatch(digest) is None:
            return None
        try:
            raw = base64.b64decode(signature[1], validate=True)
        except binascii.Error:
            return None
        return cls(found["key"], found["nonce"], found["parameters"], digest, raw)

    def fits(self, secret: bytes, *, method: str, uri: str) -> bool:
        """Whether the signature was made with ``secret`` for this method and whole address."""
        right = proofs.signature(secret, method=method, uri=uri, digest=self.digest, parameters=self.parameters)
        return hmac.compare_digest(right, self.made)


def checked(receive: Receive, digest: str) -> Receive:
    """``receive`` for a body that must have the digest which was signed; raises ``NotPaired`` at its end if not."""
    seen = hashlib.sha256()

    async def received() -> Message:
        message = await receive()
        if message["type"] == "http.request":
            seen.update(message.get("body", b""))
            if not message.get("more_body"):
                found = f"sha-256=:{base64.b64encode(seen.digest()).decode()}:"
                if not hmac.compare_digest(found, digest):
                    raise NotPaired("The body is not the one that was signed.")
        return message

    return received
