/**
 * `riskdesk://` links, which any page or mail can open: checked letter by letter, and able to show a place and nothing
 * else. A link names a run, a user or a rule; it cannot start, plan, change or fill in anything.
 */
import type { Place } from '../../../shared/model/place.ts';

export const linkScheme = 'riskdesk';

/** Longer than any link we make; a longer one is not looked at. */
const longest = 1_000;
const id = /^[0-9A-Za-z-]{1,64}$/;

/** A name of a connection or a rule: what the contract takes for one. */
function nameIn(text: string | undefined): string | null {
  if (text === undefined) return null;
  try {
    const name = decodeURIComponent(text).trim();
    return name.length > 0 && name.length <= 120 && !/\p{Cc}/u.test(name) ? name : null;
  } catch {
    return null;
  }
}

/**
 * `riskdesk://run/ID`, `riskdesk://user/CONNECTION/ID`, `riskdesk://rule/NAME`; names are percent-encoded.
 * @returns the place that is shown, or null for anything else.
 */
export function readDeepLink(text: string): Place | null {
  if (text.length > longest) return null;
  const found = /^riskdesk:\/\/(run|user|rule)\/([^/?#\\]+)(?:\/([^/?#\\]+))?\/?$/i.exec(text);
  if (found === null) return null;
  const [, kind = '', first, second] = found;
  switch (kind.toLowerCase()) {
    case 'run':
      return second === undefined && first !== undefined && id.test(first)
        ? { view: 'actions', params: { run: first } }
        : null;
    case 'user': {
      const connection = nameIn(first);
      return connection !== null && second !== undefined && id.test(second)
        ? { view: 'users', params: { connection, user: second } }
        : null;
    }
    case 'rule': {
      const rule = nameIn(first);
      return second === undefined && rule !== null ? { view: 'rules', params: { rule } } : null;
    }
    default:
      return null;
  }
}
