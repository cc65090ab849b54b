/**
 * The register of actions: which rule, which connection, what to do. The group is kept by id; its name is what a look
 * at Graph last said. Planning and running are elsewhere.
 */

import type { GroupTargetInput } from '../../../shared/contract/actions.ts';
import {
  type Action,
  type ActionKind,
  type GroupKind,
  type GroupTarget,
  needsGroup,
} from '../../../shared/model/action.ts';
import { badInput, RiskdeskError } from '../../../shared/model/errors.ts';
import { fold } from '../../../shared/model/riskyUser.ts';
import type { Clock } from '../ports.ts';
import type { ActionRow } from '../store/tables/actions.ts';
import type { Reader, Writer } from '../store/types.ts';
import type { Connections } from './connections.ts';
import { notFound } from './notFound.ts';
import type { Rules } from './rules.ts';

export type NewAction = {
  readonly name: string;
  readonly rule: string;
  readonly connection: string;
  readonly kind: ActionKind;
  readonly group: GroupTargetInput | null;
  readonly cap: number | null;
  readonly enabled: boolean;
  readonly automatic: boolean;
};

export type ActionChange = {
  readonly name?: string | undefined;
  readonly rule?: string | undefined;
  readonly group?: GroupTargetInput | undefined;
  readonly cap?: number | null | undefined;
  readonly enabled?: boolean | undefined;
  readonly automatic?: boolean | undefined;
};

/** Looks a group up in Graph: its name, or why it cannot be used. Null when Graph cannot be asked now. */
export type LookUpGroup = (
  connection: string,
  groupId: string,
) => Promise<{ readonly name: string | null; readonly problem: string | null } | null>;

export type Actions = {
  list(): Promise<readonly Action[]>;
  get(name: string): Promise<Action>;
  add(input: NewAction): Promise<Action>;
  update(name: string, change: ActionChange): Promise<Action>;
  remove(name: string): Promise<string>;
  /** What a look at Graph told about a group: its name now, or that it was deleted (the last name stays). */
  noteGroup(
    connection: string,
    news: { readonly id: string; readonly name: string | null; readonly deleted: boolean },
  ): Promise<void>;
  /** The group that a run made for the action: from now on it is an existing one, kept by id. */
  keepCreatedGroup(action: string, groupId: string, name: string | null): Promise<void>;
};

type DbRow = {
  readonly id: number;
  readonly name: string;
  readonly rule_name: string | null;
  readonly connection_name: string;
  readonly connection_removed: number | null;
  readonly rule: number;
  readonly connection: number;
  readonly kind: ActionKind;
  readonly group_id: string | null;
  readonly group_name: string | null;
  readonly group_deleted: number;
  readonly create_name: string | null;
  readonly create_kind: GroupKind | null;
  readonly cap: number | null;
  readonly enabled: number;
  readonly automatic: number;
  readonly created: number;
};

const select = `SELECT a.*, r.name AS rule_name, c.name AS connection_name, c.removed AS connection_removed FROM action a
  LEFT JOIN rule r ON r.id = a.rule JOIN connection c ON c.id = a.connection`;

function groupOf(row: DbRow): GroupTarget | null {
  if (row.group_id !== null) {
    return { mode: 'existing', id: row.group_id, name: row.group_name, deleted: row.group_deleted === 1 };
  }
  if (row.create_name !== null) return { mode: 'create', name: row.create_name, kind: row.create_kind ?? 'security' };
  return null;
}

function fromRow(row: DbRow): Action {
  return {
    id: row.id,
    name: row.name,
    rule: row.rule_name ?? '',
    connection: row.connection_name,
    connectionRemoved: row.connection_removed !== null,
    kind: row.kind,
    group: groupOf(row),
    cap: row.cap,
    enabled: row.enabled === 1,
    automatic: row.automatic === 1,
    createdAt: new Date(row.created).toISOString(),
  };
}

/** Refuses a group where the kind has none, and the lack of one where it needs one. */
export function checkGroupFits(kind: ActionKind, group: GroupTargetInput | null): void {
  if (needsGroup(kind) && group === null) {
    throw badInput('group', `The kind ${kind} needs a group.`, 'Give the id of a group, or the name of one to create.');
  }
  if (!needsGroup(kind) && group !== null) {
    throw badInput('group', `The kind ${kind} has no group.`, 'Leave the group away.');
  }
  if (kind === 'remove-from-group' && group?.mode === 'create') {
    throw badInput(
      'group',
      'Nobody is a member of a group that does not exist yet.',
      'Give the id of an existing group.',
    );
  }
}

export function createActions(ports: {
  readonly reader: Reader;
  readonly writer: Writer;
  readonly clock: Clock;
  readonly rules: Rules;
  readonly connections: Connections;
  readonly lookUpGroup: LookUpGroup;
}): Actions {
  const { reader, writer, clock, rules, connections, lookUpGroup } = ports;

  async function rowOf(name: string): Promise<DbRow> {
    const row = await reader.get<DbRow>(`${select} WHERE a.name_fold = ?`, [fold(name.trim())]);
    if (row !== undefined) return row;
    throw notFound(
      'action',
      name,
      (await list()).map((action) => action.name),
    );
  }

  async function list(): Promise<readonly Action[]> {
    return (await reader.all<DbRow>(`${select} ORDER BY a.name_fold`)).map(fromRow);
  }

  async function get(name: string): Promise<Action> {
    return fromRow(await rowOf(name));
  }

  async function groupColumns(connection: string, group: GroupTargetInput | null) {
    const none = { groupId: null, groupName: null, groupDeleted: false, createName: null, createKind: null };
    if (group === null) return none;
    if (group.mode === 'create') return { ...none, createName: group.name, createKind: group.kind };
    const seen = await lookUpGroup(connection, group.id);
    if (seen !== null && seen.problem !== null) {
      throw badInput('group', seen.problem, 'Choose a group that the picker (action groups) shows as writable.');
    }
    return { ...none, groupId: group.id, groupName: seen?.name ?? null };
  }

  async function add(input: NewAction): Promise<Action> {
    checkGroupFits(input.kind, input.group);
    const rule = await rules.get(input.rule);
    const connection = await connections.get(input.connection);
    if ((await list()).some((action) => fold(action.name) === fold(input.name))) {
      throw new RiskdeskError('already-exists', `There is already an action "${input.name}".`, {
        field: 'name',
        cure: 'Choose another name, or remove or rename the action that has it.',
      });
    }
    const row: ActionRow = {
      name: input.name,
      rule: rule.id,
      connection: connection.id,
      kind: input.kind,
      ...(await groupColumns(connection.name, input.group)),
      cap: input.cap,
      enabled: input.enabled,
      automatic: input.automatic,
    };
    await writer.addAction({ row, now: clock.now() });
    return get(input.name);
  }

  async function update(name: string, change: ActionChange): Promise<Action> {
    const present = await rowOf(name);
    if (change.group !== undefined) checkGroupFits(present.kind, change.group);
    const group =
      change.group === undefined
        ? {
            groupId: present.group_id,
            groupName: present.group_name,
            groupDeleted: present.group_deleted === 1,
            createName: present.create_name,
            createKind: present.create_kind,
          }
        : await groupColumns(present.connection_name, change.group);
    const next = change.name ?? present.name;
    await writer.updateAction({
      id: present.id,
      row: {
        name: next,
        rule: change.rule === undefined ? present.rule : (await rules.get(change.rule)).id,
        connection: present.connection,
        kind: present.kind,
        ...group,
        cap: change.cap === undefined ? present.cap : change.cap,
        enabled: change.enabled ?? present.enabled === 1,
        automatic: change.automatic ?? present.automatic === 1,
      },
    });
    return get(next);
  }

  async function remove(name: string): Promise<string> {
    const row = await rowOf(name);
    await writer.removeAction({ id: row.id });
    return row.name;
  }

  async function noteGroup(
    connection: string,
    { id, name, deleted }: { readonly id: string; readonly name: string | null; readonly deleted: boolean },
  ): Promise<void> {
    await writer.noteGroup({ connection: (await connections.get(connection)).id, groupId: id, name, deleted });
  }

  return {
    list,
    get,
    add,
    update,
    remove,
    noteGroup,
    keepCreatedGroup: (action, groupId, name) => writer.keepCreatedGroup({ action, groupId, name }),
  };
}
