/**
 * POST /$batch (Microsoft Graph: json-batching): up to 20 requests, each judged, throttled and faulted on its own, the
 * answers in any order. The twin always shuffles them, so that a client that counts on the order fails.
 */
import { bodyText, isRecord, json, type TwinAnswer } from '../http/message.ts';
import { badRequest } from '../http/refusal.ts';
import { parseQuery } from '../odata/query.ts';
import { bodyOf, type Call } from './call.ts';

const MOST = 20;
const methods = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'];

type Step = {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly dependsOn: readonly string[];
};

function readStep(value: unknown): Step {
  if (!isRecord(value)) throw badRequest('Invalid batch payload format: a request must be an object.');
  const { id, method, url, headers = {}, body, dependsOn = [] } = value;
  if (typeof id !== 'string' || id === '') throw badRequest('Invalid batch payload format: a request has no id.');
  if (typeof method !== 'string' || !methods.includes(method.toUpperCase())) {
    throw badRequest(`Invalid batch payload format: request ${id} has no valid method.`);
  }
  if (typeof url !== 'string' || url === '' || /^[a-z]+:/i.test(url)) {
    throw badRequest(`Invalid batch payload format: request ${id} has no relative url.`);
  }
  if (!isRecord(headers) || !Object.values(headers).every((each) => typeof each === 'string')) {
    throw badRequest(`Invalid batch payload format: the headers of request ${id} are not an object of strings.`);
  }
  if (!Array.isArray(dependsOn) || !dependsOn.every((each) => typeof each === 'string')) {
    throw badRequest(`Invalid batch payload format: dependsOn of request ${id} is not a list of ids.`);
  }
  const lower = Object.fromEntries(
    Object.entries(headers).map(([name, text]) => [name.toLowerCase(), String(text)] as const),
  );
  if (body !== undefined && lower['content-type'] === undefined) {
    throw badRequest(`Write request id : ${id} does not contain Content-Type header or body.`);
  }
  return {
    id,
    method: method.toUpperCase(),
    url: url.startsWith('/') ? url : `/${url}`,
    headers: lower,
    body: body === undefined ? '' : JSON.stringify(body),
    dependsOn,
  };
}

function readSteps(call: Call): readonly Step[] {
  const { requests } = bodyOf(call);
  if (!Array.isArray(requests) || requests.length === 0) throw badRequest('Invalid batch payload format.');
  if (requests.length > MOST) {
    throw badRequest(`Number of batch request steps exceeds the maximum value of ${MOST}.`);
  }
  const steps = requests.map(readStep);
  const seen = new Set<string>();
  for (const { id, dependsOn } of steps) {
    if (dependsOn.some((other) => !seen.has(other))) {
      throw badRequest(`Request ${id} depends on a request that doesn't come before it.`);
    }
    if (seen.has(id)) throw badRequest(`Request Id: ${id} has to be unique in a batch.`);
    seen.add(id);
  }
  return steps;
}

export function batch(call: Call): TwinAnswer {
  parseQuery(call.query, []);
  const steps = readSteps(call);
  const statuses = new Map<string, number>();
  const responses = steps.map((step) => {
    const answer = step.dependsOn.some((id) => (statuses.get(id) ?? 0) >= 400)
      ? json(424, { error: { code: 'FailedDependency', message: 'A request that this one depends on failed.' } })
      : run(call, step);
    statuses.set(step.id, answer.status);
    return response(step.id, answer, call.world.upperCaseHeaders);
  });
  return json(200, { responses: shuffled(responses, call.world.random) });
}

function run(call: Call, step: Step): TwinAnswer {
  const [path = '', query = ''] = step.url.split(/\?(.*)/s, 2);
  const authorization = call.headers.authorization ?? '';
  return call.inner({
    method: step.method,
    path,
    query,
    base: call.base,
    headers: { authorization, ...step.headers },
    body: step.body,
  });
}

function response(id: string, answer: TwinAnswer, upperCase: boolean): Readonly<Record<string, unknown>> {
  const headers = Object.fromEntries(
    Object.entries(answer.headers).map(([name, value]) => [upperCase ? name.toUpperCase() : headerCase(name), value]),
  );
  const isJson = (answer.headers['content-type'] ?? '').startsWith('application/json');
  const body =
    answer.body === null ? {} : { body: isJson ? (JSON.parse(bodyText(answer)) as unknown) : bodyText(answer) };
  return { id, status: answer.status, headers, ...body };
}

/** `retry-after` as Graph writes it inside a batch: `Retry-After`. */
function headerCase(name: string): string {
  return name.startsWith('x-ms') || name.includes('request-id')
    ? name
    : name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}

/** Fisher-Yates; two or more never stay in the order they came. */
function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  const result = [...items];
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const [a, b] = [result[i], result[j]];
    if (a !== undefined && b !== undefined) [result[i], result[j]] = [b, a];
  }
  const first = result[0];
  if (first !== undefined && first === items[0] && result.length > 1) return [...result.slice(1), first];
  return result;
}
