import type { TypeDocOptions } from 'typedoc';
import type { PluginOptions } from 'typedoc-plugin-markdown';

/** What has to have a comment. Constructors are described by their class. */
const DOCUMENTED = [
  'Module', 'Class', 'Interface', 'Function', 'Variable', 'TypeAlias', 'Enum', 'EnumMember', 'Property', 'Method', 'Accessor',
] as const satisfies TypeDocOptions['requiredToBeDocumented'];

/** Of TypeDoc: what is read, and what is a fault. */
export const reading: TypeDocOptions = {
  excludeExternals: true,
  excludeInternal: true,
  excludePrivate: true,
  excludeProtected: true,
  disableGit: true,
  disableSources: true,
  readme: 'none',
  logLevel: 'Warn',
  requiredToBeDocumented: [...DOCUMENTED],
  validation: { notDocumented: true, invalidLink: true, invalidPath: true, notExported: true, rewrittenLink: true, unusedMergeModuleWith: true },
  treatWarningsAsErrors: true,
  treatValidationWarningsAsErrors: true,
  sort: ['source-order'],
  groupOrder: ['Functions', 'Classes', 'Variables', 'Interfaces', 'Type Aliases', 'References'],
  kindSortOrder: ['Function', 'Class', 'Variable', 'Interface', 'TypeAlias', 'Reference'],
  githubPages: false,
  hideGenerator: true,
};

/** Of typedoc-plugin-markdown: how it is written. */
export const writing: Partial<PluginOptions> = {
  entryFileName: 'index',
  hidePageHeader: true,
  hideBreadcrumbs: true,
  useCodeBlocks: true,
  expandParameters: true,
  useCustomAnchors: true,
  sanitizeComments: true,
  indexFormat: 'table',
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  classPropertiesFormat: 'table',
  typeAliasPropertiesFormat: 'table',
  typeDeclarationFormat: 'table',
  propertyMembersFormat: 'table',
  pageTitleTemplates: { index: 'Reference', module: ({ rawName }: { rawName: string }) => rawName },
};
