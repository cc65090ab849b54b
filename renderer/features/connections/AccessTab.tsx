/** The live test of a stored connection. Asks Entra once when opened, then only when told to. */
import { Button, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/model/connection.ts';
import { useAsk } from '../../host/ask.ts';
import { ago, exactTime } from '../../ui/format.ts';
import { ErrorState } from '../../ui/States.tsx';
import { fieldOf } from './draft.ts';
import { TestResult } from './TestResult.tsx';

const useStyles = makeStyles({
  box: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
});

export function AccessTab(props: { readonly connection: Connection; readonly onEdit: () => void }): ReactElement {
  const { t } = useTranslation('connections');
  const styles = useStyles();
  const { connection } = props;
  const test = useAsk(['host', 'connection-test', connection.name], async (api) => ({
    at: new Date().toISOString(),
    result: await api.connections.test({ name: connection.name }),
  }));
  const problem = test.data?.result.problem;
  return (
    <div className={styles.box}>
      <div className={styles.head}>
        <Button onClick={() => void test.refetch()} disabledFocusable={test.isFetching}>
          {t('act.testAgain')}
        </Button>
        <span role="status">
          {test.isFetching ? (
            <Spinner size="tiny" label={t('test.running')} />
          ) : (
            test.data && (
              <Text size={200} title={exactTime(test.data.at)}>
                {t(test.data.result.ok ? 'test.passed' : 'test.notPassed', { when: ago(test.data.at) })}
              </Text>
            )
          )}
        </span>
      </div>
      {test.error !== null && <ErrorState failure={test.error} again={() => void test.refetch()} />}
      {test.data !== undefined && (
        <TestResult
          test={test.data.result}
          mend={fieldOf(problem?.field, 'secret') === null ? null : { words: t('act.edit'), go: props.onEdit }}
        />
      )}
    </div>
  );
}
