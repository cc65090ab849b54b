/** Catches what a view throws while drawing, so that one broken view takes nothing else with it. */
import { Button } from '@fluentui/react-components';
import { Component, type ReactNode } from 'react';
import { i18n } from '../i18n/i18n.ts';
import { EmptyState } from '../ui/States.tsx';

type State = { readonly broken: boolean };

export class CrashBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { broken: false };

  static getDerivedStateFromError(): State {
    return { broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <EmptyState
        title={i18n.t('crash.title')}
        text={i18n.t('crash.text')}
        action={
          <Button appearance="primary" onClick={() => this.setState({ broken: false })}>
            {i18n.t('crash.again')}
          </Button>
        }
      />
    );
  }
}
