/** YAML by the parser that electron-updater itself reads feeds with: what it cannot read here, no installation could. */
import { createRequire } from 'node:module';

type Yaml = { load(text: string): unknown; dump(value: unknown, options: { lineWidth: number }): string };

const yaml = createRequire(createRequire(import.meta.url).resolve('electron-updater'))('js-yaml') as Yaml;

export const readYaml = (text: string): unknown => yaml.load(text);
export const writeYaml = (value: unknown): string => yaml.dump(value, { lineWidth: -1 });
