/** Whether this machine has a network, as the browser says: the cheap half of the truth, known before any request fails. */
import { create } from 'zustand';

export const useOnline = create<{ readonly online: boolean }>(() => ({ online: navigator.onLine }));

for (const event of ['online', 'offline']) {
  window.addEventListener(event, () => useOnline.setState({ online: navigator.onLine }));
}
