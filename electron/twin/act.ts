/**
 * Acts out a fault on one call: whether the call takes effect, and what becomes of its answer. Inside a batch there is
 * no connection to cut, so what would be a broken connection is a gateway's 504 or 502 there.
 */
import type { Fault } from './faults.ts';
import { bodyText, json, plainText, type TwinAnswer } from './http/message.ts';
import { type ErrorStamp, errorBody } from './http/refusal.ts';

const BAD_GATEWAY =
  '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>Microsoft-Azure-Application-Gateway/v2</center>\r\n</body>\r\n</html>\r\n';

function retryAfter(fault: Fault, now: number): Readonly<Record<string, string>> {
  const seconds = fault.retryAfterSeconds ?? 1;
  switch (fault.retryAfter ?? 'none') {
    case 'none':
      return {};
    case 'seconds':
      return { 'retry-after': String(seconds) };
    case 'date':
      return { 'retry-after': new Date(now + seconds * 1000).toUTCString() };
  }
}

/** `run` executes the call; it isn't run when the fault prevents the effect. `self`: the call's own absolute URL. */
export function actOut(
  fault: Fault,
  call: { readonly self: string; readonly batched: boolean; readonly stamp: ErrorStamp },
  run: () => TwinAnswer,
): TwinAnswer {
  const { stamp, batched } = call;
  const fail = (status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) =>
    json(status, errorBody(code, message, stamp), headers);
  const gatewayTimeout = (): TwinAnswer =>
    fail(504, 'GatewayTimeout', 'The gateway did not receive a response in time.');
  const broken = (answer: TwinAnswer, delivery: TwinAnswer['delivery']): TwinAnswer =>
    batched ? gatewayTimeout() : { ...answer, delivery };

  switch (fault.kind) {
    case 'reset':
      return broken(json(500, {}), 'reset');
    case 'lost':
      return broken(run(), 'reset');
    case 'cut': {
      const answer = run();
      return broken(answer, answer.body === null ? 'reset' : 'cut');
    }
    case 'truncated': {
      const answer = run();
      if (batched) return gatewayTimeout();
      return { ...answer, body: answer.body === null ? null : answer.body.slice(0, answer.body.length >> 1) };
    }
    case 'garbage':
      return batched ? fail(502, 'BadGateway', '') : plainText(200, 'text/html', '<html><body>Sign in</body></html>');
    case 'html502':
      return plainText(502, 'text/html', BAD_GATEWAY);
    case 'http500':
      return fail(500, 'InternalServerError', 'An internal server error occurred.');
    case 'http503':
      return fail(503, 'ServiceUnavailable', 'The service is temporarily unavailable.', retryAfter(fault, stamp.now));
    case 'http504':
      run();
      return gatewayTimeout();
    case 'http429':
      return fail(429, 'TooManyRequests', 'Too many requests.', retryAfter(fault, stamp.now));
    case 'expired-link':
      return fail(
        400,
        'Directory_ExpiredPageToken',
        'The specified page token value has expired and can no longer be included in your request.',
      );
    case 'repeat-link': {
      const answer = run();
      const link = `"@odata.nextLink":${JSON.stringify(call.self)}`;
      if (answer.body === null) return answer;
      return { ...answer, body: bodyText(answer).replace(/"@odata\.nextLink":"[^"]*"/, () => link) };
    }
    case 'slow':
      return { ...run(), delayMs: batched ? 0 : (fault.delayMs ?? 250) };
  }
}
