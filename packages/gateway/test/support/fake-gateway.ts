import type { Gateway } from '../../src/contract/gateway.js';
import type { GatewayOptions } from '../../src/contract/options.js';

/** Takes no carriers: what is around a gateway is tested without one. */
export class FakeGateway implements Gateway {
  carriers = 0;
  streams = 0;
  isDraining = false;
  readonly options: GatewayOptions;
  drained: () => void = () => {};

  constructor(options: GatewayOptions) {
    this.options = options;
  }

  carry(): void {}

  drain(): Promise<void> {
    this.isDraining = true;
    return new Promise((resolve) => { this.drained = resolve; });
  }

  close(): void {
    this.drained();
  }
}
