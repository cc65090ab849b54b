/** Starts the window: connects to the core, then draws. */
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { App } from './app/App.tsx';
import { LastResort } from './app/LastResort.tsx';
import { queryClient } from './host/ask.ts';
import { connect } from './host/client.ts';
import { i18n } from './i18n/i18n.ts';
import './page.css';

connect();

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no root element.');
createRoot(root).render(
  <StrictMode>
    <I18nextProvider i18n={i18n}>
      <QueryClientProvider client={queryClient}>
        <LastResort>
          <App />
        </LastResort>
      </QueryClientProvider>
    </I18nextProvider>
  </StrictMode>,
);
