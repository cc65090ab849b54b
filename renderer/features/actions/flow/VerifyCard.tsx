/** Whether what Graph accepted shows: reads back once, or again and again while the page is open, and can be stopped. */
import { Button, Text } from '@fluentui/react-components';
import { type ReactElement, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { needsGroup } from '../../../../shared/model/action.ts';
import type { Run } from '../../../../shared/model/run.ts';
import { queryClient, useAsk } from '../../../host/ask.ts';
import { count } from '../../../ui/format.ts';
import { Problem } from '../parts/Problem.tsx';
import { usePage } from '../parts/page.ts';
import { canBeReadBack, hasEnded } from '../words.ts';

const everySeconds = 15;

export function VerifyCard(props: { readonly run: Run; readonly byItself: boolean }): ReactElement {
  const page = usePage();
  const { t } = useTranslation('actions');
  const { run } = props;
  const { runId, kind, counts } = run;
  const [looking, setLooking] = useState(props.byItself);
  const readable = canBeReadBack(kind) && counts.succeeded > 0 && hasEnded(run);
  const { verified, pending, notApplied } = run.verification;
  const unread = counts.succeeded - verified - pending - notApplied;
  const settled = pending === 0 && unread === 0;
  const look = useAsk(['host', 'read-back', runId], (api) => api.actions.verify({ runId }), {
    enabled: readable && looking && !settled,
    refetchInterval: looking && !settled ? everySeconds * 1_000 : false,
  });
  const seenAt = look.dataUpdatedAt;
  useEffect(() => {
    if (seenAt > 0) void queryClient.invalidateQueries({ queryKey: ['runs'] });
  }, [seenAt]);
  const line = (key: 'verified' | 'pending' | 'notApplied' | 'unread', users: number) =>
    users > 0 && <li key={key}>{t(`verify.${key}`, { count: users, n: count(users) })}</li>;
  const text = !canBeReadBack(kind)
    ? 'verify.not'
    : !hasEnded(run)
      ? 'verify.later'
      : counts.succeeded === 0
        ? 'verify.nobody'
        : needsGroup(kind)
          ? 'verify.waitGroup'
          : 'verify.wait';
  return (
    <section className={page.card} aria-label={t('verify.title')}>
      <Text as="h3" weight="semibold" size={400} className={page.title}>
        {t('verify.title')}
      </Text>
      {readable && (
        <div role="status">
          <ul className={page.list}>
            {line('verified', verified)}
            {line('pending', pending)}
            {line('notApplied', notApplied)}
            {line('unread', unread)}
          </ul>
        </div>
      )}
      {notApplied > 0 && <Text>{t('verify.notAppliedText')}</Text>}
      {!(readable && settled) && <Text className={page.quiet}>{t(text)}</Text>}
      <Problem failure={look.error} />
      {readable && (!settled || notApplied > 0) && (
        <div className={page.row}>
          {looking && !settled ? (
            <>
              <Text size={200}>{t('verify.looking', { n: everySeconds })}</Text>
              <Button size="small" onClick={() => setLooking(false)}>
                {t('verify.stop')}
              </Button>
            </>
          ) : (
            <>
              <Button disabledFocusable={look.isFetching} onClick={() => void look.refetch()}>
                {t('verify.check')}
              </Button>
              {!settled && <Button onClick={() => setLooking(true)}>{t('verify.look')}</Button>}
            </>
          )}
        </div>
      )}
    </section>
  );
}
