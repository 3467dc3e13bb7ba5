/** How often what may befall a host has made a difference to its program or to its peers, since there is a network. */
export interface Encounters {
  /** Dials to it that were refused, and that got no answer, because it is told to. */
  refused: number;
  ignored: number;
  /** Connections and listeners for which there was no file, and for which there was no port. */
  files: number;
  ports: number;
  /** Reads at a limited rate. */
  slowReads: number;
  /** Reports and timers that had to wait while it was paused. */
  heldUp: number;
}

export const noEncounters = (): Encounters => ({ refused: 0, ignored: 0, files: 0, ports: 0, slowReads: 0, heldUp: 0 });
