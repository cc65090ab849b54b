/** Which connection the whole window looks at: one by name, or all of them (null). Kept over restarts. */
import { create } from 'zustand';

const key = 'riskdesk.scope';

export const useScope = create<{ readonly connection: string | null }>(() => ({
  connection: localStorage.getItem(key),
}));

export function setScope(connection: string | null): void {
  if (connection === null) localStorage.removeItem(key);
  else localStorage.setItem(key, connection);
  useScope.setState({ connection });
}
