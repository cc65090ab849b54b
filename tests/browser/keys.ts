/**
 * A person at the keyboard: everything here goes through `page.keyboard`, and every stop of the focus is looked at, so
 * that a focus nobody can see, or one that fell back to the page, fails the test that met it.
 */
import type { Page } from '@playwright/test';

type Stop = {
  /** What a screen reader would call it, near enough. */
  readonly name: string;
  readonly tag: string;
  /** Why a person could not see where they are; null when they can. */
  readonly blind: string | null;
};

/**
 * As a text, since these files are checked without the names of a browser. A ring is an outline, a shadow, or the line
 * that Fluent draws around or under a control with `::after`, a link's double underline, or the frame of
 * a bar of a histogram; hidden inputs of check boxes have theirs on a parent.
 * Of a date the browser focuses a part, of which the page knows nothing.
 */
const lookAtFocus = `(() => {
  const at = document.activeElement;
  if (at === null || at === document.body) return { name: '', tag: 'body', blind: 'the focus is on the page' };
  for (const move of document.getAnimations()) if (move instanceof CSSTransition) move.finish();
  const seen = (style) =>
    (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1 && style.outlineColor !== 'rgba(0, 0, 0, 0)') ||
    style.boxShadow !== 'none' || (style.textDecorationLine === 'underline' && style.textDecorationStyle === 'double');
  const line = (style) =>
    style.content !== 'none' && style.content !== 'normal' && !style.transform.startsWith('matrix(0') &&
    (seen(style) || style.backgroundImage !== 'none' || ['Top', 'Bottom'].some((side) => style['border' + side + 'Style'] !== 'none' && parseFloat(style['border' + side + 'Width']) >= 1));
  const frame = at.querySelector(':scope > [data-frame]');
  let ring = frame !== null && getComputedStyle(frame).stroke !== 'none' && parseFloat(getComputedStyle(frame).strokeWidth) >= 1;
  for (let one = at, up = 0; one !== null && up < 4 && !ring; one = one.parentElement, up += 1) {
    ring = (up === 0 && seen(getComputedStyle(one))) || line(getComputedStyle(one, '::after'));
    if (up > 0 && one.contains(at) && getComputedStyle(one).outlineStyle !== 'none') ring = ring || seen(getComputedStyle(one));
  }
  const box = at.getBoundingClientRect();
  const byId = (at.getAttribute('aria-labelledby') ?? '').split(' ').filter(Boolean)
    .map((id) => document.getElementById(id)?.textContent ?? '').join(' ').trim();
  const name = byId || at.getAttribute('aria-label') || at.labels?.[0]?.textContent || at.textContent || '';
  const blind =
    at.getAttribute('aria-hidden') === 'true' && !at.hasAttribute('data-tabster-dummy') ? 'it is hidden from screen readers'
    : box.bottom < 0 || box.right < 0 || box.top > innerHeight || box.left > innerWidth ? 'it is outside of the window'
    : !at.matches(':focus-visible, [type="date"]:focus-within') ? 'the browser shows no focus on it'
    : !ring ? 'it has no ring' : null;
  return { name: name.trim().slice(0, 120), tag: at.tagName.toLowerCase() + (at.getAttribute('role') ? '[' + at.getAttribute('role') + ']' : ''), blind };
})()`;

export async function focusNow(page: Page): Promise<Stop> {
  return (await page.evaluate(lookAtFocus)) as Stop;
}

/** Where the focus is must be seen, and must not be the page itself; moments pass while a view or dialog opens. */
export async function focusIsSeen(page: Page, after: string): Promise<Stop> {
  let stop = await focusNow(page);
  for (let tries = 0; tries < 40 && stop.blind !== null; tries += 1) {
    await page.waitForTimeout(50);
    stop = await focusNow(page);
  }
  if (stop.blind !== null) throw new Error(`${after}: ${stop.blind} (${stop.tag} "${stop.name}")`);
  return stop;
}

/** Tabs to the control of that name; each stop on the way must be seen. Says what it passed when it never comes. */
export async function tabTo(page: Page, name: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const passed: string[] = [];
  for (let tabs = 0; tabs < 90; tabs += 1) {
    await page.keyboard.press(key);
    // After the last control the browser's own come, and then the first again.
    if ((await focusNow(page)).tag === 'body') await page.keyboard.press(key);
    const stop = await focusIsSeen(page, `On the way to ${name}, after "${passed.at(-1) ?? ''}"`);
    if (name.test(stop.name)) return;
    passed.push(stop.name.slice(0, 40));
  }
  throw new Error(`${key} never reached ${name}. It passed: ${passed.join(' | ')}`);
}

/** Tabs there and presses it. */
export async function pressOn(page: Page, name: RegExp, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press(key);
}

/** Tabs to a field and types. */
export async function typeInto(page: Page, name: RegExp, text: string): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
}
