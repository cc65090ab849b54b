/** An import changes rules as an edit does: the journal keeps what each one says, not its name alone. */
import { createRouterClient } from '@orpc/server';
import { expect, it } from 'vitest';
import { openTestCore } from '../harness/openTestCore.ts';

it('journals every imported rule with its query', async () => {
  const test = await openTestCore({ twin: { users: 10 } });
  try {
    const client = createRouterClient(test.core.router, { context: {} });
    const query = { combinator: 'and', rules: [{ field: 'riskLevel', operator: '=', value: 'high' }] };
    const rules = ['First', 'Second'].map((name) => ({ name, query }));
    await client.rules.import({ file: { riskdesk: 'rules', version: 1, rules } });
    const { rows } = await client.journal.list({ filter: { event: 'rule.added' }, limit: 10 });
    expect(rows).toHaveLength(2);
    for (const { after, detail, who } of rows) {
      expect(JSON.parse(after ?? '')).toMatchObject({ query: { rules: [{ field: 'riskLevel', value: 'high' }] } });
      expect(detail).toContain(JSON.parse(after ?? '').name);
      expect(who).toBe('tester');
    }
  } finally {
    await test.close();
  }
});
