import { numbers, v4 } from '../../calls/block-list.mjs';
import { cpu, cpuOf, memory, memoryOfEach } from './tools.mjs';

const MOST = 20_000;
/** So much CPU time of one thing is enough, in microseconds. */
const ENOUGH = 100_000;

/** @param {{ BlockList: typeof import('node:net').BlockList }} net @param {number} size */
export async function measure({ BlockList }, size) {
  warm(BlockList);
  const next = numbers();
  const networks = Array.from({ length: size }, () => v4(next()));
  const before = await memory();
  const list = new BlockList();
  const add = await cpuOf(size, () => networks.forEach((network) => list.addSubnet(network, 28)));
  // Every second one is in a network, spread over all.
  const asked = Array.from({ length: 1000 }, (_, i) => (i % 2 ? networks[(i * 7919) % size] : v4(next())));
  if (!list.check(networks[size - 1])) throw new Error('BlockList has not found a network');
  const each = memoryOfEach(before, await memory(), size);
  const check = again((i) => list.check(asked[i % 1000]));
  const addAndCheck = again((i) => {
    list.addSubnet(v4(next()), 28);
    list.check(asked[i % 1000]);
  }, Math.max(20, Math.min(size, 1000)));
  return { check, add, addAndCheck, resident: each.resident };
}

/** @param {typeof import('node:net').BlockList} BlockList */
function warm(BlockList) {
  const next = numbers();
  for (let i = 0; i < 20; i++) {
    const list = new BlockList();
    for (let n = 0; n < 100; n++) list.addSubnet(v4(next()), 28);
    for (let n = 0; n < 500; n++) list.check(v4(next()));
    for (let n = 0; n < 200; n++) {
      list.addSubnet(v4(next()), 28);
      list.check(v4(next()));
    }
  }
}

/** The CPU time of one call, in microseconds. @param {(i: number) => void} call @param {number} [most] how often it is called at most */
function again(call, most = MOST) {
  const from = cpu();
  let calls = 0;
  let passed = 0;
  while (calls < most && passed < ENOUGH) {
    for (const to = Math.min(most, calls + 10); calls < to; calls++) call(calls);
    passed = cpu() - from;
  }
  return passed / calls;
}
