#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { createGateway } from '../server/create-gateway.js';
import { run } from './program.js';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };

/** Written before the process ends, also to a pipe. */
const to = (stream: NodeJS.WriteStream) => (text: string) => { stream.write(`${text}\n`); };

const code = await run(process.argv.slice(2), {
  version, env: process.env, make: createGateway, out: to(process.stdout), err: to(process.stderr),
});
process.stdout.write('', () => { process.exit(code); });
