/** A failure with the server's own stable code, or one of ours. */
export class ServerError extends Error {
  /** @param {string} code @param {string} message */
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/** What a server says when it refuses. @param {Response} answer @returns {Promise<ServerError>} */
export async function refusal(answer) {
  try {
    const { error } = await answer.json();
    if (typeof error?.code === "string") return new ServerError(error.code, String(error.message ?? ""));
  } catch {
    // not our error shape
  }
  return new ServerError("unexpected", `status ${answer.status}`);
}
