/**
 * Remembers what was typed into the present view, so that a view that breaks while drawing can hand it back. Passwords
 * and secrets are never remembered, and all is forgotten when the view is left.
 */
import { usePlace } from '../host/navigation.ts';

export type Typed = { readonly label: string; readonly text: string };

const most = 20;
let fields = new Map<string, string>();

type Box = HTMLInputElement | HTMLTextAreaElement;

function isText(target: EventTarget | null): target is Box {
  if (target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && ['text', 'email', 'url', 'tel', 'number', 'time'].includes(target.type);
}

function labelOf(box: Box): string {
  return (
    box.labels?.[0]?.textContent?.replace(/\s*\*$/, '').trim() ||
    box.getAttribute('aria-label') ||
    box.placeholder ||
    '–'
  );
}

/** Starts to remember; returns how to stop. */
export function rememberTyping(): () => void {
  const onInput = (event: Event) => {
    const box = event.target;
    if (!isText(box) || box.closest('#view') === null) return;
    const label = labelOf(box);
    fields.delete(label);
    if (box.value !== '') fields.set(label, box.value);
    const [oldest] = fields.keys();
    if (fields.size > most && oldest !== undefined) fields.delete(oldest);
  };
  document.addEventListener('input', onInput, true);
  const forget = usePlace.subscribe((now, before) => {
    if (now.view !== before.view) fields = new Map();
  });
  return () => {
    document.removeEventListener('input', onInput, true);
    forget();
  };
}

/** What was typed into this view and not taken back, in the order of typing. */
export function typedSoFar(): readonly Typed[] {
  return [...fields].map(([label, text]) => ({ label, text }));
}
