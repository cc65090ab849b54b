/** What an export is called: users, and the minute of it in UTC. */
export function exportName(format: 'csv' | 'json'): string {
  return `riskdesk-users-${new Date().toISOString().slice(0, 16).replace(/[:T]/g, '-')}.${format}`;
}
