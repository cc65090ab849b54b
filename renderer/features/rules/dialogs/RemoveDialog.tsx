/** Removing says what goes and what stays. When something uses the rule, the core refuses and names it; that is shown here. */
import { Text } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rule } from '../../../../shared/contract/rules.ts';
import { describeQuery } from '../../../ui/words.ts';
import { FormDialog } from './FormDialog.tsx';

export function RemoveDialog(props: {
  readonly rule: Rule;
  readonly onRemove: () => Promise<void>;
  readonly onClose: () => void;
}): ReactElement {
  const { t } = useTranslation('rules');
  return (
    <FormDialog
      title={t('remove.title', { name: props.rule.name })}
      action={t('remove.action')}
      onSubmit={props.onRemove}
      onClose={props.onClose}
    >
      <Text>{t('remove.text')}</Text>
      <Text italic>{describeQuery(props.rule.query)}.</Text>
    </FormDialog>
  );
}
