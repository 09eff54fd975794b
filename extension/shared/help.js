// The one thing to do about a problem, as a button of the panel or the menu.

const { elements, problems } = globalThis.onrecord;

/**
 * @param {Problem} problem @param {(message: Message) => unknown} tellPage sends a message to the page's script
 * @returns {HTMLButtonElement}
 */
export function helpButton(problem, tellPage) {
  const { action, button: type } = problems.shown(problem);
  return elements.button(action, () => {
    if (type === "open-welcome" || type === "open-sample") void chrome.runtime.sendMessage({ type });
    else void tellPage({ type });
  });
}
