/** Settings: sections at the side, one at a time. A dot marks those with something typed and not saved. */
import { makeStyles, Tab, TabList, tokens } from '@fluentui/react-components';
import {
  ArrowDownloadRegular,
  CircleFilled,
  ClockRegular,
  ColorRegular,
  DataBarHorizontalRegular,
  DatabaseRegular,
  ScalesRegular,
  ShieldRegular,
  StethoscopeRegular,
  WrenchRegular,
} from '@fluentui/react-icons';
import { type ReactElement, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../../shared/model/settings.ts';
import { useAsk } from '../../host/ask.ts';
import { go, usePlace } from '../../host/navigation.ts';
import { ErrorState, Loading } from '../../ui/States.tsx';
import { useDrafts } from './form/drafts.ts';
import { Appearance } from './sections/Appearance.tsx';
import { DataSection } from './sections/DataSection.tsx';
import { Diagnostics } from './sections/Diagnostics.tsx';
import { Groupings } from './sections/Groupings.tsx';
import { Guardrails } from './sections/Guardrails.tsx';
import { Maintenance } from './sections/Maintenance.tsx';
import { Mapping } from './sections/Mapping.tsx';
import { Timing } from './sections/Timing.tsx';
import { Updates } from './sections/Updates.tsx';

const useStyles = makeStyles({
  page: {
    display: 'grid',
    gridTemplateColumns: 'minmax(160px, 210px) minmax(0, 1fr)',
    gap: tokens.spacingHorizontalXXL,
    padding: tokens.spacingHorizontalXL,
    '@media (max-width: 720px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  tabs: {
    '& .fui-Tab__content': { textAlign: 'left' },
    '@media (max-width: 720px)': { flexDirection: 'row', flexWrap: 'wrap' },
  },
  dot: { fontSize: '8px', marginLeft: tokens.spacingHorizontalXS, color: tokens.colorBrandForeground1 },
});

const sections = [
  { key: 'scores', icon: <DataBarHorizontalRegular />, draft: 'groupings' },
  { key: 'mapping', icon: <ScalesRegular />, draft: 'mapping ' },
  { key: 'guardrails', icon: <ShieldRegular />, draft: 'guardrails' },
  { key: 'maintenance', icon: <WrenchRegular />, draft: 'maintenance' },
  { key: 'timing', icon: <ClockRegular />, draft: 'timing' },
  { key: 'window', icon: <ColorRegular />, draft: null },
  { key: 'updates', icon: <ArrowDownloadRegular />, draft: null },
  { key: 'data', icon: <DatabaseRegular />, draft: null },
  { key: 'diagnostics', icon: <StethoscopeRegular />, draft: null },
] as const;
type SectionKey = (typeof sections)[number]['key'];

export function SettingsView(): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('settings');
  const wanted = usePlace((place) => place.params.section);
  const settings = useAsk(['settings'], (api) => api.settings.get());
  const drafts = useDrafts((state) => state.drafts);
  const current: SectionKey = sections.find((section) => section.key === wanted)?.key ?? 'scores';
  const isDrafted = (prefix: string | null) =>
    prefix !== null && Object.keys(drafts).some((key) => key.startsWith(prefix));
  const any = Object.keys(drafts).length > 0;
  useEffect(() => {
    if (!any) return;
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', onUnload);
    return () => window.removeEventListener('beforeunload', onUnload);
  }, [any]);
  if (settings.data === undefined) {
    return settings.error === null ? (
      <Loading label={t('title')} />
    ) : (
      <ErrorState failure={settings.error} again={() => void settings.refetch()} />
    );
  }
  return (
    <div className={styles.page}>
      <TabList
        vertical
        className={styles.tabs}
        aria-label={t('title')}
        selectedValue={current}
        onTabSelect={(_, { value }) => go('settings', { section: String(value) })}
      >
        {sections.map((section) => (
          <Tab key={section.key} value={section.key} id={`settings-${section.key}`} icon={section.icon}>
            {t(`sections.${section.key}`)}
            {isDrafted(section.draft) && <CircleFilled className={styles.dot} aria-label={t('unsaved')} />}
          </Tab>
        ))}
      </TabList>
      <div role="tabpanel" aria-labelledby={`settings-${current}`}>
        <SectionBody key={current} section={current} settings={settings.data} />
      </div>
    </div>
  );
}

function SectionBody(props: { readonly section: SectionKey; readonly settings: Settings }): ReactElement {
  const { settings } = props;
  switch (props.section) {
    case 'scores':
      return <Groupings settings={settings} />;
    case 'mapping':
      return <Mapping />;
    case 'guardrails':
      return <Guardrails settings={settings} />;
    case 'maintenance':
      return <Maintenance settings={settings} />;
    case 'timing':
      return <Timing settings={settings} />;
    case 'window':
      return <Appearance settings={settings} />;
    case 'updates':
      return <Updates settings={settings} />;
    case 'data':
      return <DataSection />;
    case 'diagnostics':
      return <Diagnostics settings={settings} />;
  }
}
