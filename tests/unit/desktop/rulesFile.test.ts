/** Files of rules that the system hands over: which word of a command line is one, and what is read of it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readRulesFile, rulesFileIn } from '../../../electron/hosts/desktop/rulesFile.ts';
import { makeConfig } from '../../../scripts/pack/config.ts';
import { isCommand, mostRulesText } from '../../../shared/contract/desktop.ts';

let temp = '';
beforeEach(() => {
  temp = mkdtempSync(join(tmpdir(), 'riskdesk-rules-file-'));
});
afterEach(() => rmSync(temp, { recursive: true, force: true }));

describe('a file of rules', () => {
  it('is found on a command line, from the folder that it was typed in', () => {
    expect(rulesFileIn(['riskdesk', 'My rules.RISKDESK-RULES'], temp)).toBe(resolve(temp, 'My rules.RISKDESK-RULES'));
    expect(rulesFileIn(['riskdesk', '--allow-file-access', 'a.riskdesk-rules'], temp)).toBe(
      join(temp, 'a.riskdesk-rules'),
    );
    for (const argv of [
      ['riskdesk'],
      ['a.riskdesk-rules'],
      ['riskdesk', '--x.riskdesk-rules'],
      ['riskdesk', 'a.json'],
    ]) {
      expect(rulesFileIn(argv, temp)).toBeNull();
    }
  });

  it('is never named by a link, nor by what stands behind one', () => {
    for (const link of [
      'riskdesk://run/a.riskdesk-rules',
      'riskdesk:../../Downloads/a.riskdesk-rules',
      'RISKDESK://..\\..\\a.riskdesk-rules',
      'riskdesk:\\\\server\\share\\a.riskdesk-rules',
    ]) {
      expect(rulesFileIn(['riskdesk', link], temp)).toBeNull();
      expect(rulesFileIn(['riskdesk', link, 'b.riskdesk-rules'], temp)).toBeNull();
      expect(rulesFileIn(['riskdesk', 'c.riskdesk-rules', link], temp)).toBe(join(temp, 'c.riskdesk-rules'));
    }
  });

  it('has the ending that the installers register', () => {
    const [association] = [makeConfig({}, 'win32').fileAssociations].flat();
    expect(rulesFileIn(['riskdesk', `x.${String(association?.ext)}`], temp)).not.toBeNull();
  });

  it('is handed on as it is, and is a command that the window takes', () => {
    const path = join(temp, 'a.riskdesk-rules');
    writeFileSync(path, '{"riskdesk":"rules"}');
    const read = readRulesFile(path);
    expect(read).toEqual({ kind: 'rules', name: 'a.riskdesk-rules', text: '{"riskdesk":"rules"}' });
    expect(isCommand(read)).toBe(true);
    expect(isCommand({ kind: 'rules', name: 'a', text: 'x'.repeat(mostRulesText + 1) })).toBe(false);
    expect(isCommand({ kind: 'rules', name: 'a' })).toBe(false);
  });

  it('is nothing when it is missing, a folder, or too large', () => {
    expect(readRulesFile(join(temp, 'missing.riskdesk-rules'))).toBeNull();
    mkdirSync(join(temp, 'folder.riskdesk-rules'));
    expect(readRulesFile(join(temp, 'folder.riskdesk-rules'))).toBeNull();
    writeFileSync(join(temp, 'big.riskdesk-rules'), 'x'.repeat(mostRulesText + 1));
    expect(readRulesFile(join(temp, 'big.riskdesk-rules'))).toBeNull();
  });
});
