/** The "?" sheet: every key that works everywhere. */
import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { paletteKeys } from './TitleRow.tsx';

const useStyles = makeStyles({
  list: {
    display: 'grid',
    gridTemplateColumns: 'auto 1fr',
    gap: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalXL}`,
    margin: 0,
  },
  keys: { fontFamily: tokens.fontFamilyMonospace },
  words: { margin: 0 },
});

const mac = paletteKeys.startsWith('⌘');

const rows = [
  [paletteKeys, 'palette'],
  ['?', 'sheet'],
  [mac ? '⌥ 1 … 7' : 'Alt 1 … 7', 'view'],
  [mac ? '⌘ [' : 'Alt ←', 'back'],
  [mac ? '⌘ ]' : 'Alt →', 'forward'],
  ['/', 'search'],
  ['Esc', 'close'],
] as const;

export function Shortcuts(props: { readonly open: boolean; readonly onClose: () => void }): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('app');
  return (
    <Dialog open={props.open} onOpenChange={(_, { open }) => !open && props.onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t('shortcuts.title')}</DialogTitle>
          <DialogContent>
            <dl className={styles.list}>
              {rows.map(([keys, word]) => [
                <dt key={`${word}-keys`} className={styles.keys}>
                  {keys}
                </dt>,
                <dd key={word} className={styles.words}>
                  {t(`shortcuts.${word}`)}
                </dd>,
              ])}
            </dl>
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={props.onClose}>
              {t('shortcuts.done')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
