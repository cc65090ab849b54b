/** Runs inside a private session bus with its own keyring: the real keychain adapter, from start to end, as one JSON line. */
import { createKeychain } from '../../electron/adapters/keychain.ts';

const keychain = createKeychain();
const key = 'connection:7';
const secret = process.env.RISKDESK_TEST_SECRET ?? '';
const available = await keychain.available();
const result: Record<string, unknown> = { available };
if (available.ok) {
  result.before = await keychain.get(key);
  await keychain.set(key, secret);
  result.stored = (await keychain.get(key)) === secret;
  await keychain.set(key, `${secret}2`);
  result.replaced = (await keychain.get(key)) === `${secret}2`;
  const long = `${secret}${'x'.repeat(6_000)}`;
  await keychain.set(key, long);
  result.long = (await keychain.get(key)) === long;
  await keychain.delete(key);
  await keychain.delete(key);
  result.after = await keychain.get(key);
} else {
  result.error = await keychain.set(key, secret).then(
    () => null,
    (error: unknown) => String(error),
  );
}
process.stdout.write(`${JSON.stringify(result)}\n`);
