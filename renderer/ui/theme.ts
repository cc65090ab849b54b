/**
 * Colours. Fluent's tokens carry the surfaces; the four groupings and "no score" have one hue each everywhere, chosen so
 * that they differ in lightness too and stay apart for colour-blind eyes (after Okabe and Ito, 2008).
 */
import {
  type BrandVariants,
  createDarkTheme,
  createLightTheme,
  type Theme,
  teamsHighContrastTheme,
} from '@fluentui/react-components';
import type { Grouping } from '../../shared/model/riskyUser.ts';

const brand: BrandVariants = {
  10: '#02060a',
  20: '#0a1d2b',
  30: '#0b3048',
  40: '#0c3f5f',
  50: '#0d4e77',
  60: '#0e5d90',
  70: '#0f6198',
  80: '#126ba5',
  90: '#438dc4',
  100: '#5b9dd1',
  110: '#73addc',
  120: '#8bbde6',
  130: '#a3ccee',
  140: '#bbdbf5',
  150: '#d4e9fa',
  160: '#edf6fd',
};

export type ThemeName = 'light' | 'dark' | 'contrast';

export const themes: Readonly<Record<ThemeName, Theme>> = {
  light: createLightTheme(brand),
  dark: { ...createDarkTheme(brand), colorBrandForeground1: brand[110], colorBrandForeground2: brand[120] },
  contrast: teamsHighContrastTheme,
};

export type Tone = Grouping | 'none';

/** Fill of bars and dots, per theme. */
export const tones: Readonly<Record<ThemeName, Readonly<Record<Tone, string>>>> = {
  light: { Critical: '#9b1b30', High: '#d55e00', Medium: '#b58900', Low: '#0b7a5b', none: '#767676' },
  dark: { Critical: '#ff7a8a', High: '#ff9b54', Medium: '#f0d264', Low: '#56d0a8', none: '#a0a0a0' },
  contrast: { Critical: '#ff6b81', High: '#ffb347', Medium: '#ffff00', Low: '#3ff23f', none: '#ffffff' },
};

/** The system's choice, or what the setting says. */
export function resolveTheme(setting: 'system' | ThemeName): ThemeName {
  if (setting !== 'system') return setting;
  if (matchMedia('(forced-colors: active)').matches || matchMedia('(prefers-contrast: more)').matches)
    return 'contrast';
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}
