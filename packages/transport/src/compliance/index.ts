export { channelCompliance } from './channel-compliance.js';
export { compliance } from './transport-compliance.js';
export { ComplianceFailure } from './harness/failure.js';
export type { Runner } from './subject/runner.js';
export type { ChannelCapabilities, ChannelSubject, Limits, TransportSubject } from './subject/subject.js';
