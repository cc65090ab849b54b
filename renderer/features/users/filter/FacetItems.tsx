/** The values of one filter as menu items: boxes where several go together, dots where one does. */
import { MenuItemCheckbox, MenuItemRadio } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import type { FilterChoice } from './filterChoices.ts';

export function FacetItems({ choice }: { readonly choice: FilterChoice }): ReactElement {
  const all = [...choice.options, ...choice.values.filter((value) => !choice.options.includes(value))];
  return (
    <>
      {all.map((value) =>
        choice.many ? (
          <MenuItemCheckbox key={value} name={choice.name} value={value}>
            {choice.labelOf(value)}
          </MenuItemCheckbox>
        ) : (
          <MenuItemRadio key={value} name={choice.name} value={value}>
            {choice.labelOf(value)}
          </MenuItemRadio>
        ),
      )}
    </>
  );
}
