export { channelCompliance } from './channel.js';
export { compliance } from './transport.js';
export { ComplianceFailure } from './failure.js';
export type { Runner } from './runner.js';
export type { ChannelCapabilities, ChannelSubject, Limits, TransportSubject } from './subject.js';
