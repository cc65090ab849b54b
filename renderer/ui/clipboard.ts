/**
 * Puts text into the clipboard. The desktop application refuses every permission to its page, and Chromium counts writing the
 * clipboard from a script as one (`clipboard-sanitized-write`); the older command needs only the click that led here.
 */

/** Call it from a click or a key. Rejects where neither way works. */
export async function writeClipboard(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch (error) {
    if (!copyByCommand(text)) throw error;
  }
}

/** What is selected and focused stays so: a listener puts the text in, whatever the selection is. */
function copyByCommand(text: string): boolean {
  let put = false;
  const listener = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
    event.stopImmediatePropagation();
    put = event.clipboardData !== null;
  };
  window.addEventListener('copy', listener, { capture: true });
  try {
    return document.execCommand('copy') && put;
  } finally {
    window.removeEventListener('copy', listener, { capture: true });
  }
}
