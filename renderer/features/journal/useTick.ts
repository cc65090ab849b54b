/** Draws again now and then, so that "just now" does not stay when it is not. */
import { useEffect, useState } from 'react';

export function useTick(milliseconds: number): void {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), milliseconds);
    return () => clearInterval(timer);
  }, [milliseconds]);
}
