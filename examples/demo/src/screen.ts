import type { WriteStream } from 'node:tty';
import pc from 'picocolors';
import { rate } from './format.js';

/** Where the demo tells what happens: a terminal, a pipe or a file. */
export interface Screen {
  heading(text: string): void;
  medium(title: string, says: string): void;
  skipped(title: string, reason: string): void;
  passed(title: string, text: string): void;
  failed(title: string, error: unknown): void;
  rates(rates: readonly (readonly [title: string, bytesPerSecond: number])[]): void;
  verdict(failures: number): void;
}

const TITLE_WIDTH = 16;
const BAR_WIDTH = 32;

/** Lines only, no cursor movements; colours where a terminal shows them, or FORCE_COLOR asks for them. */
export function createScreen(output: Pick<WriteStream, 'write'> & { isTTY?: boolean }): Screen {
  const { bold, cyan, dim, green, red, yellow } = pc.createColors(pc.isColorSupported && (output.isTTY === true || Boolean(process.env['FORCE_COLOR'])));
  const line = (text = ''): void => void output.write(`${text}\n`);
  return {
    heading(text) {
      line(`${bold('netstrata')}: one net API, and what carries the bytes can be swapped`);
      line(dim(text));
    },
    medium(title, says) {
      line();
      line(`${bold(cyan(title))}  ${dim(says)}`);
    },
    skipped(title, reason) {
      line();
      line(`${bold(cyan(title))}  ${yellow('skipped')}: ${reason}`);
    },
    passed(title, text) {
      const [first = '', ...rest] = text.split('\n');
      line(`  ${green('✓')} ${title.padEnd(TITLE_WIDTH)} ${first}`);
      for (const more of rest) line(`    ${' '.repeat(TITLE_WIDTH)} ${more}`);
    },
    failed(title, error) {
      line(`  ${red('✗')} ${title.padEnd(TITLE_WIDTH)} ${red(String(error))}`);
    },
    rates(rates) {
      if (rates.length === 0) return;
      const top = Math.max(...rates.map(([, bytesPerSecond]) => bytesPerSecond));
      const width = Math.max(...rates.map(([title]) => title.length));
      line();
      line(bold('Each way, both at once, hashed at both ends'));
      for (const [title, bytesPerSecond] of rates) {
        const bar = '█'.repeat(Math.max(1, Math.round((BAR_WIDTH * bytesPerSecond) / top)));
        line(`  ${title.padEnd(width)}  ${cyan(bar)} ${rate(bytesPerSecond)}`);
      }
    },
    verdict(failures) {
      line();
      line(failures === 0 ? green('Every byte arrived, and every check held.') : red(`${failures} of the checks failed.`));
    },
  };
}
