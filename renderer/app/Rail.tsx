/** The navigation rail: one link a view, with its number key on the hover. */
import { makeStyles, mergeClasses, Text, Tooltip, tokens } from '@fluentui/react-components';
import {
  BookmarkSearchRegular,
  ClipboardTextLtrRegular,
  DataHistogramRegular,
  FlashRegular,
  PeopleRegular,
  PlugConnectedRegular,
  SettingsRegular,
} from '@fluentui/react-icons';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { hrefOf, type View } from '../host/navigation.ts';

const icons: Readonly<Record<View, typeof PeopleRegular>> = {
  overview: DataHistogramRegular,
  users: PeopleRegular,
  rules: BookmarkSearchRegular,
  actions: FlashRegular,
  journal: ClipboardTextLtrRegular,
  connections: PlugConnectedRegular,
  settings: SettingsRegular,
};

const useStyles = makeStyles({
  rail: {
    gridArea: 'rail',
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXS,
    padding: tokens.spacingHorizontalS,
    overflowY: 'auto',
  },
  link: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    gap: tokens.spacingVerticalXXS,
    width: '92px',
    boxSizing: 'border-box',
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalXS}`,
    borderRadius: tokens.borderRadiusLarge,
    color: tokens.colorNeutralForeground2,
    textDecorationLine: 'none',
    ':hover': { backgroundColor: tokens.colorNeutralBackground2Hover, color: tokens.colorNeutralForeground2Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  current: {
    backgroundColor: tokens.colorNeutralBackground1Selected,
    color: tokens.colorNeutralForeground1Selected,
    boxShadow: `inset 3px 0 0 ${tokens.colorCompoundBrandStroke}`,
  },
  currentIcon: { color: tokens.colorNeutralForeground2BrandSelected },
  currentLabel: { fontWeight: tokens.fontWeightSemibold },
  icon: { fontSize: '22px' },
  label: { textAlign: 'center', overflowWrap: 'anywhere', hyphens: 'auto' },
});

export function Rail(props: { readonly views: readonly View[]; readonly current: View }): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('app');
  return (
    <nav className={styles.rail} aria-label={t('rail')}>
      {props.views.map((view, index) => {
        const Icon = icons[view];
        const current = view === props.current;
        return (
          <Tooltip key={view} relationship="description" positioning="after" content={`Alt+${index + 1}`}>
            <a
              href={hrefOf(view)}
              className={mergeClasses(styles.link, current && styles.current)}
              aria-current={current ? 'page' : undefined}
            >
              <Icon className={mergeClasses(styles.icon, current && styles.currentIcon)} aria-hidden />
              <Text size={200} className={mergeClasses(styles.label, current && styles.currentLabel)}>
                {t(`views.${view}`)}
              </Text>
            </a>
          </Tooltip>
        );
      })}
    </nav>
  );
}
