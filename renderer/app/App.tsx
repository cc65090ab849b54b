/** The frame: rail, title row, the view, status bar. Holds no data of any view. */
import { FluentProvider, Link, makeStyles, tokens } from '@fluentui/react-components';
import { type ReactElement, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../host/ask.ts';
import { speak } from '../host/desktop.ts';
import { usePlace, views } from '../host/navigation.ts';
import { setLanguage, useLanguage } from '../i18n/i18n.ts';
import { Loading } from '../ui/States.tsx';
import { themes } from '../ui/theme.ts';
import { setTheme, useTheme } from '../ui/themeState.ts';
import { Above, show } from './Above.tsx';
import { CrashBoundary } from './CrashBoundary.tsx';
import { HostState } from './HostState.tsx';
import { keepFocus } from './keepFocus.ts';
import { LostLink } from './LostLink.tsx';
import { focusView, useMoving } from './moving.ts';
import { pages, readAhead } from './pages.ts';
import { Rail } from './Rail.tsx';
import { StatusBar } from './StatusBar.tsx';
import { TitleRow } from './TitleRow.tsx';
import { rememberTyping } from './typed.ts';
import { useCommands } from './useCommands.ts';
import { useShortcuts } from './useShortcuts.ts';

const useStyles = makeStyles({
  frame: {
    display: 'grid',
    height: '100vh',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    gridTemplateRows: 'auto auto minmax(0, 1fr) auto',
    gridTemplateAreas: '"title title" "notice notice" "rail view" "status status"',
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
  skip: {
    position: 'absolute',
    left: '-10000px',
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusMedium,
    ':focus': {
      left: tokens.spacingHorizontalM,
      top: tokens.spacingVerticalS,
      zIndex: 10,
      outlineStyle: 'solid',
      outlineWidth: tokens.strokeWidthThick,
      outlineColor: tokens.colorStrokeFocus2,
    },
  },
});

const dialogs = { palette: () => show('palette'), sheet: () => show('shortcuts') };

export function App(): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('app');
  const theme = useTheme((state) => state.name);
  const view = usePlace((place) => place.view);
  const settings = useAsk(['settings'], (api) => api.settings.get());
  const wanted = settings.data?.window.theme;
  const language = settings.data?.window.language;
  const drawn = useLanguage((state) => state.language);
  useEffect(() => {
    if (wanted !== undefined) setTheme(wanted);
  }, [wanted]);
  useEffect(() => {
    if (language !== undefined) void setLanguage(language);
  }, [language]);
  useEffect(() => speak(drawn), [drawn]);
  useEffect(() => {
    document.title = `${t(`views.${view}`)} – ${t('name')}`;
  }, [view, t]);
  useMoving();
  useEffect(rememberTyping, []);
  useEffect(keepFocus, []);
  useEffect(() => {
    const timer = setTimeout(() => void readAhead(), 1_500);
    return () => clearTimeout(timer);
  }, []);
  useShortcuts(dialogs);
  useCommands(dialogs);
  const Page = pages[view];

  return (
    <FluentProvider theme={themes[theme]}>
      <Link
        className={styles.skip}
        href="#view"
        onClick={(event) => {
          event.preventDefault();
          focusView();
        }}
      >
        {t('skip')}
      </Link>
      <div className={styles.frame} data-theme={theme} data-density={settings.data?.window.density ?? 'comfortable'}>
        <TitleRow onSearch={() => show('palette')} />
        <LostLink />
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
      <Above />
      <HostState />
    </FluentProvider>
  );
}
