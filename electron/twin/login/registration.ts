/** The one application of the sample tenant, and the names its tenant goes by. */
export type Registration = {
  /** GUID of the tenant. */
  readonly tenantId: string;
  /** Every name the tenant goes by in a URL, its id included. */
  readonly tenantNames: readonly string[];
  readonly client: string;
  readonly secret: string;
  readonly expiredSecrets: ReadonlySet<string>;
  readonly certificate: string | null;
};
