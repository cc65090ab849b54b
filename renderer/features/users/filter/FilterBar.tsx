/** The filter row: a search box, a chip for each thing that narrows the list, and a menu with what could. */
import {
  Button,
  InteractionTag,
  InteractionTagPrimary,
  InteractionTagSecondary,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
  SearchBox,
  tokens,
} from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../../host/ask.ts';
import { InView } from '../../../ui/InView.tsx';
import { FacetItems } from './FacetItems.tsx';
import { type FilterChoice, useFilterChoices } from './filterChoices.ts';
import type { UserPlace } from './userPlace.ts';

const useStyles = makeStyles({
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    padding: `0 ${tokens.spacingHorizontalL} ${tokens.spacingVerticalS}`,
  },
  search: { width: '260px', maxWidth: '100%' },
  menu: { maxHeight: '60vh' },
});

export function FilterBar(props: {
  readonly place: UserPlace;
  readonly onPlace: (next: Partial<UserPlace>, typing?: boolean) => void;
}): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('users');
  const rules = useAsk(['rules'], (api) => api.rules.list());
  const connections = useAsk(['connections'], (api) => api.connections.list());
  const { choices, strangers } = useFilterChoices({
    place: props.place,
    rules: (rules.data ?? []).map(({ name }) => name),
    connections: (connections.data ?? []).map(({ name }) => name),
    onPlace: props.onPlace,
  });
  const chips = choices.filter(({ values }) => values.length > 0);
  const clear = () =>
    props.onPlace({ parts: [], problems: [], rule: null, connection: null, deleted: 'include', search: '' });

  return (
    <search className={styles.row} aria-label={t('filter.label')}>
      <Search text={props.place.search} onText={(search) => props.onPlace({ search }, true)} />
      {chips.map((choice) => (
        <Chip key={choice.name} choice={choice} />
      ))}
      {strangers.map(({ sentence, remove }) => (
        <InteractionTag key={sentence} appearance="brand" size="small" value={sentence}>
          <InteractionTagPrimary hasSecondaryAction title={sentence}>
            {sentence.length > 60 ? `${sentence.slice(0, 59)}…` : sentence}
          </InteractionTagPrimary>
          <InteractionTagSecondary aria-label={t('filter.remove', { name: sentence })} onClick={remove} />
        </InteractionTag>
      ))}
      <InView>
        <Menu>
          <MenuTrigger disableButtonEnhancement>
            <Button size="small" appearance="subtle" icon={<AddRegular />}>
              {t('filter.add')}
            </Button>
          </MenuTrigger>
          <MenuPopover>
            <MenuList>
              {choices.map((choice) => (
                <Menu
                  key={choice.name}
                  checkedValues={{ [choice.name]: [...choice.values] }}
                  onCheckedValueChange={(_, { checkedItems }) => choice.onValues(checkedItems)}
                  persistOnItemClick={choice.many}
                >
                  <MenuTrigger disableButtonEnhancement>
                    <MenuItem>{choice.title}</MenuItem>
                  </MenuTrigger>
                  <MenuPopover className={styles.menu}>
                    <MenuList>
                      <FacetItems choice={choice} />
                    </MenuList>
                  </MenuPopover>
                </Menu>
              ))}
            </MenuList>
          </MenuPopover>
        </Menu>
      </InView>
      {chips.length + strangers.length > 0 && (
        <Button size="small" appearance="transparent" onClick={clear}>
          {t('filter.clear')}
        </Button>
      )}
    </search>
  );
}

function Chip({ choice }: { readonly choice: FilterChoice }): ReactElement {
  const { t } = useTranslation('users');
  const [first, second, ...others] = choice.values.map(choice.labelOf);
  const shown = [first, second].filter((label) => label !== undefined).join(', ');
  const text = `${choice.title}: ${shown}${others.length > 0 ? ` +${others.length}` : ''}`;
  return (
    <InteractionTag appearance="brand" size="small" value={choice.name}>
      <InView>
        <Menu
          checkedValues={{ [choice.name]: [...choice.values] }}
          onCheckedValueChange={(_, { checkedItems }) => choice.onValues(checkedItems)}
          persistOnItemClick={choice.many}
        >
          <MenuTrigger disableButtonEnhancement>
            <InteractionTagPrimary
              hasSecondaryAction
              title={`${choice.title}: ${choice.values.map(choice.labelOf).join(', ')}`}
            >
              {text}
            </InteractionTagPrimary>
          </MenuTrigger>
          <MenuPopover>
            <MenuList>
              <FacetItems choice={choice} />
            </MenuList>
          </MenuPopover>
        </Menu>
      </InView>
      <InteractionTagSecondary
        aria-label={t('filter.remove', { name: choice.title })}
        onClick={() => choice.onValues([])}
      />
    </InteractionTag>
  );
}

/** Shows at once what is typed; the list follows 200 ms after the last key. */
function Search(props: { readonly text: string; readonly onText: (text: string) => void }): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('users');
  const [typed, setTyped] = useState(props.text);
  const sent = useRef(props.text);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => {
    // The text changed from outside: a link, a saved view, going back.
    if (props.text === sent.current) return;
    clearTimeout(timer.current);
    sent.current = props.text;
    setTyped(props.text);
  }, [props.text]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <SearchBox
      className={styles.search}
      size="small"
      input={{ 'data-search': '' } as Record<string, string>}
      value={typed}
      placeholder={t('search')}
      aria-label={t('search')}
      maxLength={200}
      onChange={(_, { value }) => {
        setTyped(value);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => {
          sent.current = value;
          props.onText(value);
        }, 200);
      }}
    />
  );
}
