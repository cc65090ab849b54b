/** The rule language in German: names of fields, and the pieces of a sentence. */
import type { SentenceWords } from './words.ts';

const scoreHelp = 'eine Zahl von 0 bis 1000; höher ist sicherer';
const dateHelp = 'ein Datum wie 2026-11-01 (der ganze Tag, UTC) oder eine Zeit wie 2026-11-01T10:00Z';
const textHelp = 'Text; Groß- und Kleinschreibung sind gleich';

export const german: SentenceWords = {
  fields: {
    aggregateScore: { label: 'Gesamtwert', words: 'der Gesamtwert', help: scoreHelp },
    grouping: {
      label: 'Gruppierung des Gesamtwerts',
      words: 'die Gruppierung',
      help: 'Kritisch, Hoch, Mittel oder Niedrig',
    },
    score: { label: 'Wert', words: 'der Wert', help: scoreHelp },
    riskLevel: { label: 'Risikostufe', words: 'die Risikostufe', help: 'eine Risikostufe wie high' },
    riskState: { label: 'Risikostatus', words: 'der Risikostatus', help: 'ein Risikostatus wie atRisk' },
    riskDetail: {
      label: 'Risikodetail',
      words: 'das Risikodetail',
      help: 'ein Risikodetail wie userPassedMFADrivenByRiskBasedPolicy',
    },
    userPrincipalName: { label: 'Benutzerprinzipalname', words: 'der Benutzerprinzipalname', help: textHelp },
    displayName: { label: 'Anzeigename', words: 'der Anzeigename', help: textHelp },
    riskLastUpdatedDateTime: {
      label: 'Risiko zuletzt aktualisiert',
      words: 'die letzte Aktualisierung',
      help: dateHelp,
    },
    lastUpdatedWithinDays: {
      label: 'Risiko in den letzten Tagen aktualisiert',
      words: 'die letzte Aktualisierung',
      help: 'eine Zahl von Tagen, mehr als 0 und höchstens 36500',
    },
    lastChanged: { label: 'Zuletzt hier geändert', words: 'die letzte Änderung hier', help: dateHelp },
    firstSeen: { label: 'Zuerst hier gesehen', words: 'das erste Auftreten hier', help: dateHelp },
    isDeleted: { label: 'Gelöscht', words: 'gelöscht', help: 'true oder false' },
    isGuest: { label: 'Gast', words: 'ein Gast', help: 'true oder false' },
    connection: { label: 'Verbindung', words: 'die Verbindung', help: 'der Name einer Verbindung' },
  },
  combinator: { and: 'und', or: 'oder' },
  not: (text) => `nicht (${text})`,
  userIs: (words, negated) => `der Benutzer ist ${negated ? negatedWords(words) : words}`,
  isEmpty: (negated) => `ist ${negated ? 'nicht ' : ''}leer`,
  days: (value) => `${value} ${value === 1 ? 'Tag' : 'Tage'}`,
  olderThan: (days) => `liegt mehr als ${days} zurück`,
  within: (days, negated) => `liegt ${negated ? 'nicht ' : ''}höchstens ${days} zurück`,
  between: (low, high, negated) => `liegt ${negated ? 'nicht ' : ''}zwischen ${low} und ${high}`,
  anyOf: (named, more, negated) =>
    `ist ${negated ? 'keiner' : 'einer'} der Werte ${named}${more > 0 ? ` und ${more} weiteren` : ''}`,
  verb(operator, date) {
    switch (operator) {
      case '=':
        return 'ist';
      case '!=':
        return 'ist nicht';
      case '<':
        return date ? 'ist vor' : 'ist kleiner als';
      case '<=':
        return date ? 'ist nicht später als' : 'ist höchstens';
      case '>':
        return date ? 'ist nach' : 'ist größer als';
      case '>=':
        return date ? 'ist nicht früher als' : 'ist mindestens';
      case 'contains':
        return 'enthält';
      case 'doesNotContain':
        return 'enthält nicht';
      case 'beginsWith':
        return 'beginnt mit';
      case 'doesNotBeginWith':
        return 'beginnt nicht mit';
      case 'endsWith':
        return 'endet mit';
      case 'doesNotEndWith':
        return 'endet nicht mit';
      case 'between':
      case 'notBetween':
      case 'in':
      case 'notIn':
      case 'null':
      case 'notNull':
        return 'ist';
    }
  },
};

function negatedWords(words: string): string {
  return words.startsWith('ein ') ? `k${words}` : `nicht ${words}`;
}
