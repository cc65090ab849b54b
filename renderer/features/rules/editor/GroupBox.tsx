/** A group: And or Or, Not, its conditions and groups, and the buttons that add to it. */
import { Button, makeStyles, mergeClasses, Text, ToggleButton, Tooltip, tokens } from '@fluentui/react-components';
import { AddRegular, BracesRegular, CopyRegular, DismissRegular, ErrorCircleFilled } from '@fluentui/react-icons';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { RuleGroupBodyComponents, type RuleGroupProps, useRuleGroup } from 'react-querybuilder';
import { maxDepth } from '../../../../shared/rules/schema.ts';
import { emptyQuery, setFocus } from '../model/draft.ts';
import { newId, readQuery } from '../model/query.ts';
import { firstOperator, firstValue } from '../model/values.ts';
import { useGroupProblem } from './problems.ts';

const useStyles = makeStyles({
  group: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    borderLeft: `3px solid ${tokens.colorBrandStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
    padding: `${tokens.spacingVerticalS} 0 ${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    minWidth: 0,
  },
  inner: { backgroundColor: tokens.colorNeutralBackground2, paddingRight: tokens.spacingHorizontalS },
  negated: { borderLeftColor: tokens.colorNeutralStrokeAccessible, borderLeftStyle: 'dashed' },
  row: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS, flexWrap: 'wrap' },
  switch: { display: 'inline-flex' },
  end: { marginLeft: 'auto' },
  meaning: { color: tokens.colorNeutralForeground2 },
  problem: { display: 'flex', gap: tokens.spacingHorizontalXS, color: tokens.colorPaletteRedForeground1 },
});

/** Conditions that a fresh one copies its field from: the last of the group, so that a list is quick to write. */
function freshCondition(field: string) {
  return { id: newId(), field, operator: firstOperator(field), value: firstValue(field) };
}

export function GroupBox(props: RuleGroupProps): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('rules');
  const group = useRuleGroup(props);
  const { ruleGroup, path, actions } = props;
  const problem = useGroupProblem(path);
  const negated = ruleGroup.not === true;
  const combinator = 'combinator' in ruleGroup ? ruleGroup.combinator : 'and';
  const deepest = path.length + 1 >= maxDepth;
  const number = path.map((at) => at + 1).join('.');

  const setCombinator = (next: string) => actions.onPropChange('combinator', next, path);
  const addCondition = () => {
    const fresh = freshCondition('riskLevel');
    actions.onRuleAdd(fresh, path);
    setFocus(fresh.id);
  };
  const addGroup = () => {
    if (deepest) return;
    const fresh = { ...emptyQuery(), combinator: combinator === 'and' ? 'or' : 'and' };
    actions.onGroupAdd(fresh, path);
    setFocus(fresh.rules[0]?.id ?? null);
  };
  const clone = () => {
    const copy = readQuery(
      JSON.parse(JSON.stringify(ruleGroup, (key, value: unknown) => (key === 'id' ? undefined : value))),
    );
    if (copy !== null) actions.onGroupAdd(copy, path.slice(0, -1));
  };
  const adders = (
    <div className={styles.row} data-adders>
      <Button size="small" icon={<AddRegular />} onClick={addCondition}>
        {t('group.addCondition')}
      </Button>
      <Tooltip
        relationship="description"
        content={t(deepest ? 'group.tooDeep' : 'group.addGroupHint', { depth: maxDepth })}
      >
        <Button size="small" icon={<BracesRegular />} disabledFocusable={deepest} onClick={addGroup}>
          {t('group.addGroup')}
        </Button>
      </Tooltip>
    </div>
  );

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out in every browser
    <div
      role="group"
      data-group
      aria-label={path.length === 0 ? t('group.root') : t('group.label', { number })}
      className={mergeClasses(styles.group, path.length > 0 && styles.inner, negated && styles.negated)}
    >
      <div className={styles.row}>
        <span className={styles.switch}>
          <ToggleButton size="small" checked={combinator === 'and'} onClick={() => setCombinator('and')}>
            {t('group.and')}
          </ToggleButton>
          <ToggleButton size="small" checked={combinator === 'or'} onClick={() => setCombinator('or')}>
            {t('group.or')}
          </ToggleButton>
        </span>
        <ToggleButton size="small" checked={negated} onClick={() => actions.onPropChange('not', !negated, path)}>
          {t('group.not')}
        </ToggleButton>
        <Text size={200} className={styles.meaning}>
          {t(`group.meaning.${combinator === 'or' ? 'or' : 'and'}${negated ? 'Not' : ''}`)}
        </Text>
        {path.length > 0 && (
          <span className={styles.end}>
            <Tooltip relationship="label" content={t('group.clone')}>
              <Button size="small" appearance="subtle" icon={<CopyRegular />} onClick={clone} />
            </Tooltip>
            <Tooltip relationship="label" content={t('group.remove')}>
              <Button
                size="small"
                appearance="subtle"
                icon={<DismissRegular />}
                onClick={() => actions.onGroupRemove(path)}
              />
            </Tooltip>
          </span>
        )}
      </div>
      <RuleGroupBodyComponents {...group} />
      {problem !== null && (
        <Text size={200} className={styles.problem} role="alert">
          <ErrorCircleFilled aria-hidden />
          {problem}
        </Text>
      )}
      {adders}
    </div>
  );
}
