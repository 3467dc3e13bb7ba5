import { library, wrapForNode } from '@netstrata/config/tsup';

// Node loads one copy whichever way it is asked: who runs, in which world, is known in one place.
export default library({ index: 'src/index.ts' }, { onSuccess: async () => { wrapForNode('index'); } });
