/** Where the frame itself breaks nothing of it can be used: plain words, the details to copy, and the way to begin anew. */
import { Component, type ReactNode } from 'react';
import { i18n } from '../i18n/i18n.ts';
import { writeClipboard } from '../ui/clipboard.ts';

type State = { readonly details: string | null };

export class LastResort extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { details: null };

  static getDerivedStateFromError(error: unknown): State {
    return { details: error instanceof Error ? (error.stack ?? String(error)) : String(error) };
  }

  override render(): ReactNode {
    const { details } = this.state;
    if (details === null) return this.props.children;
    return (
      <main
        role="alert"
        style={{ maxWidth: '44rem', margin: '10vh auto', padding: '0 1rem', fontFamily: 'sans-serif' }}
      >
        <h1>{i18n.t('crash.windowTitle')}</h1>
        <p>{i18n.t('crash.windowText')}</p>
        <p>
          <button type="button" onClick={() => location.reload()}>
            {i18n.t('crash.reload')}
          </button>{' '}
          <button type="button" onClick={() => void writeClipboard(details)}>
            {i18n.t('error.copy')}
          </button>
        </p>
        <pre style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{details}</pre>
      </main>
    );
  }
}
