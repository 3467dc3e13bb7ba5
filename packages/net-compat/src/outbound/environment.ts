import { codedError, environment } from '@netstrata/stream-core';
import { loadBuiltin } from '../runtime/runtime.js';
import { routesOfVariables } from './proxy-variables.js';
import type { RegisterOptions } from './told.js';

const EGRESS = 'NETSTRATA_EGRESS';
const PROXY = 'NETSTRATA_PROXY';

/** What the environment tells `register`. Throws for what it cannot follow: never is that taken for nothing. */
export function toldByEnvironment(): RegisterOptions {
  const [egress, proxy] = [environment(EGRESS), environment(PROXY)];
  return {
    egress: egress === undefined ? undefined : rulesIn(textOf(egress, EGRESS)),
    route: proxy === undefined ? undefined : wayBy(textOf(proxy, PROXY)),
  };
}

function textOf(value: unknown, name: string): string {
  const text = String(value).trim();
  if (text === '') throw wrong(name, 'is empty: unset it where it shall say nothing');
  return text;
}

function wayBy(text: string): RegisterOptions['route'] {
  if (text !== 'env') return text.split(/[\s,]+/).filter((url) => url !== '');
  const routes = routesOfVariables();
  return routes.length === 0 ? null : routes;
}

/** Rules with commas between them, or a file of them. */
function rulesIn(text: string): readonly string[] {
  const isFile = /^(?:@|\.{0,2}[/\\]|[a-z]:[/\\])/i.test(text);
  return isFile ? rulesInFile(text.replace(/^@/, '')) : text.split(',');
}

interface Files {
  readFileSync(path: string, encoding: 'utf8'): string;
}

/** One rule a line; `#` begins a comment at the start of a line or after white space. */
function rulesInFile(path: string): readonly string[] {
  let text: string;
  try {
    text = (loadBuiltin('fs') as Files).readFileSync(path, 'utf8');
  } catch (error) {
    throw wrong(EGRESS, `names a file that cannot be read: ${(error as Error).message}`);
  }
  const rules = text.replace(/^\uFEFF/, '').split(/\r?\n/).map((line) => line.replace(/(?:^|\s)#.*$/, '').trim());
  return rules.filter((rule) => rule !== '');
}

function wrong(name: string, reason: string): Error {
  return codedError(TypeError, 'ERR_INVALID_ARG_VALUE', `${name} ${reason}`);
}
