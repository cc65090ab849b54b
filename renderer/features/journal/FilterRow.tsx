/** Search and filters of the log; what is filtered by a link (one run, one user) stands beside them and can be taken off. */
import { Button, Dropdown, Input, makeStyles, Option, Tag, TagGroup, tokens } from '@fluentui/react-components';
import { SearchRegular } from '@fluentui/react-icons';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '../../host/ask.ts';
import { dayChoices, eventGroups, useFilter } from './filter.ts';
import { useGroupWord } from './words.ts';

const useStyles = makeStyles({
  row: { display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  search: { width: '260px' },
  choice: { minWidth: '150px' },
});

const any = ' any';

export function FilterRow(): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('journal');
  const groupWord = useGroupWord();
  const { params, connection, change } = useFilter();
  const connections = useAsk(['connections'], (api) => api.connections.list());
  const [text, setText] = useState(params.search ?? '');
  const latest = useRef(change);
  latest.current = change;
  const typed = useRef(text);
  useEffect(() => {
    if (text === typed.current) return;
    const timer = setTimeout(() => {
      typed.current = text;
      latest.current({ search: text });
    }, 200);
    return () => clearTimeout(timer);
  }, [text]);
  // Going back, or a link, may change the search from outside.
  useEffect(() => {
    const search = params.search ?? '';
    if (search === typed.current) return;
    typed.current = search;
    setText(search);
  }, [params.search]);
  const names = (connections.data ?? []).map((one) => one.name);
  const eventName = params.event === undefined ? t('anyEvent') : groupWord(params.event);
  const dayWord = (days: string) => t('lastDays', { count: Number(days), n: days });
  const short = (id: string) => (id.length > 12 ? `${id.slice(0, 8)}…` : id);
  return (
    <search className={styles.row} aria-label={t('filters')}>
      <Input
        className={styles.search}
        data-search
        type="search"
        value={text}
        placeholder={t('search')}
        aria-label={t('search')}
        contentBefore={<SearchRegular />}
        onChange={(_, { value }) => setText(value)}
      />
      <Dropdown
        className={styles.choice}
        aria-label={t('event')}
        value={eventName}
        selectedOptions={[params.event ?? any]}
        onOptionSelect={(_, { optionValue }) => change({ event: optionValue === any ? null : (optionValue ?? null) })}
      >
        <Option value={any}>{t('anyEvent')}</Option>
        {eventGroups.map((group) => (
          <Option key={group} value={group}>
            {groupWord(group)}
          </Option>
        ))}
      </Dropdown>
      {names.length > 1 && (
        <Dropdown
          className={styles.choice}
          aria-label={t('connection')}
          value={connection ?? t('anyConnection')}
          selectedOptions={[connection ?? any]}
          onOptionSelect={(_, { optionValue }) =>
            change({ connection: optionValue === any ? '' : (optionValue ?? '') })
          }
        >
          <Option value={any}>{t('anyConnection')}</Option>
          {names.map((name) => (
            <Option key={name} value={name}>
              {name}
            </Option>
          ))}
        </Dropdown>
      )}
      <Dropdown
        className={styles.choice}
        aria-label={t('when')}
        value={params.days === undefined ? t('anyTime') : dayWord(params.days)}
        selectedOptions={[params.days ?? any]}
        onOptionSelect={(_, { optionValue }) => change({ days: optionValue === any ? null : (optionValue ?? null) })}
      >
        <Option value={any}>{t('anyTime')}</Option>
        {dayChoices.map((days) => (
          <Option key={days} value={days}>
            {dayWord(days)}
          </Option>
        ))}
      </Dropdown>
      {(params.run !== undefined || params.object !== undefined) && (
        <TagGroup onDismiss={(_, { value }) => change({ [value]: null })} aria-label={t('filters')}>
          {params.run !== undefined && (
            <Tag
              dismissible
              value="run"
              title={params.run}
              dismissIcon={{ 'aria-label': t('dropFilter', { name: short(params.run) }) }}
            >
              {t('onlyRun', { id: short(params.run) })}
            </Tag>
          )}
          {params.object !== undefined && (
            <Tag
              dismissible
              value="object"
              title={params.object}
              dismissIcon={{ 'aria-label': t('dropFilter', { name: short(params.object) }) }}
            >
              {t('onlyUser', { id: short(params.object) })}
            </Tag>
          )}
        </TagGroup>
      )}
      {Object.values(params).some((value) => value) && (
        <Button
          appearance="subtle"
          onClick={() => change({ search: null, event: null, run: null, object: null, connection: null, days: null })}
        >
          {t('clear')}
        </Button>
      )}
    </search>
  );
}
