import addressesUrl from './worker/addresses.ts?worker&url';
import codeUrl from './worker/code.ts?worker&url';

const URLS = { addresses: addressesUrl, code: codeUrl };
const loaded = new Map<keyof typeof URLS, Promise<string>>();

/** The source of a worker, with everything that it imports: fetched when it is needed first. */
export function sourceOf(name: keyof typeof URLS): Promise<string> {
  const known = loaded.get(name);
  if (known !== undefined) return known;
  const source = fetchText(URLS[name]);
  loaded.set(name, source);
  source.catch(() => loaded.delete(name));
  return source;
}

async function fetchText(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} could not be loaded: ${response.status}`);
  return response.text();
}
