/** Made-up risky users for measurements: the same for the same number, random-looking ids, realistic proportions. */
import type { RiskyUserIn } from '../../../electron/core/store/tables/riskyUserIn.ts';

const first =
  'Anna Bernd Carla Dieter Emma Felix Greta Hans Ines Jonas Klara Lars Mia Nils Olga Paul Rita Sven Tina Udo'.split(
    ' ',
  );
const last =
  'Miller Smith Johnson Garcia Schneider Fischer Weber Becker Hoffmann Schulz Koch Bauer Richter Klein Wolf'.split(' ');
const levels = ['none', 'low', 'low', 'low', 'medium', 'medium', 'medium', 'high', 'high', 'none'];
const states = ['dismissed', 'atRisk', 'atRisk', 'atRisk', 'atRisk', 'atRisk', 'confirmedCompromised', 'remediated'];
const details = ['none', 'none', 'none', 'adminDismissedAllRiskForUser', 'userPerformedSecuredPasswordChange'];

/** A small generator of 32-bit numbers (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return (value ^ (value >>> 14)) >>> 0;
  };
}

function pick<Item>(items: readonly Item[], number: number): Item {
  const item = items[number % items.length];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

/** Users number `from` to `from + count - 1`. `now`: epoch ms; their Entra times lie in the 400 days before it. */
export function people(from: number, count: number, now: number): RiskyUserIn[] {
  const users: RiskyUserIn[] = [];
  for (let n = from; n < from + count; n += 1) {
    const random = randomNumbers(n * 7919 + 17);
    const hex = [random(), random(), random(), random()].map((part) => part.toString(16).padStart(8, '0')).join('');
    const given = pick(first, random());
    const family = pick(last, random());
    const objectId = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
    users.push({
      objectId,
      userPrincipalName: random() % 200 === 0 ? null : `${given}.${family}${n}@contoso${random() % 7}.example.com`,
      displayName: random() % 100 === 0 ? null : `${given} ${family}`,
      riskLevel: pick(levels, random()),
      riskState: pick(states, random()),
      riskDetail: pick(details, random()),
      updatedAt: random() % 500 === 0 ? null : now - (random() % 34_560_000) * 1000 - (random() % 1000),
      isDeleted: random() % 100 === 0,
      isProcessing: random() % 300 === 0,
    });
  }
  return users;
}
