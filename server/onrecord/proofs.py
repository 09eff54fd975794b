"""Who is at the other end, proved without a word that a stranger could use. Standard library only.

Extension and server share a secret of 32 bytes. The server proves that it has it before it is sent anything but a
nonce; then the request is signed with it, as HTTP Message Signatures are (RFC 9421, ``hmac-sha256``), over its method,
its whole address and the digest of its body (RFC 9530), under a nonce that the server gave out for one use.

Address and port are part of every proof: whoever holds another port cannot pass the server's proof on as its own.
``extension/background/trust.js`` is the other end; ``tests/fixtures/proofs.json`` holds both to the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re

SECRET_BYTES = 32
NONCE = re.compile(r"[0-9a-f]{64}")

# RFC 9421, section 2.5: what a signature of ours covers, always and in this order.
COVERED = '("@method" "@target-uri" "content-digest")'

# A code is 12 letters of 20, or 51.8 bits, and stretched by as many rounds as OWASP asks of PBKDF2-HMAC-SHA256
# (https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html): the server's proof is made of
# it and shown to whoever asks, so it must withstand being guessed at without the server.
ROUNDS = 600_000


def _mac(secret: bytes, *lines: str) -> bytes:
    return hmac.digest(secret, "\n".join(lines).encode(), "sha256")


def server_proof(secret: bytes, *, address: str, nonce: str, server_nonce: str) -> str:
    """The server's proof (hex) that it has ``secret`` and answers at ``address`` (``http://127.0.0.1:PORT``)."""
    return _mac(secret, "onrecord server", address, nonce, server_nonce).hex()


def content_digest(body: bytes) -> str:
    """The ``Content-Digest`` header of a body (RFC 9530)."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


def signature_parameters(*, key: str, nonce: str) -> str:
    """What ``Signature-Input`` says of our signature, without its label."""
    return f'{COVERED};keyid="{key}";nonce="{nonce}";alg="hmac-sha256"'


def signature(secret: bytes, *, method: str, uri: str, digest: str, parameters: str) -> bytes:
    """The signature of a request (RFC 9421, sections 2.5 and 3.3.3). ``uri`` is the whole address it is sent to."""
    return _mac(
        secret,
        f'"@method": {method}',
        f'"@target-uri": {uri}',
        f'"content-digest": {digest}',
        f'"@signature-params": {parameters}',
    )


def signed_headers(secret: bytes, *, key: str, nonce: str, method: str, uri: str, body: bytes) -> dict[str, str]:
    """The headers that sign a request; ``nonce`` is the one that the server gave for it."""
    digest, parameters = content_digest(body), signature_parameters(key=key, nonce=nonce)
    made = signature(secret, method=method, uri=uri, digest=digest, parameters=parameters)
    return {
        "Content-Digest": digest,
        "Signature-Input": f"onrecord={parameters}",
        "Signature": f"onrecord=:{base64.b64encode(made).decode()}:",
    }


def code_secret(code: str, *, address: str) -> bytes:
    """The secret that both ends make of a pairing code, which may be typed in any way; takes a fraction of a second."""
    letters = "".join(character for character in code.upper() if character.isalnum())
    return hashlib.pbkdf2_hmac("sha256", letters.encode(), f"onrecord code\n{address}".encode(), ROUNDS)


def paired_secret(secret: bytes, *, address: str, nonce: str, server_nonce: str) -> bytes:
    """The lasting secret that both ends make of the code's, under the nonces of the exchange; it is never sent."""
    return _mac(secret, "onrecord paired", address, nonce, server_nonce)
