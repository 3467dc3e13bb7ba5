import { library } from '@netstrata/config/tsup';

export default library({
  deferred: {
    errors: ['src/errors'],
    rules: [
      'src/block-list/rule.ts', 'src/block-list/rule-set.ts', 'src/block-list/rule-store.ts', 'src/block-list/range-table.ts',
      'src/block-list/sorted-keys.ts', 'src/block-list/text-forms.ts',
    ],
  },
});
