/** The sentence of a rule in German says what the English one says. */
import { describe, expect, it } from 'vitest';
import { checkQuery } from '../../../shared/rules/check.ts';
import { describeQuery } from '../../../shared/rules/describe.ts';

function german(query: unknown): string {
  const checked = checkQuery(query);
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return describeQuery(checked.query, 'de');
}

describe('a rule in German', () => {
  it.each([
    [{ field: 'riskLevel', operator: '=', value: 'high' }, 'Die Risikostufe ist Hoch'],
    [{ field: 'score', operator: 'between', value: [0, 375] }, 'Der Wert liegt zwischen 0 und 375'],
    [{ field: 'isGuest', operator: '=', value: false }, 'Der Benutzer ist kein Gast'],
    [{ field: 'isDeleted', operator: '!=', value: true }, 'Der Benutzer ist nicht gelöscht'],
    [
      { field: 'lastUpdatedWithinDays', operator: '<=', value: 1 },
      'Die letzte Aktualisierung liegt höchstens 1 Tag zurück',
    ],
    [{ field: 'displayName', operator: 'null', value: null }, 'Der Anzeigename ist leer'],
    [
      { field: 'grouping', operator: 'notIn', value: ['High', 'Low'] },
      'Die Gruppierung ist keiner der Werte Hoch, Niedrig',
    ],
    [{ field: 'displayName', operator: 'contains', value: 'a und b' }, 'Der Anzeigename enthält "a und b"'],
  ])('%j', (rule, sentence) => {
    expect(german({ combinator: 'and', rules: [rule] })).toBe(sentence);
  });

  it('keeps groups apart', () => {
    const score = { field: 'score', operator: '<', value: 400 };
    const guest = { field: 'isGuest', operator: '=', value: true };
    const query = {
      combinator: 'and',
      rules: [score, { combinator: 'or', rules: [score, guest] }, { combinator: 'and', not: true, rules: [guest] }],
    };
    expect(german(query)).toBe(
      'Der Wert ist kleiner als 400 und (der Wert ist kleiner als 400 oder der Benutzer ist ein Gast) ' +
        'und nicht (der Benutzer ist ein Gast)',
    );
  });
});
