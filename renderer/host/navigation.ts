/**
 * Where the window is, kept in the address so that back, forward, reload and deep links work. A place is a view and its
 * parameters; features link to one another through here and never import one another.
 */
import { create } from 'zustand';
import { type Place, type View, views } from '../../shared/model/place.ts';

export { type Place, type View, views };

function read(): Place {
  const [path = '', query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  const view = views.find((one) => one === path) ?? 'overview';
  return { view, params: Object.fromEntries(new URLSearchParams(query)) };
}

function write({ view, params }: Place): string {
  const query = new URLSearchParams(params).toString();
  return `#/${view}${query === '' ? '' : `?${query}`}`;
}

export const usePlace = create<Place>(() => read());
window.addEventListener('hashchange', () => usePlace.setState(read(), true));

/** Goes to a place; `replace` when going back should not come here again (typing in a search box). */
export function go(
  view: View,
  params: Readonly<Record<string, string>> = {},
  options: { readonly replace?: boolean } = {},
): void {
  const place: Place = { view, params };
  if (options.replace) {
    history.replaceState(history.state, '', write(place));
    usePlace.setState(place, true);
    return;
  }
  location.hash = write(place);
}

/** The address of a place, for links that can be opened in another window. */
export function hrefOf(view: View, params: Readonly<Record<string, string>> = {}): string {
  return write({ view, params });
}
