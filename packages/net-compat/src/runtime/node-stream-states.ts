import { bare, descriptorOf, ReadSide, WriteSide } from '@netstrata/stream-core';
import { builtinStream } from './runtime.js';

interface Class {
  readonly prototype: object;
}

/**
 * `socket instanceof stream.Writable` asks whether `_writableState` is of Node's own class, because a Duplex does not extend
 * Writable. So the classes of Node's states become parents of ours, and provide members that ours do not use.
 */
export function putNodesStatesBehind(): void {
  putBehind(ReadSide, builtinStream?.Readable?.ReadableState);
  putBehind(WriteSide, builtinStream?.Writable?.WritableState);
}

function putBehind(side: Class, nodes: Class | undefined): void {
  if (nodes === undefined || side.prototype instanceof (nodes as unknown as () => void)) return;
  let last = side.prototype;
  for (let next = parentOf(last); next !== Object.prototype; next = parentOf(next)) {
    // Both sides share their last class: each gets a separate one.
    if (parentOf(next) === Object.prototype) Object.setPrototypeOf(last, Object.create(nodes.prototype, membersOf(next)) as object);
    else last = next;
  }
  Object.defineProperty(side.prototype, 'constructor', bare({ value: nodes, writable: true, configurable: true }));
}

function membersOf(prototype: object): PropertyDescriptorMap {
  return Object.fromEntries(Reflect.ownKeys(prototype).map((key) => [key, descriptorOf(prototype, key)!]));
}

function parentOf(prototype: object): object {
  return Object.getPrototypeOf(prototype) as object;
}
