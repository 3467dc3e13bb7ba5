import { limitsOf, type Suite } from './harness/bench.js';
import { capabilityTests } from './transport-rules/capabilities.js';
import { channelTests } from './channel-compliance.js';
import { connectingTests } from './transport-rules/connecting.js';
import { Dialer } from './harness/dialer.js';
import { listeningTests } from './transport-rules/listening.js';
import type { Runner } from './subject/runner.js';
import type { TransportSubject } from './subject/subject.js';

/** Tests every rule of docs/how-it-works/contract.md on a transport. `subject.listening` is used if the transport cannot listen. */
export function compliance(runner: Runner, subject: TransportSubject): void {
  const { transport } = subject;
  const dialer = new Dialer(subject);
  const suite: Suite = {
    runner,
    limits: limitsOf(subject),
    capabilities: transport.capabilities,
    open: (scope) => dialer.pair(scope),
  };
  runner.describe(`${subject.name ?? transport.name} keeps the transport contract`, () => {
    connectingTests(suite, dialer);
    channelTests(suite);
    if (transport.capabilities.listen) listeningTests(suite, dialer);
    capabilityTests(suite, dialer);
  });
}
