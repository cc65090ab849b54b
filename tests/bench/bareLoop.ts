/** The yardstick of the sync: fetch every page, parse it, follow the link, keep nothing. Prints its milliseconds. */
const [graphUrl = '', tokenUrl = '', client = '', secret = ''] = process.argv.slice(2);
const form = new URLSearchParams({
  grant_type: 'client_credentials',
  client_id: client,
  client_secret: secret,
  scope: 'https://graph.microsoft.com/.default',
});
const answer = (await (await fetch(tokenUrl, { method: 'POST', body: form })).json()) as { access_token: string };
const headers = { authorization: `Bearer ${answer.access_token}`, prefer: 'include-unknown-enum-members' };
const select =
  'id,userPrincipalName,userDisplayName,riskLevel,riskState,riskDetail,riskLastUpdatedDateTime,isDeleted,isProcessing';
const began = performance.now();
let url: string | undefined = `${graphUrl}/v1.0/identityProtection/riskyUsers?$top=500&$select=${select}`;
let pages = 0;
let users = 0;
while (url !== undefined) {
  const response: Response = await fetch(url, { headers });
  const page = JSON.parse(await response.text()) as { value: unknown[]; '@odata.nextLink'?: string };
  pages += 1;
  users += page.value.length;
  url = page['@odata.nextLink'];
}
process.stdout.write(JSON.stringify({ ms: performance.now() - began, pages, users }));

export {};
