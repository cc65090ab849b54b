/** What is wrong with a rule, in German. */
import type { ProblemWords } from './words.ts';

export const germanProblems: ProblemWords = {
  nothing: 'nichts',
  list: 'eine Liste',
  ofType: (type) => `ein Wert vom Typ ${type}`,
  notARule: (value) => ({
    message: `Eine Regel kann nicht ${value} sein.`,
    cure: 'Ein Objekt {combinator, rules: [{field, operator, value}]} angeben.',
  }),
  tooDeep: (most) => ({
    message: `Gruppen sind mehr als ${most} Ebenen tief verschachtelt.`,
    cure: 'Die innere Gruppe weiter nach außen verschieben.',
  }),
  combinator: (value) => ({
    message: `Die Verknüpfung kann nicht ${value} sein.`,
    cure: '"and" oder "or" angeben.',
  }),
  not: (value) => ({ message: `"not" kann nicht ${value} sein.`, cure: 'true oder false angeben.' }),
  rulesNoList: (value) => ({
    message: `"rules" kann nicht ${value} sein.`,
    cure: 'Eine Liste von Bedingungen und Gruppen angeben.',
  }),
  emptyGroup: (off) => ({
    message: `Die Gruppe ${off ? 'enthält nur ausgeschaltete Regeln' : 'ist leer'} und sagt daher nicht, wen sie meint.`,
    cure: 'Eine Bedingung hinzufügen oder die Gruppe entfernen.',
  }),
  tooManyConditions: (most) => ({
    message: `Die Regel hat mehr als ${most} Bedingungen.`,
    cure: '„ist einer von“ mit einer Liste verwenden oder zwei Regeln anlegen.',
  }),
  betweenRules: (value) => ({
    message: `${value} steht zwischen zwei Regeln.`,
    cure: 'Jeder Gruppe eine eigene Verknüpfung geben.',
  }),
  notACondition: (value) => ({
    message: `Eine Bedingung kann nicht ${value} sein.`,
    cure: 'Ein Objekt {field, operator, value} angeben.',
  }),
  fieldWithField: {
    message: 'Ein Feld kann nicht mit einem anderen Feld verglichen werden.',
    cure: 'Mit einem Wert vergleichen.',
  },
  noOperator: (value, choices) => ({
    message: `Es gibt keinen Operator ${value}.`,
    cure: `Einen von diesen angeben: ${choices}.`,
  }),
  operatorOfField: (label, value, choices) => ({
    message: `Das Feld „${label}“ hat keinen Operator ${value}.`,
    cure: `Einen von diesen angeben: ${choices}.`,
  }),
  noField: (value, near) => ({
    message: `Es gibt kein Feld ${value}.`,
    cure: near === null ? 'Den Namen eines Felds angeben, etwa riskLevel oder score.' : `War ${near} gemeint?`,
  }),
  stranger: (key) => ({ message: `"${key}" hat hier keine Bedeutung.`, cure: 'Diese Angabe entfernen.' }),
  noValues: (label, help) => ({
    message: `Das Feld „${label}“ braucht mindestens einen Wert.`,
    cure: `Eine Liste angeben; jeder Eintrag ist ${help}.`,
  }),
  tooManyValues: (label, count, most) => ({
    message: `Das Feld „${label}“ hat ${count} Werte.`,
    cure: `Höchstens ${most} angeben.`,
  }),
  notAPair: (label, count) => ({
    message: `Das Feld „${label}“ braucht zwei Grenzen, nicht ${count}.`,
    cure: 'Die untere und die obere Grenze angeben.',
  }),
  backwards: (label, low, high) => ({
    message: `„${label}“ zwischen ${low} und ${high} ist verkehrt herum.`,
    cure: 'Die untere Grenze zuerst angeben.',
  }),
  wrongValue: (label, value, help) => ({
    message: `Das Feld „${label}“ ist nicht mit ${value} vergleichbar.`,
    cure: `Möglich ist ${help}.`,
  }),
  noTerm: (label, value, choices) => ({
    message: `Das Feld „${label}“ hat keinen Wert ${value}.`,
    cure: `Einen von diesen angeben: ${choices}.`,
  }),
  notAConnection: (value) => ({
    message: `Eine Verbindung kann nicht ${value} sein.`,
    cure: 'Den Namen einer Verbindung angeben.',
  }),
  noConnection: (value, choices) => ({
    message: `Es gibt keine Verbindung ${value}.`,
    cure: choices === '' ? 'Zuerst eine Verbindung hinzufügen.' : `Eine von diesen angeben: ${choices}.`,
  }),
};
