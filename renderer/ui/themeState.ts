/** The theme in force, for whatever draws by itself and cannot use Fluent's tokens. */
import { create } from 'zustand';
import { resolveTheme, type ThemeName } from './theme.ts';

type Setting = 'system' | ThemeName;

export const useTheme = create<{ readonly setting: Setting; readonly name: ThemeName }>(() => ({
  setting: 'system',
  name: resolveTheme('system'),
}));

export function setTheme(setting: Setting): void {
  useTheme.setState({ setting, name: resolveTheme(setting) });
}

for (const query of ['(prefers-color-scheme: dark)', '(forced-colors: active)', '(prefers-contrast: more)']) {
  matchMedia(query).addEventListener('change', () => setTheme(useTheme.getState().setting));
}
