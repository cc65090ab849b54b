/** The page that the browser shows when Entra has sent the person back. Plain, without scripts, and never with what came. */

const heads = {
  answered: ['You can close this window', 'Riskdesk has the answer and goes on by itself.'],
  refused: ['The sign-in did not succeed', 'Riskdesk says what to do. You can close this window.'],
  stranger: ['This page belongs to no sign-in', 'Nothing was accepted. Start the sign-in in Riskdesk again.'],
} as const;

export type PageKind = keyof typeof heads;

export const pageHeaders: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  connection: 'close',
};

export function signInPage(kind: PageKind): string {
  const [title, text] = heads[kind];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} - Riskdesk</title>
<style>
:root { color-scheme: light dark; }
body { font: 16px/1.5 "Segoe UI", system-ui, sans-serif; margin: 0; min-height: 100vh; display: grid; place-items: center; }
main { max-width: 32rem; padding: 2rem; }
h1 { font-size: 1.5rem; font-weight: 600; margin: 0 0 0.5rem; }
p { margin: 0; }
</style>
</head>
<body><main><h1>${title}</h1><p>${text}</p></main></body>
</html>
`;
}
