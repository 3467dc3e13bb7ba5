/** Which ports of a host something applies to: some of them, or all. Owns how often each was switched on. */
export class PortGate {
  #all = 0;
  readonly #ports = new Map<number, number>();

  set(on: boolean, port?: number): void {
    const by = on ? 1 : -1;
    if (port === undefined) this.#all += by;
    else this.#ports.set(port, (this.#ports.get(port) ?? 0) + by);
  }

  has(port: number): boolean {
    return this.#all > 0 || (this.#ports.get(port) ?? 0) > 0;
  }
}
