/**
 * Settings of the whole program, with their bounds and defaults. One schema serves the contract, the store and the
 * documentation (a test keeps docs in step with the descriptions here).
 */
import { z } from 'zod';
import { languages } from './language.ts';
import { defaultThresholds, maxScore, minScore } from './score.ts';
import { updateChannels } from './update.ts';

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day, HH:MM');

export const settingsSchema = z.strictObject({
  thresholds: z
    .strictObject({
      critical: z.int().min(minScore).max(maxScore),
      high: z.int().min(minScore).max(maxScore),
      medium: z.int().min(minScore).max(maxScore),
    })
    .refine((t) => t.critical < t.high && t.high < t.medium && t.medium < maxScore, {
      message: 'must rise: critical < high < medium < 1000',
    })
    .default(defaultThresholds)
    .describe('Highest aggregate score of the groupings Critical, High and Medium; Low is the rest up to 1000.'),
  guardrails: z
    .strictObject({
      readOnly: z.boolean().default(false).describe('Refuses every action.'),
      cap: z.int().min(0).max(1_000_000).default(200).describe('Users per run above which the number must be typed.'),
      protectedUsers: z
        .array(z.string().trim().min(1).max(320))
        .max(10_000)
        .default([])
        .describe('Object ids or UPNs that no run touches.'),
      protectedGroups: z
        .array(z.string().trim().min(1).max(64))
        .max(100)
        .default([])
        .describe('Ids of groups that no run changes and whose members no run touches.'),
      approveAutomatic: z.boolean().default(true).describe('Automatic runs wait for a person.'),
      approvalHours: z
        .number()
        .min(1)
        .max(336)
        .default(24)
        .describe('Hours after which an automatic plan that nobody decided on is no longer valid.'),
      flapHours: z
        .number()
        .min(0)
        .max(8_760)
        .default(24)
        .describe('Hours in which the same action is not repeated on a user whose score did not change; 0 is off.'),
      maintenanceWindow: z
        .strictObject({
          days: z.array(z.int().min(0).max(6)).min(1).max(7),
          from: clockTime,
          to: clockTime,
        })
        .nullable()
        .default(null)
        .describe('Local time in which no run starts: days 0 (Sunday) to 6, from and to as HH:MM; may pass midnight.'),
    })
    .prefault({}),
  sync: z
    .strictObject({
      reconcileHours: z
        .number()
        .min(1)
        .max(720)
        .default(24)
        .describe('Hours after which a sync reads everything again to see who is gone.'),
    })
    .prefault({}),
  verify: z
    .strictObject({
      giveUpMinutes: z
        .number()
        .min(1)
        .max(1_440)
        .default(30)
        .describe('Minutes after which a change that does not show counts as not applied.'),
    })
    .prefault({}),
  retention: z
    .strictObject({
      historyDays: z.int().min(0).max(3_650).default(0).describe('Days that changes are kept; 0 keeps them for good.'),
      journalDays: z.int().min(0).max(3_650).default(0).describe('Days that the journal is kept; 0 keeps it for good.'),
    })
    .prefault({}),
  updates: z
    .strictObject({
      automatic: z.boolean().default(true).describe('The desktop application looks for newer versions by itself.'),
      channel: z.enum(updateChannels).default('latest').describe('Which versions it takes; beta comes earlier.'),
    })
    .prefault({}),
  window: z
    .strictObject({
      theme: z.enum(['system', 'light', 'dark', 'contrast']).default('system').describe('Colours of the window.'),
      language: z
        .enum(['system', ...languages])
        .default('system')
        .describe('Language of the window: system, en or de.'),
      density: z.enum(['comfortable', 'compact']).default('comfortable').describe('Height of rows.'),
      background: z
        .boolean()
        .default(false)
        .describe(
          'Desktop application: closing the window leaves Riskdesk in the tray, so that scheduled syncs go on.',
        ),
    })
    .prefault({}),
});

export type Settings = z.infer<typeof settingsSchema>;
export type Guardrails = Settings['guardrails'];

export const defaultSettings: Settings = settingsSchema.parse({});
