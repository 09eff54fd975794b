"""Both ends make the same proofs of the same secret: these bytes, and those of the standards that they follow."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json

from onrecord import proofs
from server.bootstrap import ROOT

KNOWN = json.loads((ROOT / "tests" / "fixtures" / "proofs.json").read_text(encoding="utf-8"))
SECRET = bytes.fromhex(KNOWN["secret"])
NONCES = {"nonce": KNOWN["nonce"], "server_nonce": KNOWN["server_nonce"]}


def test_the_proofs_are_those_that_the_extension_makes() -> None:
    assert proofs.server_proof(SECRET, address=KNOWN["address"], **NONCES) == KNOWN["server_proof"]
    code = proofs.code_secret(KNOWN["code"], address=KNOWN["address"])
    assert code.hex() == KNOWN["code_secret"]
    assert proofs.paired_secret(code, address=KNOWN["address"], **NONCES).hex() == KNOWN["paired_secret"]
    request = {**KNOWN["request"], "body": KNOWN["request"]["body"].encode()}
    assert proofs.signed_headers(SECRET, nonce=KNOWN["server_nonce"], **request) == KNOWN["headers"]


def test_the_digest_is_the_example_of_rfc_9530() -> None:
    # appendix D of the RFC: a body of {"hello": "world"} and a line feed
    assert proofs.content_digest(b'{"hello": "world"}\n') == "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:"


def test_a_signature_is_made_over_the_base_of_rfc_9421() -> None:
    parameters = proofs.signature_parameters(key="k", nonce="n")
    made = proofs.signature(
        SECRET, method="POST", uri="http://127.0.0.1:1/x", digest="sha-256=:x:", parameters=parameters
    )
    base = (
        '"@method": POST\n"@target-uri": http://127.0.0.1:1/x\n"content-digest": sha-256=:x:\n'
        '"@signature-params": ("@method" "@target-uri" "content-digest");keyid="k";nonce="n";alg="hmac-sha256"'
    )
    assert made == hmac.new(SECRET, base.encode(), hashlib.sha256).digest()
    assert base64.b64decode(KNOWN["headers"]["Signature"].split(":")[1]) != made


def test_no_proof_can_pass_for_another() -> None:
    same = {"address": KNOWN["address"], **NONCES}
    made = {
        proofs.server_proof(SECRET, **same),
        proofs.paired_secret(SECRET, **same).hex(),
        proofs.server_proof(SECRET, address=same["address"], nonce=same["server_nonce"], server_nonce=same["nonce"]),
    }
    assert len(made) == 3
