/**
 * Tests of the contract, for any transport and any test runner: each title begins with the number of the rule that it tests.
 *
 * @example
 * ```js
 * import { compliance } from '@netstrata/transport/compliance';
 * import { createNetwork } from '@netstrata/transport-memory';
 *
 * // In place of the functions of a test runner, two that count.
 * let tests = 0;
 * const runner = { describe: (name, body) => body(), it: () => (tests += 1) };
 * const { tcp } = createNetwork().host('here', '10.0.0.1');
 *
 * compliance(runner, { transport: tcp, listenEndpoint: () => ({ address: '10.0.0.1', port: 0, family: 'IPv4' }) });
 * console.log(tests > 50); // prints true
 * ```
 * @packageDocumentation
 */
export { channelCompliance } from './channel-compliance.js';
export { compliance } from './transport-compliance.js';
export { ComplianceFailure } from './harness/failure.js';
export type { Runner } from './subject/runner.js';
export type { ChannelCapabilities, ChannelSubject, Limits, TransportSubject } from './subject/subject.js';
