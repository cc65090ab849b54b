/** What this window remembers about the grid by itself: columns, widths, saved views. Never users. */
import { useState } from 'react';
import { z } from 'zod';

/** A value in localStorage, checked when read; what cannot be read is the default. */
function useLocal<T>(key: string, schema: z.ZodType<T>, fallback: T): readonly [T, (next: T) => void] {
  const [value, setValue] = useState<T>(() => {
    try {
      return schema.parse(JSON.parse(localStorage.getItem(key) ?? 'null'));
    } catch {
      return fallback;
    }
  });
  const keep = (next: T) => {
    setValue(next);
    try {
      localStorage.setItem(key, JSON.stringify(next));
    } catch {
      // A full or forbidden storage costs the memory of a width, nothing else.
    }
  };
  return [value, keep];
}

const columnsSchema = z.strictObject({
  shown: z.array(z.string().max(60)).max(40).readonly().nullable(),
  widths: z.record(z.string(), z.number().min(40).max(2_000)).readonly(),
});
export type ColumnChoice = z.infer<typeof columnsSchema>;

/** `shown` is null until somebody chose. */
export const useColumnChoice = () =>
  useLocal<ColumnChoice>('riskdesk.users.columns', columnsSchema, { shown: null, widths: {} });

const viewsSchema = z
  .array(z.strictObject({ name: z.string().min(1).max(120), params: z.record(z.string(), z.string()).readonly() }))
  .max(200)
  .readonly();
export type SavedViews = z.infer<typeof viewsSchema>;

export const useSavedViews = () => useLocal<SavedViews>('riskdesk.users.views', viewsSchema, []);
