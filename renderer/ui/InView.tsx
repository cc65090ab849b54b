/** Menus that open from a view stand inside its landmark, so that a screen reader that goes by landmarks meets them there. */
import { PortalMountNodeProvider } from '@fluentui/react-components';
import type { ReactElement, ReactNode } from 'react';

export function InView(props: { readonly children: ReactNode }): ReactElement {
  return (
    <PortalMountNodeProvider value={document.getElementById('view') ?? undefined}>
      {props.children}
    </PortalMountNodeProvider>
  );
}
