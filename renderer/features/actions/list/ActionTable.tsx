/** Saved actions: what each does, for whom, and the way to its plan. */
import {
  Badge,
  Button,
  Link,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Switch,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  Text,
  Tooltip,
} from '@fluentui/react-components';
import { MoreHorizontalRegular } from '@fluentui/react-icons';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Action } from '../../../../shared/model/action.ts';
import { useAsk, useTell } from '../../../host/ask.ts';
import { go, hrefOf } from '../../../host/navigation.ts';
import { count } from '../../../ui/format.ts';
import { Modal, ModalActions } from '../../../ui/Modal.tsx';
import { GroupMark } from '../parts/marks.tsx';
import { Problem } from '../parts/Problem.tsx';
import { usePage } from '../parts/page.ts';
import { PendingSwitch } from './PendingSwitch.tsx';

export function ActionTable(props: { readonly actions: readonly Action[] }): ReactElement {
  const page = usePage();
  const { t } = useTranslation('actions');
  const settings = useAsk(['settings'], (api) => api.settings.get());
  const [leaving, setLeaving] = useState<Action | null>(null);
  const enable = useTell(
    (api, action: { readonly name: string; readonly enabled: boolean }) =>
      api.actions.update({ name: action.name, change: { enabled: action.enabled } }),
    ['actions', 'schedule', 'journal'],
  );
  const remove = useTell((api, name: string) => api.actions.remove({ name }), ['actions', 'journal']);
  const heads = ['name', 'kind', 'rule', 'connection', 'cap', 'enabled', 'automatic'] as const;
  const defaultCap = settings.data?.guardrails.cap;
  return (
    <>
      <Problem failure={enable.error ?? remove.error} />
      <div className={page.scroll}>
        <Table aria-label={t('list.table')} size="medium" style={{ minWidth: '760px', tableLayout: 'auto' }}>
          <TableHeader>
            <TableRow>
              {heads.map((head) => (
                <TableHeaderCell key={head} className={head === 'cap' ? page.numberHead : undefined}>
                  {t(`list.${head}`)}
                </TableHeaderCell>
              ))}
              <TableHeaderCell>
                <span className={page.unseen}>{t('list.plan')}</span>
              </TableHeaderCell>
            </TableRow>
          </TableHeader>
          <TableBody>
            {props.actions.map((action) => (
              <TableRow key={action.id} className={page.line}>
                <TableCell>
                  <Link href={hrefOf('actions', { action: action.name })}>{action.name}</Link>
                </TableCell>
                <TableCell>
                  {t(`kind.${action.kind}.name`)}
                  {action.group !== null && (
                    <>
                      <br />
                      <GroupMark group={action.group} />
                    </>
                  )}
                </TableCell>
                <TableCell>
                  <Link href={hrefOf('rules', { rule: action.rule })}>{action.rule}</Link>
                </TableCell>
                <TableCell>
                  {action.connection}{' '}
                  {action.connectionRemoved && (
                    <Tooltip relationship="description" content={t('list.connectionRemovedHelp')}>
                      <Badge appearance="tint" color="danger">
                        {t('list.connectionRemoved')}
                      </Badge>
                    </Tooltip>
                  )}
                </TableCell>
                <TableCell className={page.number}>
                  {action.cap !== null
                    ? count(action.cap)
                    : defaultCap === undefined
                      ? ''
                      : t('list.capDefault', { n: count(defaultCap) })}
                </TableCell>
                <TableCell>
                  <Tooltip relationship="description" content={t('list.enabledHelp')}>
                    <Switch
                      checked={action.enabled}
                      aria-label={t('list.enable', { name: action.name })}
                      onChange={(_, { checked }) => enable.mutate({ name: action.name, enabled: checked })}
                    />
                  </Tooltip>
                </TableCell>
                <TableCell>
                  <PendingSwitch action={action} />
                </TableCell>
                <TableCell>
                  <span className={page.row} style={{ flexWrap: 'nowrap', justifyContent: 'flex-end' }}>
                    <Button
                      aria-label={t('list.planLabel', { name: action.name })}
                      onClick={() => go('actions', { action: action.name })}
                    >
                      {t('list.plan')}
                    </Button>
                    <Menu>
                      <MenuTrigger disableButtonEnhancement>
                        <Button
                          appearance="subtle"
                          icon={<MoreHorizontalRegular />}
                          aria-label={t('list.more', { name: action.name })}
                          data-more={action.id}
                        />
                      </MenuTrigger>
                      <MenuPopover>
                        <MenuList>
                          <MenuItem onClick={() => go('actions', { action: action.name, edit: '1' })}>
                            {t('list.edit')}
                          </MenuItem>
                          <MenuItem onClick={() => setLeaving(action)}>{t('list.remove')}</MenuItem>
                        </MenuList>
                      </MenuPopover>
                    </Menu>
                  </span>
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
      {leaving !== null && (
        <Modal
          title={t('list.removeTitle', { name: leaving.name })}
          returnTo={() => document.querySelector<HTMLElement>(`[data-more="${leaving.id}"]`)}
          onClose={() => setLeaving(null)}
        >
          <Text>{t('list.removeText')}</Text>
          <ModalActions>
            <Button onClick={() => setLeaving(null)}>{t('list.keep')}</Button>
            <Button
              appearance="primary"
              onClick={() => {
                remove.mutate(leaving.name);
                setLeaving(null);
              }}
            >
              {t('list.removeDo')}
            </Button>
          </ModalActions>
        </Modal>
      )}
    </>
  );
}
