/** What every editor of a condition's value is given. */
import type { FieldSpec } from '../../../../shared/rules/fields.ts';

export type ValueProps = {
  readonly spec: FieldSpec;
  readonly operator: string;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
};
