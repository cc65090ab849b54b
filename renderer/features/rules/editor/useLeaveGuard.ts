/**
 * Asks before unsaved changes are left. The browser says where it is about to go, which can be refused; the question is
 * asked, and only then the wanted place is gone to. Where a browser cannot refuse, nothing is lost either: the draft
 * stays on the desk, and opening the rule again shows it.
 */
import { useEffect, useState } from 'react';

export function useLeaveGuard(changed: boolean): {
  /** The address that somebody wants to go to; null when nothing is asked. */
  readonly wanted: string | null;
  readonly stay: () => void;
} {
  const [wanted, setWanted] = useState<string | null>(null);
  useEffect(() => {
    if (!changed) return;
    const onNavigate = (event: NavigateEvent) => {
      const there = new URL(event.destination.url).hash;
      const leaves = event.hashChange && event.navigationType !== 'replace' && there !== location.hash;
      if (!leaves || !event.cancelable) return;
      event.preventDefault();
      setWanted(there);
    };
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    const navigation = 'navigation' in window ? window.navigation : null;
    navigation?.addEventListener('navigate', onNavigate);
    window.addEventListener('beforeunload', onUnload);
    return () => {
      navigation?.removeEventListener('navigate', onNavigate);
      window.removeEventListener('beforeunload', onUnload);
    };
  }, [changed]);
  return { wanted, stay: () => setWanted(null) };
}
