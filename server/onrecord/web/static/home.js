// The home page: makes a report of a pasted article, and says when the language model is loaded.

export {};

const form = /** @type {HTMLFormElement | null} */ (document.getElementById("paste"));
const problem = /** @type {HTMLElement} */ (document.getElementById("problem"));
const status = /** @type {HTMLElement} */ (document.getElementById("status"));
const button = /** @type {HTMLButtonElement} */ (form?.querySelector("button"));

history.replaceState(null, "", "/"); // the key in the address is used up

// How long to wait between two looks at a server that is still loading, in milliseconds.
const LOOK_AGAIN = 700;

/** @param {string} message */
function tell(message) {
  problem.textContent = message;
  problem.hidden = message === "";
}

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  tell("");
  const fields = new FormData(form);
  const text = String(fields.get("text") ?? "").trim();
  if (text === "") {
    tell("Paste an article first.");
    return;
  }
  const filled = (/** @type {string} */ name) => String(fields.get(name) ?? "").trim() || null;
  button.disabled = true;
  try {
    const answer = await fetch("/v1/reports", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({
        text,
        title: filled("title"),
        outlet: filled("outlet"),
        published: filled("published"),
      }),
    });
    const result = await answer.json();
    if (answer.ok) {
      location.assign(result.location);
    } else {
      tell(result.error.message);
    }
  } catch {
    tell("The server does not answer; start it again with python3 -m server, then reload this page.");
  } finally {
    button.disabled = false;
  }
});

async function look() {
  if (status.dataset.ready === "true") {
    return;
  }
  try {
    const health = await (await fetch("/v1/health")).json();
    if (health.ready) {
      status.dataset.ready = "true";
      status.textContent = "The server is running.";
      return;
    }
  } catch {
    status.textContent = "The server does not answer.";
  }
  setTimeout(look, LOOK_AGAIN);
}

look();
