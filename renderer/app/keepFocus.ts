/**
 * A control that has the focus may go away or be switched off by what it did: a button that becomes a progress bar, a row
 * that is removed. The focus then falls back to the page, where a person at the keyboard cannot see it. Here it goes to
 * what stood around the control, so that Tab goes on from there. Dialogs and menus give the focus back themselves and
 * have time to do so; a focus that somebody left on purpose is not brought back.
 */
const patienceMs = 150;

type Held = { readonly control: Element; readonly around: readonly Element[] };

function isGone({ control }: Held): boolean {
  return !control.isConnected || control.matches(':disabled');
}

function isOnPage(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}

function around(element: Element): readonly Element[] {
  const found: Element[] = [];
  for (let one = element.parentElement; one !== null && one !== document.body; one = one.parentElement) found.push(one);
  return found;
}

/** A box that was not made for the focus takes it for as long as it stays there. */
function lend(box: HTMLElement): void {
  if (!box.hasAttribute('tabindex')) {
    box.tabIndex = -1;
    box.dataset.lent = '';
    const giveBack = () => {
      box.removeAttribute('tabindex');
      delete box.dataset.lent;
    };
    box.addEventListener('blur', giveBack, { once: true });
  }
  box.focus({ preventScroll: true });
}

/** Watches the whole window until the returned function is called. */
export function keepFocus(): () => void {
  let held: Held | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const look = () => {
    timer = null;
    if (held === null || !isOnPage() || !isGone(held)) return;
    const main = document.getElementById('view');
    const box = held.around.find((one) => one.isConnected && main?.contains(one)) ?? main;
    held = null;
    if (box instanceof HTMLElement) lend(box);
  };
  const onIn = ({ target }: FocusEvent) => {
    held = target instanceof Element ? { control: target, around: around(target) } : null;
  };
  const onOut = () => {
    // Whatever takes a control away does so before or while it loses the focus.
    queueMicrotask(() => {
      if (held !== null && isOnPage() && !isGone(held)) held = null;
    });
  };
  const watcher = new MutationObserver(() => {
    if (timer === null && held !== null && isOnPage() && isGone(held)) timer = setTimeout(look, patienceMs);
  });
  document.addEventListener('focusin', onIn);
  document.addEventListener('focusout', onOut);
  watcher.observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] });
  return () => {
    document.removeEventListener('focusin', onIn);
    document.removeEventListener('focusout', onOut);
    watcher.disconnect();
    if (timer !== null) clearTimeout(timer);
  };
}
