import type { FaultKind } from '@netstrata/simulation';
import type { Life } from './life.js';
import type { Case } from './program.js';

/** What in a world can cause failures. */
export class Circumstances {
  readonly kinds: ReadonlySet<FaultKind>;
  readonly limits: Case['program']['limits'];
  readonly loses: boolean;
  /** Listeners come and go, refuse some connections, or do not listen on all addresses. */
  hasServersThatClose: boolean;
  /** A listener on an address looks it up, which takes time. */
  readonly listensLate: boolean;
  /** A host can have lost a connection without notice. */
  readonly hasSmallFiles: boolean;

  constructor({ program, faults }: Case) {
    this.kinds = new Set(faults.map(({ kind }) => kind));
    this.limits = program.limits;
    this.listensLate = program.lookupDelay > 0 || this.kinds.has('pause');
    this.loses = [program.link, ...program.links.map(({ link }) => link), ...faults.flatMap((fault) => (fault.kind === 'link' ? [fault.link] : []))].some(({ loss = 0 }) => loss > 0);
    this.hasSmallFiles = program.limits.openFiles !== undefined || this.kinds.has('files');
    // Who has no file left closes what comes in.
    this.hasServersThatClose = this.hasSmallFiles;
  }

  has(...kinds: FaultKind[]): boolean {
    return kinds.some((kind) => this.kinds.has(kind));
  }
}

/** Whether an error with this code can result from the program and the faults of the world. */
export function isExplained(code: string, life: Life, other: Life | null, world: Circumstances): boolean {
  if (life.own.has(code)) return true;
  return life.hasConnected ? explainsFailure(code, life, other, world) : explainsNoConnection(code, life, world);
}

function explainsNoConnection(code: string, life: Life, world: Circumstances): boolean {
  switch (code) {
    case 'ECONNREFUSED': return world.has('refuse', 'crash') || world.hasServersThatClose || world.hasSmallFiles || world.listensLate || life.own.has('unreached');
    case 'ENOENT': return world.has('refuse', 'crash') || world.hasServersThatClose || world.hasSmallFiles;
    case 'EAGAIN': return true;
    case 'ETIMEDOUT': return life.own.has('slow attempt') || world.has('ignore', 'crash', 'partition', 'pause') || world.loses || world.limits.backlog !== undefined || world.limits.connectRetries !== undefined || life.own.has('unreached');
    case 'ECONNRESET': return world.has('reset', 'crash') || world.hasServersThatClose;
    case 'EMFILE': return world.hasSmallFiles;
    case 'EADDRNOTAVAIL': return world.has('ports') || world.limits.ephemeralPorts !== undefined;
    case 'EAI_AGAIN': return world.has('name');
    case 'ENETUNREACH': case 'EHOSTUNREACH': case 'ENOTFOUND': return life.own.has('unreached');
    default: return false;
  }
}

function explainsFailure(code: string, life: Life, other: Life | null, world: Circumstances): boolean {
  // A peer that was dropped before anybody accepted it, or that is gone.
  const isPeerGone = other === null || other.stream.destroyed || other.isDead || other.isClosed;
  switch (code) {
    case 'ECONNRESET': return isPeerGone || world.has('reset', 'crash');
    case 'EPIPE': return isPeerGone || life.hasEnded || world.has('reset', 'crash');
    case 'ETIMEDOUT': return world.has('crash') || ((world.has('partition') || world.loses) && world.limits.retransmissionTimeout !== undefined) || (world.has('partition') && life.own.has('keepAlive'));
    default: return false;
  }
}
