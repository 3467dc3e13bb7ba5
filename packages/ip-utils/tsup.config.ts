import { library } from '@netstrata/config/tsup';

export default library({
  deferred: {
    errors: ['src/errors'],
    rules: [
      'src/block-list/rule.ts', 'src/block-list/rule-set.ts', 'src/block-list/rule-store.ts', 'src/block-list/range-table.ts',
      'src/block-list/sorted-keys.ts', 'src/block-list/text-forms.ts',
    ],
    text: ['src/address/groups-text.ts', 'src/syntax/groups.ts', 'src/syntax/ipv4.ts', 'src/syntax/ipv6.ts', 'src/syntax/pton.ts'],
  },
});
