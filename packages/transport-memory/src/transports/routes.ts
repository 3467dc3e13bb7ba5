import type { Place } from '../base/place.js';
import type { Kernel } from '../kernel/kernel.js';
import type { Path } from '../link/path.js';

/** A host that can be dialled. */
interface Destination {
  readonly isUp: boolean;
  /** Its kernel as it is now: after a restart it is another one. */
  readonly kernel: Kernel;
  refuses(port: number): boolean;
  ignores(port: number): boolean;
}

/** The link to a host, both ways. */
export interface Hop {
  readonly to: Destination;
  readonly path: Path;
  readonly back: Path;
}

/** What the transports of a host ask of the network around it. */
export interface Routes {
  /** Between paths of a host: ideal, whatever links are like. */
  readonly pathOfPaths: Path;
  /** The way to an address; null where no host has it. */
  hopTo(place: Place): Hop | null;
  /** A new number for a connection. */
  nextConnection(): number;
}
