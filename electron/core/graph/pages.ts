/**
 * Walks a collection page by page, the next page on the wire while the present one is consumed. It knows Graph's paging
 * quirks; rows are not looked at (`rows.ts`), and nothing is kept but the links that were seen.
 */
import { z } from 'zod';
import { followLink } from './calls/links.ts';
import { foreignLink } from './errors.ts';
import type { Exchange } from './exchange.ts';
import type { Sender } from './send.ts';
import type { GraphCall, GraphPage, SendOptions } from './types.ts';
import { GraphError } from './types.ts';
import { resolveLink } from './urls.ts';

const envelope = z.looseObject({
  value: z.array(z.unknown()),
  '@odata.nextLink': z.string().nullish(),
});

export type PagesOptions = SendOptions & { readonly pageSize: number | null };

/**
 * Ends when the server says so: after a page without a nextLink, or, because of a known defect of Graph
 * (microsoft-graph-docs 16332), when a list with a filter answers 400 `BadRequest` without a message to the link after an
 * exactly full page. Without a filter, or after a shorter page, the same answer is an error: whoever took it for the end
 * would miss users, or take them for gone. At such an end the last page that was handed out carries a nextLink.
 * Leaving the loop early cancels the page on the wire.
 */
export async function* walkPages(
  sender: Sender,
  exchange: Exchange,
  from: GraphCall,
  options: PagesOptions,
): AsyncGenerator<GraphPage, void, undefined> {
  const stop = new AbortController();
  const cancel = (): void => stop.abort(options.signal?.reason);
  if (options.signal?.aborted) cancel();
  options.signal?.addEventListener('abort', cancel, { once: true });
  const seen = new Set<string>();

  async function fetchPage(call: GraphCall): Promise<GraphPage> {
    const url = exchange.urlOf(call);
    if (url === null) throw foreignLink(call, exchange.host);
    seen.add(url);
    let page: GraphPage | null = null;
    const { bytes } = await sender.deliver(call, {
      priority: options.priority,
      signal: stop.signal,
      accept(body) {
        const parsed = envelope.safeParse(body);
        if (!parsed.success) return 'holds no collection';
        const link = parsed.data['@odata.nextLink'] ?? '';
        const nextLink = link === '' ? null : resolveLink(link, url);
        if (link !== '' && nextLink === null) throw foreignLink(call, exchange.host);
        if (nextLink !== null && seen.has(nextLink)) return 'names a next page that was read already';
        page = { items: parsed.data.value, nextLink, bytes: 0 };
        return null;
      },
    });
    return { ...(page ?? { items: [], nextLink: null }), bytes };
  }

  let coming: Promise<GraphPage> | null = fetchPage(from);
  const filtered = /[?&](\$|%24)filter=/i.test(from.path);
  let before: number | null = null;
  let lastWasFull = false;
  try {
    while (coming !== null) {
      let page: GraphPage;
      try {
        page = await coming;
      } catch (error) {
        if (lastWasFull && isEmptyBadRequest(error)) return;
        throw error;
      }
      const { length } = page.items;
      // A server may make its pages smaller than was asked: two of one length in a row are full, too.
      lastWasFull = filtered && length > 0 && (length === options.pageSize || length === before);
      before = length;
      coming = page.nextLink === null ? null : fetchPage(followLink(page.nextLink, from));
      // The consumer may take its time, or leave: an error is reported when it asks, never as an unhandled one.
      coming?.catch(() => {});
      yield page;
    }
  } finally {
    options.signal?.removeEventListener('abort', cancel);
    stop.abort(new DOMException('The walk ended.', 'AbortError'));
  }
}

function isEmptyBadRequest(error: unknown): boolean {
  return (
    error instanceof GraphError &&
    error.status === 400 &&
    error.graphCode === 'BadRequest' &&
    error.graphMessage === null
  );
}
