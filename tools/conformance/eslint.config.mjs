import shared from '@netstrata/config/eslint';

export default [
  ...shared,
  {
    files: ['test/**/*.ts'],
    rules: {
      // Scenarios use what is deprecated, on purpose, and pass what the types forbid.
      '@typescript-eslint/no-deprecated': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-base-to-string': 'off',
      '@typescript-eslint/restrict-template-expressions': 'off',
    },
  },
];
