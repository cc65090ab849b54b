/**
 * Every word that the window shows comes from renderer/i18n. This reads each file of the renderer and finds text that
 * does not: between tags, in an attribute that is shown or read out, or a sentence anywhere else.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from '@swc/core';
import { describe, expect, it } from 'vitest';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** Attributes whose text a person sees or hears. */
const shownAttributes = new Set(
  'aria-label aria-description aria-roledescription aria-valuetext alt content hint label placeholder subtitle summary text title'.split(
    ' ',
  ),
);

/** Names that are the same in every language. */
const names = new Set([
  'Riskdesk',
  'UTC',
  'JSON',
  'CSV',
  'UPN',
  'Ctrl',
  'Alt',
  'Esc',
  'Enter',
  'Shift',
  'Space',
  'Tab',
]);

type Node = { readonly type: string; readonly [key: string]: unknown };
type Place = 'code' | 'shown';

const hasWords = (text: string) => (text.match(/\p{L}{2,}/gu) ?? []).some((word) => !names.has(word));
/** Two words or more, the first with a capital: prose, and no name of a class, a colour or an event. */
const isSentence = (text: string) => /^\p{Lu}\p{L}*,? \p{L}+.*\p{L}[.!?]?$/u.test(text) && / \p{Ll}{2,}/u.test(text);

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}

function rawStringsOf(source: string): readonly string[] {
  const found: string[] = [];
  const look = (text: string, place: Place) => {
    if (place === 'shown' ? hasWords(text) : isSentence(text)) found.push(text.trim());
  };
  const walk = (node: Node, place: Place): void => {
    switch (node.type) {
      case 'ImportDeclaration':
      case 'TsTypeAliasDeclaration':
      case 'TsTypeAnnotation':
      case 'TsLiteralType':
        return;
      case 'NewExpression':
        // Thrown for the log of whoever develops; what is shown is caught and worded elsewhere.
        if ((node.callee as { value?: unknown }).value !== 'Error') inside(node, 'code');
        return;
      case 'JSXText':
        look(String(node.value), 'shown');
        return;
      case 'StringLiteral':
        look(String(node.value), place);
        return;
      case 'TemplateElement':
        look(String(node.cooked), place);
        return;
      case 'JSXAttribute': {
        const name = String((node.name as { value?: unknown }).value ?? '');
        if (isNode(node.value) && name !== 'className') walk(node.value, shownAttributes.has(name) ? 'shown' : 'code');
        return;
      }
      case 'JSXElement':
      case 'JSXFragment':
        for (const key of ['opening', 'children'] as const) {
          const part = node[key];
          for (const child of Array.isArray(part) ? part : [part]) {
            if (isNode(child)) walk(child, child.type === 'JSXExpressionContainer' ? 'shown' : 'code');
          }
        }
        return;
      case 'ConditionalExpression':
        if (isNode(node.test)) walk(node.test, 'code');
        if (isNode(node.consequent)) walk(node.consequent, place);
        if (isNode(node.alternate)) walk(node.alternate, place);
        return;
      case 'ParenthesisExpression':
      case 'TemplateLiteral':
      case 'JSXExpressionContainer':
        inside(node, place);
        return;
      case 'BinaryExpression':
        inside(node, node.operator === '+' || node.operator === '&&' || node.operator === '||' ? place : 'code');
        return;
      default:
        // What a function is given or an object holds is not itself what is shown.
        inside(node, 'code');
        return;
    }
  };
  const inside = (node: Node, place: Place): void => {
    for (const value of Object.values(node)) {
      for (const one of Array.isArray(value) ? value : [value]) {
        if (isNode(one)) walk(one, place);
        else if (typeof one === 'object' && one !== null) inside(one as Node, place);
      }
    }
  };
  walk(parseSync(source, { syntax: 'typescript', tsx: true, target: 'es2024' }) as unknown as Node, 'code');
  return found;
}

describe('the check for raw strings', () => {
  it.each([
    ['const a = <p>Two words</p>;', ['Two words']],
    ['const a = <p>{t("two.words")} · {count}</p>;', []],
    ['const a = <button title="Save" className="Wide box" />;', ['Save']],
    ['const a = <button title={busy ? "Saving" : t("save")} />;', ['Saving']],
    ['const a = <p>{busy && "wait"}</p>;', ['wait']],
    ['const a = <p>{`users`}</p>;', ['users']],
    ['const a = () => { throw toFailure("The core does not answer."); };', ['The core does not answer.']],
    ['const a = <p>Riskdesk</p>; const b = "flex-start"; type C = "One of two";', []],
  ])('%s', (source, expected) => {
    expect(rawStringsOf(source)).toEqual(expected);
  });
});

describe('the renderer', () => {
  const files = readdirSync(join(root, 'renderer'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('vite.config.ts'))
    .map((name) => name.replaceAll('\\', '/'));
  it.each(files)('%s shows no text of its own', (name) => {
    expect(rawStringsOf(readFileSync(join(root, 'renderer', name), 'utf8'))).toEqual([]);
  });
});
