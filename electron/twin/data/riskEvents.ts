/**
 * The past of a risky user: history items and risk detections, computed on demand from the seed, plus what happened
 * since the twin started. Entra keeps 90 days of both; nothing older is served.
 */
import { hash, pick } from './hash.ts';
import { guid } from './ids.ts';
import type { RiskStore } from './riskStore.ts';
import { formatTicks, toMs, toTicks } from './ticks.ts';

const DAY = 86_400_000;
const KEPT = 90 * DAY;

export type HistoryItem = Readonly<Record<string, unknown>> & { readonly id: string };
export type Detection = Readonly<Record<string, unknown>> & {
  readonly id: string;
  readonly userId: string;
  readonly detectedDateTime: string;
};

/** `riskEventType` values with the time at which Entra notices them (Microsoft: risk detection types). */
const eventTypes: readonly [readonly [string, string], ...(readonly [string, string])[]] = [
  ['unfamiliarFeatures', 'realtime'],
  ['anonymizedIPAddress', 'realtime'],
  ['unlikelyTravel', 'offline'],
  ['mcasImpossibleTravel', 'offline'],
  ['passwordSpray', 'offline'],
  ['leakedCredentials', 'offline'],
  ['maliciousIPAddress', 'offline'],
  ['anomalousToken', 'realtime'],
  ['attackerinTheMiddle', 'offline'],
  ['suspiciousInboxForwarding', 'offline'],
  ['newCountry', 'offline'],
  ['attemptedPrtAccess', 'offline'],
  ['userReportedSuspiciousActivity', 'offline'],
];

const places: readonly [readonly [string, string, string], ...(readonly [string, string, string])[]] = [
  ['Lisbon', 'Lisboa', 'PT'],
  ['Lagos', 'Lagos', 'NG'],
  ['Osaka', 'Osaka', 'JP'],
  ['Denver', 'Colorado', 'US'],
  ['Kraków', 'Małopolskie', 'PL'],
  ['São Paulo', 'São Paulo', 'BR'],
];

function names(store: RiskStore, level: number, state: number, detail: number) {
  return {
    riskLevel: store.enums.level.names[level] ?? 'none',
    riskState: store.enums.state.names[state] ?? 'none',
    riskDetail: store.enums.detail.names[detail] ?? 'none',
  };
}

/** The history of one user, oldest first, no older than 90 days before `now` (epoch ms). */
export function historyOf(store: RiskStore, index: number, now: number): readonly HistoryItem[] {
  const userId = store.ids.of(index);
  const since = store.changes.get(index) ?? [];
  const first = since[0]?.at ?? toMs(store.updated[index] ?? 0);
  const item = (at: number, n: number, risk: ReturnType<typeof names>, initiatedBy: string | null): HistoryItem => ({
    id: `${userId}${toTicks(at)}${n}`,
    userId,
    isDeleted: false,
    isProcessing: false,
    ...risk,
    riskLastUpdatedDateTime: formatTicks(toTicks(at)),
    userDisplayName: store.people.displayName(index),
    userPrincipalName: store.people.userPrincipalName(index),
    initiatedBy,
    activity: {
      detail: risk.riskDetail,
      riskEventTypes: risk.riskState === 'atRisk' ? [pick(eventTypes, hash(store.seed, index, 31 + n))[0]] : [],
    },
  });
  const items: HistoryItem[] = [];
  const before = 1 + (hash(store.seed, index, 30) % 3);
  for (let n = before; n > 0; n--) {
    const at = first - n * (1 + (hash(store.seed, index, 40 + n) % 9)) * DAY;
    items.push(item(at, n, { riskLevel: n % 2 ? 'low' : 'medium', riskState: 'atRisk', riskDetail: 'none' }, null));
  }
  if (since.length === 0) {
    const risk = names(store, store.level[index] ?? 0, store.state[index] ?? 0, store.detail[index] ?? 0);
    items.push(item(first, 0, risk, null));
  }
  for (const [n, change] of since.entries()) {
    const risk = names(store, change.level, change.state, change.detail);
    items.push(item(change.at, 100 + n, risk, risk.riskDetail.startsWith('admin') ? store.ids.of(0) : null));
  }
  return items.filter(
    (each) => Date.parse(String(each.riskLastUpdatedDateTime).slice(0, 23).concat('Z')) >= now - KEPT,
  );
}

/** The detections of one user, newest first, no older than 90 days before `now` (epoch ms). */
export function detectionsOf(store: RiskStore, index: number, now: number): readonly Detection[] {
  const { seed } = store;
  const userId = store.ids.of(index);
  const detections: Detection[] = [];
  let at = toMs(store.updated[index] ?? 0);
  for (let n = 0; n < 1 + (hash(seed, index, 50) % 4); n++) {
    const h = hash(seed, index, 51 + n);
    at -= n === 0 ? h % 3_600_000 : (1 + (h % 5)) * DAY;
    if (at < now - KEPT) continue;
    const [riskEventType, detectionTimingType] = pick(eventTypes, h >>> 3);
    const [city, state, countryOrRegion] = pick(places, h >>> 5);
    const when = formatTicks(toTicks(at, h % 10_000));
    detections.push({
      id: guid(seed, index, 0x2000 + n * 4)
        .replaceAll('-', '')
        .padEnd(64, '0'),
      requestId: guid(seed, index, 0x3000 + n * 4),
      correlationId: guid(seed, index, 0x4000 + n * 4),
      riskEventType,
      ...names(store, store.level[index] ?? 0, store.state[index] ?? 0, store.detail[index] ?? 0),
      source: 'IdentityProtection',
      detectionTimingType,
      activity: riskEventType === 'leakedCredentials' ? 'user' : 'signin',
      tokenIssuerType: 'AzureAD',
      ipAddress: `203.0.113.${h % 254}`,
      activityDateTime: when,
      detectedDateTime: when,
      lastUpdatedDateTime: when,
      userId,
      userDisplayName: store.people.displayName(index),
      userPrincipalName: store.people.userPrincipalName(index),
      additionalInfo: '[{"Key":"userAgent","Value":"Mozilla/5.0"}]',
      location: { city, state, countryOrRegion, geoCoordinates: { latitude: 38.7, longitude: -9.1 } },
    });
  }
  return detections;
}
