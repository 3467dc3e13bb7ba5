import { limitsOf, type Suite } from './bench.js';
import { capabilityTests } from './capabilities.js';
import { channelTests } from './channel.js';
import { connectingTests } from './connecting.js';
import { Dialer } from './dial.js';
import { listeningTests } from './listening.js';
import type { Runner } from './runner.js';
import type { TransportSubject } from './subject.js';

/** Tests every rule of docs/contract.md on a transport. `subject.listening` stands in where it cannot listen itself. */
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
