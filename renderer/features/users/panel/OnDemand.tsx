/** A list that costs a request to Entra: nothing until asked, then the list, or why there is none. Works offline as a refusal in words. */
import { Button, MessageBar, MessageBarBody, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import { CloudArrowDownRegular } from '@fluentui/react-icons';
import { type ReactElement, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Subject, useAsk } from '../../../host/ask.ts';
import type { Api } from '../../../host/client.ts';
import type { Failure } from '../../../host/failure.ts';
import { useLate } from '../../../ui/useLate.ts';

const useStyles = makeStyles({
  box: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalS },
  button: { justifySelf: 'start' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

export function OnDemand<T>(props: {
  readonly name: readonly [Subject, ...unknown[]];
  readonly button: string;
  readonly nothing: string;
  readonly ask: (api: Api, signal: AbortSignal) => Promise<readonly T[]>;
  readonly children: (found: readonly T[]) => ReactNode;
}): ReactElement {
  const styles = useStyles();
  const { t } = useTranslation('users');
  const [asked, setAsked] = useState(false);
  const answer = useAsk(props.name, props.ask, { enabled: asked });
  const late = useLate(answer.isFetching, 4_000);
  const onClick = () => {
    if (asked) void answer.refetch();
    else setAsked(true);
  };
  return (
    <div className={styles.box} aria-busy={answer.isFetching}>
      {answer.data === undefined ? (
        <Button
          className={styles.button}
          size="small"
          icon={answer.isFetching ? <Spinner size="extra-tiny" /> : <CloudArrowDownRegular />}
          disabledFocusable={answer.isFetching}
          onClick={onClick}
        >
          {props.button}
        </Button>
      ) : (
        <Text size={200} className={styles.quiet}>
          {props.button}
        </Text>
      )}
      <div role="status">
        {late && <Text className={styles.quiet}>{t('ask.slow')}</Text>}
        {answer.error !== null && !answer.isFetching && <Refused failure={answer.error} />}
        {answer.data?.length === 0 && <Text className={styles.quiet}>{props.nothing}</Text>}
      </div>
      {answer.data !== undefined && answer.data.length > 0 && props.children(answer.data)}
    </div>
  );
}

function Refused({ failure }: { readonly failure: Failure }): ReactElement {
  const { t } = useTranslation('users');
  return (
    <MessageBar intent={failure.code === 'offline' ? 'info' : 'warning'} layout="multiline">
      <MessageBarBody>
        {[failure.message, failure.cure].filter((part) => part !== null).join(' ')} {t('ask.kept')}
      </MessageBarBody>
    </MessageBar>
  );
}
