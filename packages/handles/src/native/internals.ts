import { bare } from '@netstrata/stream-core';

/** Owns access to what `process.binding` gives: null where the runtime has none. It may throw (`--permission`). */
export function bindingLoader(): ((name: string) => Record<string, never>) | null {
  const load = (process as unknown as { binding?: (name: string) => Record<string, never> }).binding;
  return typeof load === 'function' ? load : null;
}

/** `--pending-deprecation` makes a warning of DEP0111, which can end the process. The flag is meant for the program's code. */
export function withoutWarning<T>(task: () => T): T {
  const before = Object.getOwnPropertyDescriptor(process, 'noDeprecation');
  const enumerable = before?.enumerable ?? true;
  Object.defineProperty(process, 'noDeprecation', bare({ value: true, configurable: true, writable: true, enumerable }));
  try {
    return task();
  } finally {
    if (before === undefined) delete (process as { noDeprecation?: boolean }).noDeprecation;
    else Object.defineProperty(process, 'noDeprecation', bare(before));
  }
}

/**
 * Tells whether a method of the runtime's `net` is its own, or what a program has put in its place: the text of its own is part of its
 * source. Where that is not to be had, the mark has to do that tools leave on what they wrap.
 */
export function ownMethodsOfNet(): (method: unknown) => boolean {
  const text = sourceOfNet();
  return (method) => {
    if (text === null) return !Object.hasOwn(method as object, '__original');
    return text.includes(Function.prototype.toString.call(method));
  };
}

/** The runtime's own method under what tools have wrapped around it, as far as their marks lead there; null where they do not. */
export function ownMethodUnder(method: unknown): ((...args: never[]) => unknown) | null {
  const isOwn = ownMethodsOfNet();
  for (let inner = method; typeof inner === 'function'; inner = (inner as { __original?: unknown }).__original) {
    if (isOwn(inner)) return inner as (...args: never[]) => unknown;
  }
  return null;
}

let source: string | null | undefined;

function sourceOfNet(): string | null {
  if (source === undefined) source = loadSource();
  return source;
}

function loadSource(): string | null {
  const load = bindingLoader();
  if (load === null) return null;
  try {
    const natives = withoutWarning(() => load('natives')) as Record<string, string | undefined>;
    // Bun has the names of the modules there, and no source.
    if (natives['net']?.includes('Socket.prototype') !== true) return null;
    return `${natives['net']}${natives['internal/stream_base_commons'] ?? ''}`;
  } catch {
    // --permission
    return null;
  }
}
