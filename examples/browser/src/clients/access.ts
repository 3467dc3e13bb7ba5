interface Place {
  readonly host: string;
  readonly port: number;
}

/** Where the servers are, and who we are there. */
export interface Access {
  readonly postgres: Place & { readonly user: string; readonly password: string; readonly database: string };
  readonly redis: Place & { readonly password: string };
  /** Redis with TLS: the gateway speaks it, for a client without. */
  readonly rediss: Place & { readonly password: string };
  readonly mosquitto: Place;
  readonly smtp: Place;
}
