/**
 * The feeds that installed programs ask for newer versions. Each machine that packs writes one for its own processor; they
 * become one a platform, with the share of installations that are offered the version. Pure.
 */

export type FeedFile = { readonly url: string; readonly sha512: string; readonly size?: number };
export type Feed = {
  readonly version: string;
  readonly files: readonly FeedFile[];
  readonly path?: string;
  readonly sha512?: string;
  readonly releaseDate: string;
  readonly releaseNotes?: string;
  readonly stagingPercentage?: number;
};

/** Throws when the feeds speak of different versions or of one file twice with different contents. */
export function mergeFeeds(feeds: readonly Feed[], rollout: number): Feed {
  const [first] = feeds;
  if (first === undefined) throw new Error('There is no feed to merge.');
  const files = new Map<string, FeedFile>();
  for (const feed of feeds) {
    if (feed.version !== first.version) {
      throw new Error(`One feed is for ${first.version}, another for ${feed.version}: pack all from one commit.`);
    }
    for (const file of feed.files) {
      const known = files.get(file.url);
      if (known !== undefined && known.sha512 !== file.sha512)
        throw new Error(`${file.url} was packed twice and differs.`);
      files.set(file.url, file);
    }
  }
  return {
    ...first,
    files: [...files.values()].sort((a, b) => a.url.localeCompare(b.url, 'en')),
    releaseDate:
      feeds
        .map((feed) => feed.releaseDate)
        .sort()
        .at(-1) ?? first.releaseDate,
    stagingPercentage: rollout,
  };
}

/** A whole percentage from 1 to 100. */
export function readRollout(text: string | undefined): number {
  const rollout = Number(text ?? '');
  if (Number.isInteger(rollout) && rollout >= 1 && rollout <= 100) return rollout;
  throw new Error(`RISKDESK_ROLLOUT must be a whole number from 1 to 100, and is "${text ?? ''}".`);
}
