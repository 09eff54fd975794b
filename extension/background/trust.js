// Who is at the other end: the server proves itself before it is sent anything but a nonce, and every request is signed
// with the shared secret, which is never sent. `server/onrecord/proofs.py` is the other end and says why it is so.

const encoder = new TextEncoder();
const ROUNDS = 600_000;
const NONCE_BYTES = 32;
const INSTALL_BYTES = 16;
const COVERED = '("@method" "@target-uri" "content-digest")';
// How long whatever listens may take to prove itself, in milliseconds, and how much it may say meanwhile.
const PATIENCE = 5000;
const LARGEST = 64_000;

/** @param {Uint8Array} bytes */
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
/** @param {string} text @returns {Uint8Array<ArrayBuffer>} */
const unhex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
/** @param {Uint8Array} bytes */
const base64 = (bytes) => btoa(String.fromCharCode(...bytes));
/** @param {number} count */
const random = (count) => hex(crypto.getRandomValues(new Uint8Array(count)));

export const newInstall = () => random(INSTALL_BYTES);
export const newNonce = () => random(NONCE_BYTES);

/** @param {string} secret in hexadecimal digits @param {string[]} lines */
async function mac(secret, ...lines) {
  const key = await crypto.subtle.importKey("raw", unhex(secret), { name: "HMAC", hash: "SHA-256" }, false, [
    "sign",
  ]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, encoder.encode(lines.join("\n"))));
}

/** @param {string} secret @param {string} address @param {string} nonce @param {string} serverNonce */
export const serverProof = async (secret, address, nonce, serverNonce) =>
  hex(await mac(secret, "onrecord server", address, nonce, serverNonce));

/** The secret of a pairing code, which may be typed in any way. @param {string} code @param {string} address */
export async function codeSecret(code, address) {
  const letters = code.toUpperCase().replace(/[^\p{L}\p{N}]/gu, "");
  const key = await crypto.subtle.importKey("raw", encoder.encode(letters), "PBKDF2", false, ["deriveBits"]);
  const salt = encoder.encode(`onrecord code\n${address}`);
  const bits = await crypto.subtle.deriveBits(
    { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS },
    key,
    256,
  );
  return hex(new Uint8Array(bits));
}

/** The lasting secret that both ends make of a code's. @param {string} secret @param {string} address @param {string} nonce @param {string} serverNonce */
export const pairedSecret = async (secret, address, nonce, serverNonce) =>
  hex(await mac(secret, "onrecord paired", address, nonce, serverNonce));

/**
 * The headers that sign a request (RFC 9421). @param {string} secret @param {string} id of the key
 * @param {string} nonce the server's @param {string} method @param {string} uri @param {Uint8Array<ArrayBuffer>} body
 */
export async function signature(secret, id, nonce, method, uri, body) {
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  const digest = `sha-256=:${base64(sum)}:`;
  const parameters = `${COVERED};keyid="${id}";nonce="${nonce}";alg="hmac-sha256"`;
  const made = await mac(
    secret,
    `"@method": ${method}`,
    `"@target-uri": ${uri}`,
    `"content-digest": ${digest}`,
    `"@signature-params": ${parameters}`,
  );
  return {
    "Content-Digest": digest,
    "Signature-Input": `onrecord=${parameters}`,
    Signature: `onrecord=:${base64(made)}:`,
  };
}

/** The first bytes of an answer as text; a stranger may send without an end. @param {Response} answer */
async function beginning(answer) {
  const reader = answer.body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  while (reader && text.length < LARGEST) {
    const { done, value } = await reader.read();
    text += decoder.decode(value, { stream: !done });
    if (done) return text;
  }
  await reader?.cancel();
  return "";
}

/**
 * Ask whatever listens for proof that it knows the secret. It is sent a nonce, and nothing else. @param {string} address
 * @param {string} secret @param {AbortSignal} [signal]
 * @returns {Promise<{nonce: string} | "silent" | "stranger">} the server's nonce for one request; or that nobody listens, or somebody else
 */
export async function greet(address, secret, signal) {
  const nonce = newNonce();
  const late = AbortSignal.timeout(PATIENCE);
  let answer;
  try {
    answer = await fetch(`${address}/v1/hello`, {
      method: "POST",
      signal: signal ? AbortSignal.any([signal, late]) : late,
      credentials: "omit",
      cache: "no-store",
      redirect: "error",
      referrerPolicy: "no-referrer",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ nonce }),
    });
  } catch {
    signal?.throwIfAborted();
    return late.aborted ? "stranger" : "silent";
  }
  try {
    const told = JSON.parse(await beginning(answer));
    const right = await serverProof(secret, address, nonce, String(told.nonce));
    if (answer.ok && Array.isArray(told.proofs) && told.proofs.includes(right))
      return { nonce: String(told.nonce) };
  } catch {
    signal?.throwIfAborted();
  }
  return "stranger";
}
