/** What stands between a plan and its run. */
import { MessageBar, MessageBarBody, makeStyles, tokens } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../../../shared/model/settings.ts';
import { useAsk } from '../../../host/ask.ts';
import { count } from '../../../ui/format.ts';
import { useForm } from '../form/drafts.ts';
import { NumberField, SwitchField } from '../form/fields.tsx';
import { type Bounds, linesOf, numberOf } from '../form/numbers.ts';
import { Section } from '../form/Section.tsx';
import { useSave } from '../form/useSave.ts';
import { ProtectedGroups } from './ProtectedGroups.tsx';
import { faultOf } from './ProtectedList.tsx';
import { ProtectedUsers } from './ProtectedUsers.tsx';

const useStyles = makeStyles({
  row: { display: 'flex', gap: tokens.spacingHorizontalXXL, flexWrap: 'wrap', alignItems: 'flex-start' },
  half: { flex: '1 1 260px' },
});

const cap: Bounds = { min: 0, max: 1_000_000, whole: true };
const approval: Bounds = { min: 1, max: 336, whole: false };
const flap: Bounds = { min: 0, max: 8_760, whole: false };

export function Guardrails(props: { readonly settings: Settings }): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('settings');
  const stored = props.settings.guardrails;
  const host = useAsk(['host'], (api) => api.host.info());
  const save = useSave();
  const form = useForm('guardrails', {
    readOnly: stored.readOnly,
    approveAutomatic: stored.approveAutomatic,
    cap: String(stored.cap),
    approvalHours: String(stored.approvalHours),
    flapHours: String(stored.flapHours),
    protectedUsers: stored.protectedUsers.join('\n'),
    protectedGroups: stored.protectedGroups.join('\n'),
  });
  const users = linesOf(form.text('protectedUsers'));
  const groups = linesOf(form.text('protectedGroups'));
  const wantedCap = numberOf(form.text('cap'), cap);
  const wantedApproval = numberOf(form.text('approvalHours'), approval);
  const wantedFlap = numberOf(form.text('flapHours'), flap);
  const userFault = faultOf(form.text('protectedUsers'), 320, 10_000);
  const groupFault = faultOf(form.text('protectedGroups'), 64, 100);
  const faults = [
    wantedCap === null,
    wantedApproval === null,
    wantedFlap === null,
    userFault !== null,
    groupFault !== null,
  ].filter(Boolean).length;
  const onOff = (on: boolean) => t(on ? 'form.on' : 'form.off');
  const onSave = () =>
    save([
      {
        key: 'guardrails.readOnly',
        value: form.on('readOnly'),
        label: t('guard.readOnly'),
        before: onOff(stored.readOnly),
        after: onOff(form.on('readOnly')),
      },
      {
        key: 'guardrails.cap',
        value: wantedCap,
        label: t('guard.cap'),
        before: count(stored.cap),
        after: count(wantedCap ?? 0),
      },
      {
        key: 'guardrails.approveAutomatic',
        value: form.on('approveAutomatic'),
        label: t('guard.approve'),
        before: onOff(stored.approveAutomatic),
        after: onOff(form.on('approveAutomatic')),
      },
      {
        key: 'guardrails.approvalHours',
        value: wantedApproval,
        label: t('guard.approvalHours'),
        before: String(stored.approvalHours),
        after: String(wantedApproval),
      },
      {
        key: 'guardrails.flapHours',
        value: wantedFlap,
        label: t('guard.flap'),
        before: String(stored.flapHours),
        after: String(wantedFlap),
      },
      {
        key: 'guardrails.protectedUsers',
        value: users,
        label: t('guard.users'),
        ...listed(stored.protectedUsers, users),
      },
      {
        key: 'guardrails.protectedGroups',
        value: groups,
        label: t('guard.groups'),
        ...listed(stored.protectedGroups, groups),
      },
    ]);
  return (
    <Section title={t('guard.title')} text={t('guard.text')} form={form} faults={faults} onSave={onSave}>
      {host.data?.readOnly != null && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{t('guard.hostReadOnly', { why: host.data.readOnly })}</MessageBarBody>
        </MessageBar>
      )}
      <SwitchField form={form} name="readOnly" label={t('guard.readOnly')} hint={t('guard.readOnlyHint')} />
      <SwitchField form={form} name="approveAutomatic" label={t('guard.approve')} hint={t('guard.approveHint')} />
      <div className={styles.row}>
        <div className={styles.half}>
          <NumberField
            form={form}
            name="cap"
            label={t('guard.cap')}
            hint={t('guard.capHint')}
            unit={t('unit.users')}
            bounds={cap}
          />
        </div>
        <div className={styles.half}>
          <NumberField
            form={form}
            name="flapHours"
            label={t('guard.flap')}
            hint={t('guard.flapHint')}
            unit={t('unit.hours')}
            bounds={flap}
          />
        </div>
        <div className={styles.half}>
          <NumberField
            form={form}
            name="approvalHours"
            label={t('guard.approvalHours')}
            hint={t('guard.approvalHoursHint')}
            unit={t('unit.hours')}
            bounds={approval}
          />
        </div>
      </div>
      <ProtectedUsers form={form} lines={users} fault={userFault} />
      <ProtectedGroups form={form} lines={groups} fault={groupFault} />
    </Section>
  );
}

/** Lists are named by what came and what went; the whole may be long. */
function listed(
  before: readonly string[],
  after: readonly string[],
): { readonly before: string; readonly after: string } {
  const same = before.length === after.length && before.every((one, index) => one === after[index]);
  const added = after.filter((one) => !before.includes(one));
  const removed = before.filter((one) => !after.includes(one));
  const parts = [...added.map((one) => `+ ${one}`), ...removed.map((one) => `− ${one}`)];
  const shown = parts.slice(0, 5).join(', ') + (parts.length > 5 ? ', …' : '');
  return { before: count(before.length), after: same ? count(before.length) : `${count(after.length)} (${shown})` };
}
