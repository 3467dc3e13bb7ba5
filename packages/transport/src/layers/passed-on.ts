import type { ChannelEncoding, WriteStatus } from '@netstrata/stream-core';
import type { Connection } from '../contract/transport.js';

/** What some connections have and others have not, passed on to the connection below. Functions that all share: `this` says below which. */
interface Layer {
  readonly below: Connection;
}

type Optional = Pick<
  Connection,
  'setNoDelay' | 'setKeepAlive' | 'setTypeOfService' | 'getTypeOfService' | 'writeString'
>;

const PASSED_ON: { readonly [Name in keyof Optional]-?: (this: Layer, ...args: never[]) => unknown } = {
  setNoDelay(on: boolean): void {
    this.below.setNoDelay!(on);
  },
  setKeepAlive(...how: Parameters<NonNullable<Connection['setKeepAlive']>>): void {
    this.below.setKeepAlive!(...how);
  },
  setTypeOfService(value: number): void {
    this.below.setTypeOfService!(value);
  },
  getTypeOfService(): number {
    return this.below.getTypeOfService!();
  },
  writeString(text: string, encoding: ChannelEncoding): WriteStatus {
    return this.below.writeString!(text, encoding);
  },
};

/** Gives a layer those of them that the connection below has. */
export function passOn(layer: Optional, below: Connection): void {
  for (const name of Object.keys(PASSED_ON) as (keyof Optional)[]) {
    if (below[name] !== undefined) (layer as Record<string, unknown>)[name] = PASSED_ON[name];
  }
}
