import tseslint from 'typescript-eslint';

/** The lint preset of every package: typescript-eslint strict, with types. */
export default tseslint.config(
  { ignores: ['dist/', 'coverage/', 'reports/', '**/*.mjs', '**/*.cjs', '**/*.js', 'tsup.config.ts', 'vitest.config.ts'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      // Numbers and optional values in messages are what error texts are made of.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true, allowNullish: true }],
      // Bytes and parsed fields are indexed within bounds that the loop has checked.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Callbacks and overridable methods keep the documented arity.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-empty-function': 'off',
      // Function constructors are part of the API: callable without `new`.
      '@typescript-eslint/no-this-alias': 'off',
      // Values that come from JavaScript callers are checked even where the types say they cannot occur.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // The forms of a call stand as Node documents them, one by one; a class of methods is merged into its constructor's type.
      '@typescript-eslint/unified-signatures': 'off',
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
);
