// What a server says to a nonce, for tests that put one in the place of `fetch`.

import { serverProof } from "../../extension/background/trust.js";

export const SECRET = "ab".repeat(32);
export const INSTALL = "cd".repeat(16);
export const NONCE = "1f.22.33";

/** A server that has the secret; one that has another secret proves something else. */
export const greeting =
  (secret = SECRET) =>
  async (address, options) => {
    const { nonce } = JSON.parse(options.body);
    const proof = await serverProof(secret, new URL(address).origin, nonce, NONCE);
    return Response.json({ schema: "onrecord/1", nonce: NONCE, proofs: ["00".repeat(32), proof] });
  };
