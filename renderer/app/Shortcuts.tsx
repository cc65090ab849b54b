/** The "?" sheet: every key that works everywhere. */
import { Button, makeStyles, Subtitle2, tokens } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Modal } from '../ui/Modal.tsx';
import { keyNames, mac, paletteKeys } from './keyNames.ts';

const useStyles = makeStyles({
  list: {
    display: 'grid',
    gridTemplateColumns: '9rem 1fr',
    gap: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalXL}`,
    margin: 0,
  },
  part: { display: 'block', margin: `${tokens.spacingVerticalM} 0 ${tokens.spacingVerticalS}` },
  keys: {
    fontFamily: tokens.fontFamilyMonospace,
    padding: `0 ${tokens.spacingHorizontalXS}`,
    borderRadius: tokens.borderRadiusSmall,
    border: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke1}`,
    backgroundColor: tokens.colorNeutralBackground3,
    whiteSpace: 'nowrap',
  },
  words: { margin: 0 },
  end: { display: 'flex', justifyContent: 'flex-end' },
});

const parts = [
  [
    'everywhere',
    [
      [paletteKeys, 'palette'],
      ['?', 'sheet'],
      [mac ? '⌥ 1 … 7' : 'alt 1 … 7', 'view'],
      [mac ? '⌘ [' : 'alt ←', 'back'],
      [mac ? '⌘ ]' : 'alt →', 'forward'],
      ['/', 'search'],
      ['esc', 'close'],
    ],
  ],
  [
    'lists',
    [
      ['↑ ↓', 'row'],
      ['page ↑ ↓', 'rows'],
      ['home end', 'ends'],
      ['enter', 'open'],
      ['space', 'pick'],
    ],
  ],
] as const;

export function Shortcuts(props: { readonly onClose: () => void }): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('app');
  return (
    <Modal title={t('shortcuts.title')} onClose={props.onClose}>
      {parts.map(([part, rows]) => (
        <section key={part} aria-labelledby={`shortcuts-${part}`}>
          <Subtitle2 as="h3" id={`shortcuts-${part}`} className={styles.part}>
            {t(`shortcuts.${part}`)}
          </Subtitle2>
          <dl className={styles.list}>
            {rows.map(([keys, word]) => [
              <dt key={`${word}-keys`}>
                <kbd className={styles.keys}>{keyNames(t, keys)}</kbd>
              </dt>,
              <dd key={word} className={styles.words}>
                {t(`shortcuts.${word}`)}
              </dd>,
            ])}
          </dl>
        </section>
      ))}
      <div className={styles.end}>
        {' '}
        <Button appearance="primary" onClick={props.onClose}>
          {t('shortcuts.done')}
        </Button>
      </div>
    </Modal>
  );
}
