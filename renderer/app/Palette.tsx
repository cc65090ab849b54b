/** Go to anything from one box, by keyboard: the arrows choose, Enter opens, Esc closes. */
import { Input, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { SearchRegular } from '@fluentui/react-icons';
import { type KeyboardEvent, type ReactElement, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Modal } from '../ui/Modal.tsx';
import { type Hit, useHits } from './hits.ts';

const useStyles = makeStyles({
  surface: { maxWidth: '640px', marginTop: '10vh' },
  list: { maxHeight: '50vh', overflowY: 'auto' },
  group: {
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    marginLeft: 'auto',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    minWidth: '60px',
    textAlign: 'end',
  },
  text: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  item: {
    display: 'flex',
    alignItems: 'baseline',
    gap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    borderRadius: tokens.borderRadiusMedium,
    cursor: 'pointer',
  },
  active: {
    backgroundColor: tokens.colorNeutralBackground1Selected,
    color: tokens.colorNeutralForeground1Selected,
    '& span': { color: 'inherit' },
    outline: `1px solid ${tokens.colorTransparentStroke}`,
    outlineOffset: '-1px',
  },
  nothing: { minHeight: '20px', padding: `0 ${tokens.spacingHorizontalM}`, color: tokens.colorNeutralForeground3 },
});

export function Palette(props: {
  readonly onClose: () => void;
  /** Something was chosen. */
  readonly onLeave: () => void;
  readonly onSheet: () => void;
}): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('app');
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const { hits, searching } = useHits(text.trim(), props.onSheet);
  const chosen = Math.min(active, hits.length - 1);
  useEffect(() => {
    list.current?.children[chosen]?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const openHit = (hit: Hit | undefined) => {
    if (hit === undefined) return;
    props.onLeave();
    hit.open();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setActive(chosen + 1 < hits.length ? chosen + 1 : 0);
    else if (event.key === 'ArrowUp') setActive(chosen > 0 ? chosen - 1 : hits.length - 1);
    else if (event.key === 'Enter') openHit(hits[chosen]);
    else return;
    event.preventDefault();
  };

  return (
    <Modal title={t('palette.title')} className={styles.surface} onClose={props.onClose}>
      <Input
        value={text}
        contentBefore={<SearchRegular aria-hidden />}
        placeholder={t('palette.placeholder')}
        role="combobox"
        aria-expanded={hits.length > 0}
        aria-autocomplete="list"
        aria-controls={listId}
        aria-activedescendant={hits[chosen] === undefined ? undefined : `${listId}-${chosen}`}
        aria-label={t('palette.placeholder')}
        onChange={(_, { value }) => {
          setText(value);
          setActive(0);
        }}
        onKeyDown={onKey}
      />
      <div id={listId} ref={list} className={styles.list} role="listbox" aria-label={t('palette.title')}>
        {hits.map((hit, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by the combobox that owns this list
          <div
            key={hit.id}
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            className={mergeClasses(styles.item, index === chosen && styles.active)}
            onMouseMove={() => setActive(index)}
            onClick={() => openHit(hit)}
          >
            <span className={styles.text}>{hit.text}</span>
            <span className={styles.group}>{hit.group}</span>
          </div>
        ))}
      </div>
      <div role="status" className={styles.nothing}>
        {searching ? t('palette.searching') : hits.length === 0 ? t('palette.nothing') : ''}
      </div>
    </Modal>
  );
}
