import { intervalOf, united, without, type Interval } from '../cidr/interval.js';
import { ADDRESS_CLASSES, blocks, type AddressClass } from '../classify/special-purpose.js';

export function isClass(value: unknown): value is AddressClass {
  return ADDRESS_CLASSES.includes(value as AddressClass);
}

const cached = /* @__PURE__ */ new Map<AddressClass, readonly Interval[]>();

/** The addresses of a class, each judged by its own bits: what they carry is judged apart. IPv4-mapped ones are IPv4. */
export function intervalsOfClass(kind: AddressClass): readonly Interval[] {
  let intervals = cached.get(kind);
  if (intervals === undefined) cached.set(kind, (intervals = [...ofVersion(kind, 4), ...ofVersion(kind, 6)]));
  return intervals;
}

/** Of each block what no block before it holds; IPv4 outside all of them is global. */
function ofVersion(kind: AddressClass, version: 4 | 6): Interval[] {
  const rows = blocks(version).map(([network, purpose]) => ({ interval: intervalOf(network), kind: purpose.class, cidr: purpose.cidr }));
  if (version === 4) rows.push({ interval: { version, first: 0n, last: 0xffffffffn }, kind: 'global', cidr: '0.0.0.0/0' });
  const found: Interval[] = [];
  rows.forEach((row, i) => {
    if (row.kind !== kind || row.cidr === '::ffff:0:0/96') return;
    const before = united(rows.slice(0, i).map(({ interval }) => interval));
    found.push(...without([row.interval], before));
  });
  return united(found);
}
