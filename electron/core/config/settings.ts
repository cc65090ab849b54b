/** The register of settings: defaults, overlaid with what is stored, checked by the one schema before it is kept. */
import { badInput } from '../../../shared/model/errors.ts';
import { defaultSettings, type Settings, settingsSchema } from '../../../shared/model/settings.ts';
import type { Reader, Writer } from '../store/types.ts';

export type SettingsRegister = {
  get(): Promise<Settings>;
  /** `key` is dotted: `guardrails.cap`. @throws RiskdeskError bad-input naming the key and what it must be. */
  set(key: string, value: unknown): Promise<Settings>;
};

function setAt(target: Record<string, unknown>, path: readonly string[], value: unknown): boolean {
  const [head, ...rest] = path;
  if (head === undefined || !Object.hasOwn(target, head)) return false;
  if (rest.length === 0) {
    target[head] = value;
    return true;
  }
  const next = target[head];
  return typeof next === 'object' && next !== null && !Array.isArray(next)
    ? setAt(next as Record<string, unknown>, rest, value)
    : false;
}

/** `stored` without the keys that this program does not know. */
function trimmed(stored: Readonly<Record<string, unknown>>): Readonly<Record<string, object>> {
  const entries = Object.entries(stored).flatMap(([top, group]): [string, object][] => {
    if (!Object.hasOwn(defaultSettings, top) || typeof group !== 'object' || group === null) return [];
    const keys = defaultSettings[top as keyof Settings];
    return [[top, Object.fromEntries(Object.entries(group).filter(([key]) => Object.hasOwn(keys, key)))]];
  });
  return Object.fromEntries(entries);
}

/**
 * What is stored, as far as this program knows it. After a downgrade there may be settings, or values of them, that only a
 * newer one understands: each of those is at its default here, and stays in the database until its group is changed.
 */
function known(stored: Readonly<Record<string, unknown>>): Settings {
  const groups = trimmed(stored);
  const whole = settingsSchema.safeParse({ ...defaultSettings, ...groups });
  if (whole.success) return whole.data;
  let settings = defaultSettings;
  const take = (top: string, group: object): boolean => {
    const checked = settingsSchema.safeParse({ ...settings, [top]: group });
    if (checked.success) settings = checked.data;
    return checked.success;
  };
  for (const [top, group] of Object.entries(groups)) {
    if (take(top, group)) continue;
    for (const [key, value] of Object.entries(group)) take(top, { ...settings[top as keyof Settings], [key]: value });
  }
  return settings;
}

export function createSettings(reader: Reader, writer: Writer): SettingsRegister {
  async function get(): Promise<Settings> {
    const rows = await reader.all<{ key: string; value: string }>('SELECT key, value FROM setting');
    const stored = Object.fromEntries(rows.map(({ key, value }) => [key, JSON.parse(value) as unknown]));
    return known(stored);
  }

  async function set(key: string, value: unknown): Promise<Settings> {
    const wanted = structuredClone(await get()) as Record<string, unknown>;
    if (!setAt(wanted, key.split('.'), value)) {
      throw badInput('key', `There is no setting "${key}".`, `Settings: ${settingKeys().join(', ')}.`);
    }
    const checked = settingsSchema.safeParse(wanted);
    if (!checked.success) {
      const issue = checked.error.issues[0];
      const at = issue === undefined || issue.path.length === 0 ? key : issue.path.join('.');
      throw badInput('value', `${at}: ${issue?.message ?? 'is not valid'}.`, 'See `settings show` for what it is now.');
    }
    const top = key.split('.')[0] as keyof Settings;
    await writer.saveSetting({ key: top, value: JSON.stringify(checked.data[top]) });
    return checked.data;
  }

  return { get, set };
}

/** Every setting by its dotted key, in the order of the schema. */
export function settingKeys(): readonly string[] {
  return Object.entries(defaultSettings).flatMap(([top, group]) => Object.keys(group).map((key) => `${top}.${key}`));
}
