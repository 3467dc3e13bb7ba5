/** Something that happened on a host of a simulated world. */
export interface Entry {
  /** In milliseconds. */
  readonly at: number;
  readonly host: string;
  readonly text: string;
  /** Of the connection that it is about, as the timeline counts them. */
  readonly connection: string | null;
}

/** Bytes on their way, from one host to another. */
interface Flight {
  readonly from: string;
  readonly to: string;
  readonly sent: number;
  readonly arrived: number;
  readonly bytes: string;
}

export interface Timeline {
  readonly hosts: readonly string[];
  readonly entries: readonly Entry[];
  readonly flights: readonly Flight[];
}

const LINE = /^ *\d+ +([\d.]+) ms +(\S+) +(?:(#\d+) \S+ > \S+ )?(.+)$/;

/** What a report of `@netstrata/simulation` says, to be drawn. */
export function timelineOf(report: string): Timeline {
  const entries = report.split('\n').flatMap((line): Entry[] => {
    const [, at, host, connection, text] = LINE.exec(line) ?? [];
    return text === undefined ? [] : [{ at: Number(at), host, text, connection: connection ?? null }];
  });
  return { hosts: [...new Set(entries.map(({ host }) => host))].sort(), entries, flights: flightsOf(entries) };
}

function flightsOf(entries: readonly Entry[]): Flight[] {
  return entries.flatMap(({ at, host, text, connection }, index): Flight[] => {
    const bytes = /^sends (\d+ B)/.exec(text)?.[1];
    if (bytes === undefined) return [];
    const arrival = entries.slice(index).find((later) => later.connection === connection && later.host !== host && later.text.startsWith(`gets ${bytes}`));
    return arrival ? [{ from: host, to: arrival.host, sent: at, arrived: arrival.at, bytes }] : [];
  });
}
