import { join } from 'node:path';
import type { DefaultTheme } from 'vitepress';
import { root } from '../pages.js';
import { entriesOf } from './entries.js';

/** The entries of the reference, for the sidebar: by package, in the order of their names. */
export function referenceItems(): DefaultTheme.SidebarItem[] {
  const byName = entriesOf(join(root, 'packages')).sort((one, other) => (one.name < other.name ? -1 : 1));
  return byName.map(({ name, page }) => ({ text: name.replace('@netstrata/', ''), link: `/reference/${page.replace(/\/index$/, '/')}` }));
}
