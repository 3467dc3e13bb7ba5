import { CONNECT, SOCKS } from './dialers.mjs';
import { FILTER_PROBES, FILTERS } from './filters.mjs';
import { HEADER_PROBES, HEADERS } from './headers.mjs';
import { PROBES } from './probes.mjs';
import { openScriptedConnect, openScriptedSocks } from './scripted-proxy.mjs';

/** Who has said nothing until then does not. */
const LIMIT_MS = 3000;
const silence = () => new Promise((resolve) => void setTimeout(resolve, LIMIT_MS, 'never comes').unref());

/** A table in Markdown: a row for each probe, a column for each package. */
async function table(title, probes, subjects, probe) {
  const names = Object.keys(subjects);
  const lines = [`| ${title} | ${names.join(' | ')} |`, `|---|${'---|'.repeat(names.length)}`];
  for (const [what, run] of Object.entries(probes)) {
    const cells = [];
    for (const name of names) cells.push(await Promise.race([probe(run, subjects[name]), silence()]));
    lines.push(`| ${what} | ${cells.join(' | ')} |`);
  }
  return lines.join('\n');
}

async function dialling(title, subjects, open) {
  const proxy = await open();
  try {
    return await table(title, PROBES, subjects, (run, dialer) => run(dialer(proxy.port), proxy));
  } finally {
    await proxy.close();
  }
}

/** All that was tried, each in turn, by the name of the table. @returns {Promise<Record<string, string>>} */
export async function tables() {
  return {
    socks: await dialling('through SOCKS5', SOCKS, openScriptedSocks),
    connect: await dialling('through HTTP CONNECT', CONNECT, openScriptedConnect),
    filters: await table('public addresses only', FILTER_PROBES, FILTERS, (run, make) => run(make)),
    headers: await table('a header of the PROXY protocol', HEADER_PROBES, HEADERS, (run, parse) => run(parse)),
  };
}

/** The document with the tables of this run. @param {string} text @param {Record<string, string>} made */
export function withTables(text, made) {
  return text.replace(/<!-- table (\w+) -->\n[^]*?\n<!-- end -->/g, (_, name) => `<!-- table ${name} -->\n\n${made[name]}\n\n<!-- end -->`);
}
