import { createNet, type Net } from '@netstrata/net-compat/core';
import { overProcess, type Command } from '../../src/index.js';

/** A program in JavaScript as a command. */
export function program(code: string, connected?: string): Command {
  return { file: process.execPath, args: ['--eval', code], connected };
}

/** A net on which every dial starts this command. */
export function netOf(command: Command): Net {
  return createNet({ ipc: overProcess(() => command) });
}
