/**
 * Turns a parsed `$filter` into a predicate over the rows of one resource, and refuses (400) properties that can't be
 * filtered, operators that don't fit the type, and literals of the wrong type. Text compares without regard to case,
 * as the directory does.
 */
import { parseTicks } from '../data/ticks.ts';
import { badRequest } from '../http/refusal.ts';
import type { Filter, Literal, Operator, TextFunction } from './filter.ts';

export type FilterField<Row> =
  | { readonly type: 'string'; readonly get: (row: Row) => string | null }
  | { readonly type: 'enum'; readonly get: (row: Row) => string; readonly has: (member: string) => boolean }
  | { readonly type: 'boolean'; readonly get: (row: Row) => boolean | null }
  /** 100 ns ticks (ticks.ts). */
  | { readonly type: 'date'; readonly get: (row: Row) => number }
  | { readonly type: 'strings'; readonly get: (row: Row) => readonly string[] };

export type FilterSchema<Row> = {
  /** For error texts: `microsoft.graph.riskyUser`. */
  readonly type: string;
  readonly fields: Readonly<Record<string, FilterField<Row>>>;
  readonly functions: readonly TextFunction[];
  /** Whether `in (...)` is understood. */
  readonly lists: boolean;
};

type Predicate<Row> = (row: Row) => boolean;

function compareValues<T extends string | number | boolean>(operator: Operator, a: T | null, b: T | null): boolean {
  if (operator === 'eq') return a === b;
  if (operator === 'ne') return a !== b;
  if (a === null || b === null) return false;
  switch (operator) {
    case 'gt':
      return a > b;
    case 'ge':
      return a >= b;
    case 'lt':
      return a < b;
    case 'le':
      return a <= b;
  }
}

export function compileFilter<Row>(filter: Filter, schema: FilterSchema<Row>): Predicate<Row> {
  const fieldOf = (property: string): FilterField<Row> => {
    const field = Object.hasOwn(schema.fields, property) ? schema.fields[property] : undefined;
    if (field === undefined) {
      throw badRequest(
        `Invalid filter clause: Could not find a property named '${property}' on type '${schema.type}', or it does not support $filter.`,
      );
    }
    return field;
  };
  switch (filter.kind) {
    case 'and': {
      const left = compileFilter(filter.left, schema);
      const right = compileFilter(filter.right, schema);
      return (row) => left(row) && right(row);
    }
    case 'or': {
      const left = compileFilter(filter.left, schema);
      const right = compileFilter(filter.right, schema);
      return (row) => left(row) || right(row);
    }
    case 'not': {
      const inner = compileFilter(filter.inner, schema);
      return (row) => !inner(row);
    }
    case 'compare':
      return compileComparison(filter.property, fieldOf(filter.property), filter.operator, filter.value);
    case 'in': {
      if (!schema.lists)
        throw badRequest("Invalid filter clause: The operator 'in' is not supported on this resource.");
      const field = fieldOf(filter.property);
      const each = filter.values.map((value) => compileComparison(filter.property, field, 'eq', value));
      return (row) => each.some((matches) => matches(row));
    }
    case 'call': {
      const field = fieldOf(filter.property);
      if (!schema.functions.includes(filter.name) || field.type !== 'string') {
        throw badRequest(`Invalid filter clause: '${filter.name}' is not supported for property '${filter.property}'.`);
      }
      const wanted = filter.text.toLowerCase();
      return (row) => matchesText(filter.name, field.get(row)?.toLowerCase() ?? null, wanted);
    }
    case 'any': {
      const field = fieldOf(filter.property);
      if (field.type !== 'strings' || filter.value.type !== 'string' || !/^(eq|ne)$/.test(filter.operator)) {
        throw badRequest(
          `Invalid filter clause: 'any' is not supported in this form for property '${filter.property}'.`,
        );
      }
      const wanted = filter.value.text.toLowerCase();
      const equal = filter.operator === 'eq';
      return (row) => field.get(row).some((item) => (item.toLowerCase() === wanted) === equal);
    }
  }
}

function matchesText(name: TextFunction, text: string | null, wanted: string): boolean {
  if (text === null) return false;
  switch (name) {
    case 'startswith':
      return text.startsWith(wanted);
    case 'endswith':
      return text.endsWith(wanted);
    case 'contains':
      return text.includes(wanted);
  }
}

function compileComparison<Row>(
  property: string,
  field: FilterField<Row>,
  operator: Operator,
  value: Literal,
): Predicate<Row> {
  const mismatch = (): Error =>
    badRequest(
      `Invalid filter clause: A binary operator with incompatible types was detected. '${property}' can't be compared this way.`,
    );
  const onlyEquality = (): void => {
    if (operator !== 'eq' && operator !== 'ne') throw mismatch();
  };
  switch (field.type) {
    case 'string': {
      if (value.type === 'null') {
        onlyEquality();
        return (row) => compareValues(operator, field.get(row), null);
      }
      if (value.type !== 'string') throw mismatch();
      const wanted = value.text.toLowerCase();
      return (row) => compareValues(operator, field.get(row)?.toLowerCase() ?? null, wanted);
    }
    case 'enum': {
      onlyEquality();
      if (value.type !== 'string') throw mismatch();
      const wanted = value.text;
      if (!field.has(wanted)) {
        throw badRequest(`Invalid filter clause: The string '${wanted}' is not a valid enumeration type constant.`);
      }
      return (row) => compareValues(operator, field.get(row), wanted);
    }
    case 'boolean': {
      onlyEquality();
      if (value.type === 'null') return (row) => compareValues(operator, field.get(row), null);
      if (value.type !== 'boolean') throw mismatch();
      return (row) => compareValues(operator, field.get(row), value.value);
    }
    case 'date': {
      const ticks = value.type === 'date' ? parseTicks(value.text) : null;
      if (ticks === null) throw mismatch();
      return (row) => compareValues(operator, field.get(row), ticks);
    }
    case 'strings':
      throw mismatch();
  }
}
