/** Pages of the Entra admin center, per cloud. Links only: nothing is read from there. */
import type { Cloud } from '../../../shared/model/connection.ts';

const centers: Readonly<Record<Cloud, string>> = {
  global: 'https://entra.microsoft.com',
  usgov: 'https://entra.microsoft.us',
  dod: 'https://entra.microsoft.us',
};

export const addresses: Readonly<Record<Cloud, { readonly authority: string; readonly graph: string }>> = {
  global: { authority: 'https://login.microsoftonline.com', graph: 'https://graph.microsoft.com' },
  usgov: { authority: 'https://login.microsoftonline.us', graph: 'https://graph.microsoft.us' },
  dod: { authority: 'https://login.microsoftonline.us', graph: 'https://dod-graph.microsoft.us' },
};

export function registrationsPage(cloud: Cloud): string {
  return `${centers[cloud]}/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade`;
}

/** The application's own page where its id is known, else the list. */
export function applicationPage(
  cloud: Cloud,
  client: string,
  page: 'Credentials' | 'CallAnAPI' | 'Authentication',
): string {
  const id = client.trim();
  if (!/^[0-9a-f-]{36}$/i.test(id)) return registrationsPage(cloud);
  return `${centers[cloud]}/#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/${page}/appId/${id}`;
}
