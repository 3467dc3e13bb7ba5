import { program } from 'commander';
import { attack } from './attack.js';
import { grounds } from './grounds.js';
import { ON_PURPOSE } from './judge.js';

program
  .description('Attacks the memory of received chunks and written arrays over every transport, and compares all bytes')
  .option('--seconds <n>', 'how long', Number, 60)
  .option('--seed <n>', 'of the first round', Number, 1)
  .option('--only <medium>', 'tcp, ipc or memory');
program.parse();
const { seconds, seed: first, only } = program.opts<{ seconds: number; seed: number; only?: string }>();

const started = performance.now();
const left = (): number => seconds * 1000 - (performance.now() - started);
const { all, remove } = grounds();
const totals = { rounds: 0, chunks: 0, bytes: 0, transferred: 0 };
// The process survives what listeners throw, and no memory may be damaged by it.
process.on('uncaughtException', (error) => {
  if (error.message !== ON_PURPOSE) throw error;
});
try {
  for (let seed = first; left() > 0; seed++) {
    for (const [name, ground] of Object.entries(all)) {
      if (only !== undefined && name !== only) continue;
      const until = performance.now() + 5000;
      const { chunks, bytes, transferred, wrong } = await attack(ground, seed, () => performance.now() > until || left() <= 0, true);
      totals.rounds++;
      totals.chunks += chunks;
      totals.bytes += bytes;
      totals.transferred += transferred;
      if (wrong.length > 0) {
        console.error(`${name}, seed ${seed}:\n${wrong.join('\n')}`);
        process.exitCode = 1;
      }
    }
    if (process.exitCode === 1) break;
    if (totals.rounds % 30 === 0) console.log(`${Math.round((performance.now() - started) / 1000)} s: ${JSON.stringify(totals)}`);
  }
} finally {
  remove();
}
console.log(JSON.stringify({ node: process.version, driver: process.env['NETSTRATA_DRIVER'] ?? 'default', ...totals }));
