import { library } from '@netstrata/config/tsup';

export default library({ deferred: { reclaim: ['src/reclaiming-listener.ts', 'src/path-lock.ts', 'src/probe.ts'] } });
