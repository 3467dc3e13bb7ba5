// One curve at one size, in a process of its own: program.mjs MODULE CURVE SIZE [CORE]. It prints a line of JSON: the figures. CORE is where
// its peer runs, if they are kept apart.
import { Peer } from './measured/peer.mjs';

const [moduleName, curve, size, core] = process.argv.slice(2);
const { default: net } = await import(moduleName);
const { measure } = await import(`./measured/${curve}.mjs`);

const peer = new Peer(core);
console.log(JSON.stringify(await measure(net, Number(size), peer)));
process.exit();
