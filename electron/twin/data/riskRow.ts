/**
 * One risky user as JSON. Pages of 500 are the hot path of every benchmark, so rows are written as bytes by
 * per-property writers that are chosen once per request; no object is made and no text is joined.
 */
import type { Bytes } from './bytes.ts';
import { DELETED, PROCESSING, type RiskStore } from './riskStore.ts';
import { writeTicks } from './ticks.ts';

/** The properties of `riskyUser` in the order of Microsoft's schema. `history` is a navigation property. */
export const riskyUserProperties = [
  'id',
  'isDeleted',
  'isProcessing',
  'riskDetail',
  'riskLastUpdatedDateTime',
  'riskLevel',
  'riskState',
  'userDisplayName',
  'userPrincipalName',
] as const;

export type RiskyUserProperty = (typeof riskyUserProperties)[number];
type Writer = (index: number, out: Bytes) => void;

function writerOf(store: RiskStore, property: RiskyUserProperty, evolved: boolean): Writer {
  const { enums, people, ids } = store;
  const label = JSON.stringify(property).concat(':');
  const quote = label.concat('"');
  switch (property) {
    case 'id':
      return (index, out) => {
        out.text(quote);
        ids.write(index, out);
        out.text('"');
      };
    case 'isDeleted':
      return (index, out) => out.text(store.has(index, DELETED) ? '"isDeleted":true' : '"isDeleted":false');
    case 'isProcessing':
      return (index, out) => out.text(store.has(index, PROCESSING) ? '"isProcessing":true' : '"isProcessing":false');
    case 'riskLastUpdatedDateTime':
      return (index, out) => {
        out.text(quote);
        writeTicks(store.updated[index] ?? 0, out);
        out.text('"');
      };
    case 'riskDetail':
      return labelled(label, (index) => enums.detail.json(store.detail[index] ?? 0, evolved));
    case 'riskLevel':
      return labelled(label, (index) => enums.level.json(store.level[index] ?? 0, evolved));
    case 'riskState':
      return labelled(label, (index) => enums.state.json(store.state[index] ?? 0, evolved));
    case 'userDisplayName':
      return (index, out) => {
        out.text(label);
        people.writeDisplayName(index, out);
      };
    case 'userPrincipalName':
      return (index, out) => {
        out.text(label);
        people.writeUserPrincipalName(index, out);
      };
  }
}

function labelled(label: string, value: (index: number) => string): Writer {
  return (index, out) => {
    out.text(label);
    out.text(value(index));
  };
}

/**
 * Makes the function that writes one user as a JSON object. `evolved`: name enum members that came after
 * `unknownFutureValue`. A row that a test has corrupted is written as it was given.
 */
export function rowWriter(store: RiskStore, properties: readonly RiskyUserProperty[], evolved: boolean): Writer {
  const writers = properties.map((property) => writerOf(store, property, evolved));
  return (index, out) => {
    const raw = store.raw.get(index);
    if (raw !== undefined) {
      out.text(raw);
      return;
    }
    let before = '{';
    for (const write of writers) {
      out.text(before);
      write(index, out);
      before = ',';
    }
    out.text('}');
  };
}
