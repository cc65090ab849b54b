/** Who runs this program, for the journal: the account of the operating system. */
import { userInfo } from 'node:os';

/** Some containers have no account for their user id; then what the environment says. */
export function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return process.env.USER ?? process.env.USERNAME ?? 'unknown';
  }
}
