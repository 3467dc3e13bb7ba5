// One curve at one size, in a process of its own: program.mjs MODULE CURVE SIZE SCALE [CORE]. It prints a line of JSON: the figures. SCALE
// multiplies how often things are done, and CORE is where its peer runs, if they are kept apart.
import { Peer } from './measured/peer.mjs';

const [moduleName, curve, size, scale, core] = process.argv.slice(2);
const module = await import(moduleName);
const net = module.default ?? module;
const { measure } = await import(`./measured/${curve}.mjs`);

/** @typedef {(count: number) => number} Times so often, or less in a test */

const peer = new Peer(core);
console.log(JSON.stringify(await measure(net, Number(size), peer, (count) => Math.max(1, Math.round(count * Number(scale))))));
process.exit();
