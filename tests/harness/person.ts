/** What a person's browser does at sign-in, over real HTTP: opens the address, is sent back, shows the page. */

export type Visit = {
  readonly address: string;
  readonly back: string | null;
  readonly status: number;
  readonly page: string;
};

/** Follows the one redirect by hand, so that a test sees where it leads. */
export async function visit(address: string, change: (back: URL) => void = () => undefined): Promise<Visit> {
  const entra = await fetch(address, { redirect: 'manual' });
  const location = entra.headers.get('location');
  if (location === null) return { address, back: null, status: entra.status, page: await entra.text() };
  const back = new URL(location);
  change(back);
  const answer = await fetch(back);
  return { address, back: back.href, status: answer.status, page: await answer.text() };
}
