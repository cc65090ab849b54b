/** The frame: rail, title row, the view, status bar. Holds no data of any view. */
import { FluentProvider, Link, makeStyles, tokens } from '@fluentui/react-components';
import { lazy, type ReactElement, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryClient, useAsk } from '../host/ask.ts';
import { useLink } from '../host/client.ts';
import { usePlace, type View, views } from '../host/navigation.ts';
import { setLanguage } from '../i18n/i18n.ts';
import { Loading } from '../ui/States.tsx';
import { themes } from '../ui/theme.ts';
import { setTheme, useTheme } from '../ui/themeState.ts';
import { CrashBoundary } from './CrashBoundary.tsx';
import { HostState } from './HostState.tsx';
import { Palette } from './Palette.tsx';
import { Rail } from './Rail.tsx';
import { Shortcuts } from './Shortcuts.tsx';
import { StatusBar } from './StatusBar.tsx';
import { TitleRow } from './TitleRow.tsx';
import { useCommands } from './useCommands.ts';
import { useShortcuts } from './useShortcuts.ts';

const useStyles = makeStyles({
  frame: {
    display: 'grid',
    height: '100vh',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    gridTemplateRows: 'auto minmax(0, 1fr) auto',
    gridTemplateAreas: '"title title" "rail view" "status status"',
    backgroundColor: tokens.colorNeutralBackground2,
    color: tokens.colorNeutralForeground1,
  },
  view: {
    gridArea: 'view',
    minWidth: 0,
    minHeight: 0,
    overflow: 'auto',
    backgroundColor: tokens.colorNeutralBackground1,
    borderTopLeftRadius: tokens.borderRadiusLarge,
    boxShadow: tokens.shadow2,
    outlineStyle: 'none',
  },
  skip: { position: 'absolute', left: '-10000px', ':focus': { left: tokens.spacingHorizontalM, zIndex: 10 } },
});

const pages: Readonly<Record<View, React.LazyExoticComponent<() => ReactElement>>> = {
  overview: lazy(async () => ({ default: (await import('../features/overview/OverviewView.tsx')).OverviewView })),
  users: lazy(async () => ({ default: (await import('../features/users/UsersView.tsx')).UsersView })),
  rules: lazy(async () => ({ default: (await import('../features/rules/RulesView.tsx')).RulesView })),
  actions: lazy(async () => ({ default: (await import('../features/actions/ActionsView.tsx')).ActionsView })),
  journal: lazy(async () => ({ default: (await import('../features/journal/JournalView.tsx')).JournalView })),
  connections: lazy(async () => ({
    default: (await import('../features/connections/ConnectionsView.tsx')).ConnectionsView,
  })),
  settings: lazy(async () => ({ default: (await import('../features/settings/SettingsView.tsx')).SettingsView })),
};

export function App(): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('app');
  const theme = useTheme((state) => state.name);
  const view = usePlace((place) => place.view);
  const [open, setOpen] = useState<'palette' | 'shortcuts' | null>(null);
  const settings = useAsk(['settings'], (api) => api.settings.get());
  const wanted = settings.data?.window.theme;
  const language = settings.data?.window.language;
  useEffect(() => {
    if (wanted !== undefined) setTheme(wanted);
  }, [wanted]);
  useEffect(() => {
    if (language !== undefined) void setLanguage(language);
  }, [language]);
  useEffect(() => {
    document.title = `${t(`views.${view}`)} – ${t('name')}`;
  }, [view, t]);
  useFreshAfterLoss();
  const dialogs = { palette: () => setOpen('palette'), sheet: () => setOpen('shortcuts') };
  useShortcuts(dialogs);
  useCommands(dialogs);
  const Page = pages[view];

  return (
    <FluentProvider theme={themes[theme]}>
      <Link className={styles.skip} href="#view" onClick={(event) => focusView(event)}>
        {t('skip')}
      </Link>
      <div className={styles.frame} data-theme={theme} data-density={settings.data?.window.density ?? 'comfortable'}>
        <TitleRow onSearch={() => setOpen('palette')} />
        <Rail views={views} current={view} />
        <main id="view" className={styles.view} tabIndex={-1} aria-label={t(`views.${view}`)}>
          <CrashBoundary key={view}>
            <Suspense fallback={<Loading label={t(`views.${view}`)} />}>
              <Page />
            </Suspense>
          </CrashBoundary>
        </main>
        <StatusBar />
      </div>
      <Palette open={open === 'palette'} onClose={() => setOpen(null)} />
      <Shortcuts open={open === 'shortcuts'} onClose={() => setOpen(null)} />
      <HostState />
    </FluentProvider>
  );
}

/** When the core answers again, everything on the screen is asked anew. */
function useFreshAfterLoss(): void {
  useEffect(
    () =>
      useLink.subscribe((now, before) => {
        if (before.state === 'lost' && now.state === 'open') void queryClient.invalidateQueries();
      }),
    [],
  );
}

function focusView(event: React.MouseEvent): void {
  event.preventDefault();
  document.getElementById('view')?.focus();
}
