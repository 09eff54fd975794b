// How a body leaves the extension, whichever server it goes to: without cookies, a cache, a way elsewhere or a trace of
// the page.

/**
 * @param {string} uri @param {Uint8Array<ArrayBuffer>} body JSON @param {Record<string, string>} headers besides its type
 * @param {AbortSignal} [signal]
 */
export const sent = (uri, body, headers, signal) =>
  fetch(uri, {
    method: "POST",
    ...(signal ? { signal } : {}),
    credentials: "omit",
    cache: "no-store",
    redirect: "error",
    referrerPolicy: "no-referrer",
    headers: { "Content-Type": "application/json", ...headers },
    body,
  });
