/** How a client secret comes in without ever being an argument, which any process of the machine could read. */
import { RiskdeskError } from '../../../shared/model/errors.ts';
import { wrongUsage } from './failure.ts';
import { readStdin } from './files.ts';
import type { Output } from './output.ts';

/** Reads the secret from a pipe (one line break at its end is dropped), or asks for it unseen on a terminal. */
export async function readSecret(out: Output): Promise<string> {
  const text = process.stdin.isTTY ? await ask(out) : await readStdin();
  const secret = text.replace(/\r?\n$/, '');
  if (secret === '') {
    throw wrongUsage('--secret-stdin', 'stdin held no secret', 'Pipe the secret in: printf %s "$SECRET" | riskdesk …');
  }
  return secret;
}

const enter = new Set(['\r', '\n']);
const backspace = new Set(['\u0008', '\u007f']);
const endOfText = '\u0003';
const endOfInput = '\u0004';

function ask(out: Output): Promise<string> {
  const { stdin } = process;
  process.stderr.write('Client secret (it stays unseen): ');
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  return new Promise((resolve, reject) => {
    let typed = '';
    const end = (settle: () => void): void => {
      stdin.off('data', onData);
      stdin.setRawMode(false);
      stdin.pause();
      out.note('');
      settle();
    };
    const onData = (data: string): void => {
      for (const key of data) {
        if (key === endOfText) {
          end(() => reject(new RiskdeskError('cancelled', 'no secret was given')));
          return;
        }
        if (enter.has(key) || key === endOfInput) {
          end(() => resolve(typed));
          return;
        }
        typed = backspace.has(key) ? typed.slice(0, -1) : typed + key;
      }
    };
    stdin.on('data', onData);
    stdin.resume();
  });
}
