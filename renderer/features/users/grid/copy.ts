/** Picked users as text for a spreadsheet: tab-separated, a line each, the columns that are shown, formulas made harmless. */
import { csvCell } from '../../../../shared/model/exportText.ts';
import type { RiskyUser } from '../../../../shared/model/riskyUser.ts';

type Column = {
  readonly title: string;
  readonly text: (user: RiskyUser) => string | number | boolean | null;
};

export function asTsv(columns: readonly Column[], users: readonly RiskyUser[]): string {
  const cell = (value: string | number | boolean | null) =>
    csvCell(typeof value === 'string' ? value.replace(/[\t\r\n]+/g, ' ') : value);
  return [columns.map(({ title }) => title), ...users.map((user) => columns.map(({ text }) => cell(text(user))))]
    .map((cells) => cells.join('\t'))
    .join('\r\n');
}
