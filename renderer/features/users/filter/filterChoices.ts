/** All filters in one form, whether they live in the query or beside it, with the words that the window uses for them. */
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { describeQuery, detailLabel, levelLabel, stateLabel } from '../../../ui/words.ts';
import { type FacetName, facetNames, facetOf, facets, valuesOf, withFacet } from './facets.ts';
import type { UserPlace } from './userPlace.ts';

export type FilterChoice = {
  readonly name: string;
  readonly title: string;
  readonly many: boolean;
  readonly options: readonly string[];
  readonly values: readonly string[];
  readonly labelOf: (value: string) => string;
  readonly onValues: (values: readonly string[]) => void;
};

/** A part of the query that no filter of the window knows: it is said in words and can be taken away. */
export type Stranger = { readonly sentence: string; readonly remove: () => void };

export function facetValueLabel(t: TFunction<'users'>, name: FacetName, value: string): string {
  switch (name) {
    case 'grouping':
      return value === 'none' ? t('value.noScore') : value;
    case 'level':
      return levelLabel(value);
    case 'state':
      return stateLabel(value);
    case 'detail':
      return value === 'none' ? t('value.noDetail') : detailLabel(value);
    case 'updated':
      return t('value.days', { count: Number(value) });
    case 'aggregate':
    case 'score':
      if (value === 'none') return t('value.noScore');
      return value === 'some' ? t('value.anyScore') : t('value.range', { range: value.replace('-', '–') });
    case 'guest':
      return t(value === 'true' ? 'value.guest' : 'value.member');
  }
}

export function useFilterChoices(input: {
  readonly place: UserPlace;
  readonly rules: readonly string[];
  readonly connections: readonly string[];
  readonly onPlace: (next: Partial<UserPlace>) => void;
}): { readonly choices: readonly FilterChoice[]; readonly strangers: readonly Stranger[] } {
  const { t } = useTranslation('users');
  const { place, rules, connections, onPlace } = input;
  const { parts } = place;

  const inQuery = facetNames.map(
    (name): FilterChoice => ({
      name,
      title: t(`facet.${name}`),
      many: facets[name].many,
      options: facets[name].options,
      values: valuesOf(parts, name),
      labelOf: (value) => facetValueLabel(t, name, value),
      onValues: (values) => onPlace({ parts: withFacet(parts, name, values) }),
    }),
  );
  const beside: readonly FilterChoice[] = [
    {
      name: 'deleted',
      title: t('facet.deleted'),
      many: false,
      options: ['exclude', 'only'],
      values: place.deleted === 'include' ? [] : [place.deleted],
      labelOf: (value) => t(value === 'only' ? 'value.deletedOnly' : 'value.deletedExclude'),
      onValues: ([value]) => onPlace({ deleted: value === 'only' || value === 'exclude' ? value : 'include' }),
    },
    {
      name: 'rule',
      title: t('facet.rule'),
      many: false,
      options: rules,
      values: place.rule === null ? [] : [place.rule],
      labelOf: (value) => value,
      onValues: ([value]) => onPlace({ rule: value ?? null }),
    },
    {
      name: 'connection',
      title: t('facet.connection'),
      many: false,
      options: connections,
      values: place.connection === null ? [] : [place.connection],
      labelOf: (value) => value,
      onValues: ([value]) => onPlace({ connection: value ?? null }),
    },
  ];
  const useful = ({ name, options, values }: FilterChoice) =>
    values.length > 0 || (name === 'connection' ? options.length > 1 : options.length > 0);

  // A second part of a facet is no chip of that facet, which shows the first: it is said in words.
  const seen = new Set<string>();
  const strangers: Stranger[] = [];
  for (const [index, part] of parts.entries()) {
    const name = facetOf(part)?.name;
    if (name !== undefined && !seen.has(name)) {
      seen.add(name);
      continue;
    }
    strangers.push({
      sentence: describeQuery({ combinator: 'and', rules: [part] }),
      remove: () => onPlace({ parts: parts.filter((_, at) => at !== index) }),
    });
  }
  return { choices: [...inQuery, ...beside.filter(useful)], strangers };
}
