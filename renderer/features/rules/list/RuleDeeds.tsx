/** Opens the dialog of one deed on one rule, and says afterwards what was done. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rule } from '../../../../shared/contract/rules.ts';
import { exactTime } from '../../../ui/format.ts';
import { ExceptionsDialog } from '../dialogs/ExceptionsDialog.tsx';
import { FolderDialog } from '../dialogs/FolderDialog.tsx';
import { MuteDialog } from '../dialogs/MuteDialog.tsx';
import { NameDialog } from '../dialogs/NameDialog.tsx';
import { RemoveDialog } from '../dialogs/RemoveDialog.tsx';
import { freeName } from '../model/names.ts';
import type { RuleDeed } from './RuleRow.tsx';
import type { RuleWrites } from './useRuleWrites.ts';

export function RuleDeeds(props: {
  readonly what: RuleDeed;
  readonly rule: Rule;
  readonly rules: readonly Rule[];
  readonly writes: RuleWrites;
  readonly onSaid: (text: string) => void;
  readonly onClose: () => void;
}): ReactElement | null {
  const { t } = useTranslation('rules');
  const { rule, rules, writes, onSaid, onClose } = props;
  const { name } = rule;
  switch (props.what) {
    case 'rename':
      return (
        <NameDialog
          title={t('rename.title', { name })}
          action={t('rename.action')}
          first={name}
          own={name}
          rules={rules}
          onClose={onClose}
          onName={async (next) => {
            await writes.update(name, { name: next });
            onSaid(t('said.rename', { name, next }));
          }}
        />
      );
    case 'clone':
      return (
        <NameDialog
          title={t('clone.title', { name })}
          action={t('clone.action')}
          first={freeName(rules, name)}
          rules={rules}
          onClose={onClose}
          onName={async (next) => {
            await writes.clone(name, next);
            onSaid(t('said.clone', { name, next }));
          }}
        />
      );
    case 'mute':
      return (
        <MuteDialog
          rule={rule}
          onClose={onClose}
          onMute={async (until) => {
            await writes.update(name, { mutedUntil: until });
            onSaid(t('said.mute', { name, until: exactTime(until) }));
          }}
        />
      );
    case 'exceptions':
      return (
        <ExceptionsDialog
          of={name}
          rules={rules}
          chosen={rule.exceptions}
          onClose={onClose}
          onChoose={async (names) => {
            await writes.update(name, { exceptions: [...names] });
            onSaid(t('said.exceptions', { name, count: names.length }));
          }}
        />
      );
    case 'folder':
      return (
        <FolderDialog
          rule={rule}
          rules={rules}
          onClose={onClose}
          onMove={async (folder) => {
            await writes.update(name, { folder });
            onSaid(folder === null ? t('said.noFolder', { name }) : t('said.folder', { name, folder }));
          }}
        />
      );
    case 'remove':
      return (
        <RemoveDialog
          rule={rule}
          onClose={onClose}
          onRemove={async () => {
            await writes.remove(name);
            onSaid(t('said.remove', { name }));
          }}
        />
      );
    case 'unmute':
    case 'export':
      return null;
  }
}
