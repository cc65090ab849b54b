/** The command line of the browser host: what may be given, and what is wrong with what was. */
import { parseArgs } from 'node:util';

export type Options = {
  readonly demo: boolean;
  readonly allowActions: boolean;
  readonly open: boolean;
  readonly help: boolean;
  readonly dataDir: string | undefined;
  readonly port: number;
  readonly users: number;
};

export const usage = `Riskdesk in an ordinary browser on this machine.

  --demo            use the embedded sample tenant and a temporary data folder
  --users N         size of the sample tenant, up to 1,000,000 (20,000)
  --allow-actions   let the browser run actions; without it, it only reads
  --data-dir DIR    data folder; else RISKDESK_DATA_DIR, else the system's place
  --port N          port on 127.0.0.1; 0 takes a free one (0)
  --no-open         print the address and open no browser
`;

function whole(name: string, text: string, most: number): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(number <= most)) throw new Error(`--${name} must be a whole number from 0 to ${most.toLocaleString('en')}.`);
  return number;
}

/** @throws Error with a sentence for the person at the terminal. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      browser: { type: 'boolean', default: false },
      demo: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false, short: 'h' },
      'allow-actions': { type: 'boolean', default: false },
      'no-open': { type: 'boolean', default: false },
      'data-dir': { type: 'string' },
      port: { type: 'string', default: '0' },
      users: { type: 'string' },
    },
  });
  if (values.users !== undefined && !values.demo)
    throw new Error('--users is the size of the sample tenant: add --demo.');
  if (values['data-dir'] === '') throw new Error('--data-dir needs a folder.');
  return {
    demo: values.demo,
    allowActions: values['allow-actions'],
    open: !values['no-open'],
    help: values.help,
    dataDir: values['data-dir'],
    port: whole('port', values.port, 65_535),
    users: whole('users', values.users ?? '20000', 1_000_000),
  };
}
