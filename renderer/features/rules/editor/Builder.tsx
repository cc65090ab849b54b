/** The visual editor: react-querybuilder keeps the tree, our own Fluent controls draw it. */
import { makeStyles } from '@fluentui/react-components';
import { memo, type ReactElement } from 'react';
import { QueryBuilder } from 'react-querybuilder';
import { fields } from '../../../../shared/rules/fields.ts';
import { maxDepth, operators } from '../../../../shared/rules/schema.ts';
import { setQuery } from '../model/draft.ts';
import { type EditorGroup, newId } from '../model/query.ts';
import { firstOperator, firstValue } from '../model/values.ts';
import { ConditionRow } from './ConditionRow.tsx';
import { GroupBox } from './GroupBox.tsx';

const useStyles = makeStyles({
  box: {
    containerType: 'inline-size',
    containerName: 'builder',
    minWidth: 0,
    '& .rd-plain': { border: 'none', margin: 0, padding: 0, minWidth: 0 },
  },
});

// Our own controls draw the words; these only have to be known.
const fieldOptions = fields.map(({ name }) => ({ name, label: name }));
const operatorOptions = operators.map((name) => ({ name, label: name }));
// One identity for all drawings: react-querybuilder keeps its handlers, and with them the rows, as long as these stay.
const onQueryChange = (query: EditorGroup) => setQuery(query);
const defaultValue = (rule: { readonly field: string }) => firstValue(rule.field);
const controls = { rule: ConditionRow, ruleGroup: GroupBox };

export const Builder = memo(function Builder(props: { readonly query: EditorGroup }): ReactElement {
  const styles = useStyles();
  return (
    <div className={styles.box}>
      <QueryBuilder
        query={props.query}
        onQueryChange={onQueryChange}
        fields={fieldOptions}
        operators={operatorOptions}
        getDefaultOperator={firstOperator}
        getDefaultValue={defaultValue}
        controlElements={controls}
        maxLevels={maxDepth - 1}
        enableMountQueryChange={false}
        resetOnOperatorChange={false}
        listsAsArrays
        suppressStandardClassnames
        idGenerator={newId}
      />
    </div>
  );
});
