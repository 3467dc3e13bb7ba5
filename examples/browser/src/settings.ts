import type { Access } from './clients/access.js';

/** What this page's site tells it. */
export interface Settings {
  /** For the gateway. It holds for minutes, and says where its bearer may go. */
  readonly token: string;
  /** Servers that the gateway may reach. Those that are not there are missing. */
  readonly servers: Partial<Access>;
  /** What signed the certificate of PostgreSQL, in PEM. */
  readonly ca: string;
}

/** Asks the site. It is asked again for every carrier, since tokens expire. */
export async function fetchSettings(): Promise<Settings> {
  const response = await fetch('settings.json', { cache: 'no-store' }).catch((cause: unknown) => {
    throw new Error('the site of this page does not answer: is it still running?', { cause });
  });
  if (!response.ok) throw new Error(`the site has no settings: ${response.status}`);
  return await response.json() as Settings;
}

/** The gateway: of the site itself, at `/tunnel`. */
export const gateway = new URL('tunnel', location.href);
gateway.protocol = gateway.protocol.replace('http', 'ws');
