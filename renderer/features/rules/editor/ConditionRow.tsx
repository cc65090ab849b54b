/** One condition: field, operator, value, and beside them what is wrong with it. */
import { Button, Field, makeStyles, Select, tokens } from '@fluentui/react-components';
import { CopyRegular, DismissRegular } from '@fluentui/react-icons';
import { memo, type ReactElement, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { RuleProps } from 'react-querybuilder';
import { type FieldSpec, readField } from '../../../../shared/rules/fields.ts';
import { fieldLabel } from '../../../ui/words.ts';
import { setFocus, useDraft } from '../model/draft.ts';
import { newId } from '../model/query.ts';
import { fieldGroups, isUnfinished, operatorsOf } from '../model/values.ts';
import { ValueEditor } from '../values/ValueEditor.tsx';
import { useConditionProblem } from './problems.ts';

const useStyles = makeStyles({
  row: {
    display: 'grid',
    gridTemplateColumns: 'minmax(130px, 230px) minmax(120px, 160px) minmax(150px, 1fr) auto',
    gap: tokens.spacingHorizontalS,
    alignItems: 'start',
    containerType: 'inline-size',
  },
  narrow: {
    '@container builder (max-width: 560px)': {
      gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr) auto',
      '& > [data-part="value"]': { gridColumn: '1 / span 2', gridRow: '2' },
      '& > [data-part="buttons"]': { gridColumn: '3', gridRow: '1' },
    },
  },
  select: { minWidth: 0, width: '100%' },
  buttons: { display: 'flex' },
});

/** Drawn again only for its own rule and place; the rest of what react-querybuilder hands down is not used here. */
export const ConditionRow = memo(Condition, (one, other) => {
  return one.rule === other.rule && one.actions === other.actions && one.path.join() === other.path.join();
});

function Condition(props: RuleProps): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('rules');
  const { rule, path, actions } = props;
  const box = useRef<HTMLFieldSetElement>(null);
  const wanted = useDraft((state) => state.draft?.focus === rule.id && rule.id !== undefined);
  const found = useConditionProblem(path);
  const spec = readField(rule.field);
  const value: unknown = rule.value;
  const unfinished = spec !== null && isUnfinished(rule.operator, value);
  useEffect(() => {
    if (!wanted) return;
    box.current?.querySelector('select')?.focus();
    setFocus(null);
  }, [wanted]);

  const problem = unfinished
    ? { state: 'none' as const, text: t('condition.unfinished') }
    : found === null
      ? null
      : { state: 'error' as const, text: found };
  const set = (prop: 'field' | 'operator' | 'value') => (next: unknown) => actions.onPropChange(prop, next, path);
  const clone = () => {
    const copy = { ...rule, id: newId() };
    actions.onRuleAdd(copy, path.slice(0, -1));
    setFocus(copy.id);
  };
  const remove = () => {
    const group = box.current?.closest('[data-group]');
    actions.onRuleRemove(path);
    requestAnimationFrame(() => group?.querySelector<HTMLElement>(':scope > [data-adders] button')?.focus());
  };
  return (
    <fieldset
      ref={box}
      className="rd-plain"
      aria-label={t('condition.label', { number: path.map((at) => at + 1).join('.') })}
    >
      <div className={`${styles.row} ${styles.narrow}`}>
        <FieldSelect styles={styles.select} value={rule.field} known={spec} onChange={set('field')} />
        {spec === null ? (
          <Select className={styles.select} aria-label={t('condition.operator')} value={rule.operator}>
            <option value={rule.operator}>{rule.operator}</option>
          </Select>
        ) : (
          <OperatorSelect styles={styles.select} spec={spec} value={rule.operator} onChange={set('operator')} />
        )}
        <Field
          data-part="value"
          validationState={problem?.state ?? 'none'}
          {...(problem === null ? {} : { validationMessage: problem.text })}
        >
          {spec === null ? (
            <span />
          ) : (
            <ValueEditor spec={spec} operator={rule.operator} value={value} onChange={set('value')} />
          )}
        </Field>
        <span className={styles.buttons} data-part="buttons">
          {/* A title, not a Tooltip: there may be 200 rows of these. */}
          <Button
            appearance="subtle"
            icon={<CopyRegular />}
            title={t('condition.clone')}
            aria-label={t('condition.clone')}
            onClick={clone}
          />
          <Button
            appearance="subtle"
            icon={<DismissRegular />}
            title={t('condition.remove')}
            aria-label={t('condition.remove')}
            onClick={remove}
          />
        </span>
      </div>
    </fieldset>
  );
}

function FieldSelect(props: {
  readonly styles: string;
  readonly value: string;
  readonly known: FieldSpec | null;
  readonly onChange: (field: string) => void;
}): ReactElement {
  const { t } = useTranslation('rules');
  return (
    <Select
      className={props.styles}
      aria-label={t('condition.field')}
      value={props.value}
      title={props.known === null ? props.value : fieldLabel(props.known.name)}
      onChange={(_, { value }) => props.onChange(value)}
    >
      {props.known === null && <option value={props.value}>{props.value}</option>}
      {fieldGroups.map((group) => (
        <optgroup key={group.key} label={t(`fields.${group.key}`)}>
          {group.fields.map((field) => (
            <option key={field} value={field}>
              {fieldLabel(field)}
            </option>
          ))}
        </optgroup>
      ))}
    </Select>
  );
}

function OperatorSelect(props: {
  readonly styles: string;
  readonly spec: FieldSpec;
  readonly value: string;
  readonly onChange: (operator: string) => void;
}): ReactElement {
  const { t } = useTranslation('rules');
  const { spec } = props;
  const kind = spec.type === 'date' || spec.type === 'days' ? spec.type : 'other';
  return (
    <Select
      className={props.styles}
      aria-label={t('condition.operator')}
      value={props.value}
      onChange={(_, { value }) => props.onChange(value)}
    >
      {operatorsOf(spec, props.value).map((operator) => (
        <option key={operator} value={operator}>
          {t([`operators.${kind}.${operator}`, `operators.other.${operator}`], { defaultValue: operator })}
        </option>
      ))}
    </Select>
  );
}
