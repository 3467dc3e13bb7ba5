import { compliance, type TransportSubject } from '@netstrata/transport/compliance';
import { modulesFor } from './modules.js';
import { load } from './program.js';
import { say } from './say.js';

/** A test is not given the ten seconds of the suite: everything here is in one process. */
const LIMITS = { timeoutMs: 1000, largeBytes: 256 * 1024, writeLimit: 1024 * 1024 };

function subjectOf(exported: unknown): TransportSubject {
  const { transport, listenEndpoint } = (exported ?? {}) as Partial<TransportSubject>;
  const isSubject = typeof transport === 'object' && transport !== null && typeof listenEndpoint === 'function';
  if (!isSubject) throw new Error('The suite tests what the module exports by default: export default { transport, listenEndpoint: () => ({ path: ... }) }');
  return { ...LIMITS, ...exported as TransportSubject };
}

/** The page's own test runner: rule by rule, in order. */
export async function testTransport(code: string): Promise<void> {
  const { default: exported } = await load(code, modulesFor({ isWorld: false }));
  const rules: { readonly title: string; readonly test: () => Promise<void> }[] = [];
  compliance({ describe: (_, body) => { body(); }, it: (title, test) => { rules.push({ title, test }); } }, subjectOf(exported));
  say({ type: 'rules', titles: rules.map(({ title }) => title) });
  for (const [index, { test }] of rules.entries()) {
    const begun = performance.now();
    const error = await test().then(() => null, (thrown: unknown) => (thrown as Error).message);
    say({ type: 'rule', index, error, milliseconds: performance.now() - begun });
  }
}
