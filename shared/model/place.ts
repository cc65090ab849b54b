/** Where a window can be: a view and its parameters. Deep links, notifications and menus name places by these words. */

export const views = ['overview', 'users', 'rules', 'actions', 'journal', 'connections', 'settings'] as const;
export type View = (typeof views)[number];

/** Small values only: an id, a name, a filter as JSON text. */
export type Place = { readonly view: View; readonly params: Readonly<Record<string, string>> };
